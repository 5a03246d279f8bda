import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StoreError } from '../../src/stores/store.js';
import { FAULTS, newWorld, openWorld, type World } from '../support/google-faults.js';
import { startGoogle, type TestGoogle } from '../support/google-server/index.js';
import { rowId } from '../support/mirror-office.js';

let google: TestGoogle;

beforeEach(async () => {
  google = await startGoogle();
});

afterEach(async () => {
  expect(google.server.unsound).toEqual([]);
  await google.stop();
});

const world = () => newWorld(google);
const open = (there: World) => openWorld(google, there);

/** Both sides, as people see them. */
function state({ us, person }: World): unknown {
  return { mirror: person.texts('整改台账'), rollup: person.texts('汇总'), ledger: us.rows };
}

/** Work on both sides between two syncs. */
function work({ us, person }: World): void {
  us.row(rowId(1)).result = '已完成';
  us.row(rowId(2)).measure = '改过的措施';
  us.rows.push({ id: rowId(9), finding: '问题6：新增问题', measure: '措施6', result: '未启动' });
  const reviewAt = person.column('审核状态', '整改台账');
  person.type(2, reviewAt, '已销号', '整改台账');
  person.type(8, person.column('审核意见', '整改台账'), '审核方自己的一行', '整改台账');
}

async function undisturbed(): Promise<{ first: unknown; second: unknown; calls: [number, number] }> {
  const there = world();
  google.server.reset();
  await there.us.sync(await open(there));
  const firstCalls = google.server.calls.length;
  const first = structuredClone(state(there));
  work(there);
  google.server.reset();
  await there.us.sync(await open(there));
  return { first, second: state(there), calls: [firstCalls, google.server.calls.length] };
}

describe('every fault at every call of a sync', () => {
  let expected: Awaited<ReturnType<typeof undisturbed>> | undefined;
  for (const [name, fault] of Object.entries(FAULTS)) {
    for (const lasting of [false, true]) {
      it(`${name}, ${lasting ? 'until the sync gives up' : 'once'}: the next clean sync ends where an undisturbed one does`, async () => {
        expected ??= await undisturbed();
        for (const [stage, calls] of expected.calls.entries()) {
          for (let at = 1; at <= calls; at++) {
            const there = world();
            if (stage === 1) {
              await there.us.sync(await open(there));
              work(there);
            }
            google.server.reset();
            google.server.beforeCall = call => ((lasting ? call.number >= at : call.number === at) ? fault : undefined);
            const outcome = await there.us.sync(await open(there)).catch((error: unknown) => error);
            if (!(outcome instanceof Error)) expect(outcome).toMatchObject({ state: 'done' });
            else expect(outcome).toBeInstanceOf(StoreError);
            google.server.beforeCall = () => undefined;
            await there.us.sync(await open(there));
            expect(state(there), `${name} at call ${at} of sync ${stage + 1}`).toEqual(
              stage === 0 ? expected.first : expected.second,
            );
            google.server.reset();
            await there.us.sync(await open(there));
            expect(google.server.writes).toBe(0);
          }
        }
      });
    }
  }

  it('a fault that passes is waited out within the same sync', async () => {
    for (const name of [
      '429',
      '500 applied',
      '503 HTML',
      'cut answer, applied',
      'connection dropped after',
      'answer too late',
    ]) {
      const there = world();
      google.server.reset();
      const fault = FAULTS[name];
      google.server.beforeCall = call => (call.number === 3 ? fault : undefined);
      expect((await there.us.sync(await open(there))).state, name).toBe('done');
      expect(google.server.writes, name).toBeLessThanOrEqual(2);
    }
  });

  it('Retry-After is honoured, a quota minute is waited out, and there is an end to patience', async () => {
    const there = world();
    const before = google.clock.waits.length;
    let left = 1;
    google.server.beforeCall = call =>
      call.write && left-- > 0 ? { kind: 'status', status: 429, retryAfter: 77 } : undefined;
    await there.us.sync(await open(there));
    expect(google.clock.waits.slice(before)).toEqual([77_000]);

    google.server.beforeCall = () => undefined;
    google.server.quota = 1;
    google.server.reset();
    const begun = google.clock.now();
    await there.us.sync(await open(there));
    await there.us.sync(await open(there));
    expect(google.clock.now() - begun).toBeGreaterThan(60_000);

    google.server.beforeCall = () => ({ kind: 'status', status: 429 });
    const endless = google.clock.now();
    await expect(there.us.sync(await open(there))).rejects.toMatchObject({ code: 'quota', exit: 4 });
    expect(google.clock.now() - endless).toBeLessThan(181_000);
  });

  it('a wait that is too long is not waited, and how long it would be is said', async () => {
    const there = world();
    google.server.beforeCall = () => ({ kind: 'status', status: 429, retryAfter: 3600 });
    const waits = google.clock.waits.length;
    await expect(there.us.sync(await open(there))).rejects.toMatchObject({
      code: 'quota',
      text: { zh: 'Google 提示访问过于频繁。请60 分钟后再运行，已写入的内容不会重复。' },
    });
    expect(google.clock.waits.length).toBe(waits);
  });

  it('a ledger and its mirror draw on one allowance of writes', async () => {
    const sheets = [world(), world(), world()];
    const begun = google.clock.now();
    for (let turn = 0; turn < 25; turn++) {
      for (const there of sheets) {
        there.us.row(rowId(0)).measure = `措施，第${turn}次修改`;
        await there.us.sync(await open(there));
      }
    }
    const times = google.server.calls.filter(call => call.write).map(call => call.at - begun);
    expect(times).toHaveLength(75);
    for (const time of times)
      expect(times.filter(other => other > time - 60_000 && other <= time).length).toBeLessThanOrEqual(60);
  });

  it('never asks for more than 60 writes in a minute', async () => {
    const there = world();
    const store = await open(there);
    const begun = google.clock.now();
    for (let turn = 0; turn < 70; turn++) {
      there.us.row(rowId(0)).measure = `措施，第${turn}次修改`;
      await there.us.sync(store);
    }
    const times = google.server.calls.filter(call => call.write).map(call => call.at - begun);
    expect(times).toHaveLength(70);
    for (const time of times)
      expect(times.filter(other => other > time - 60_000 && other <= time).length).toBeLessThanOrEqual(60);
  });
});
