import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StoreError } from '../../src/stores/store.js';
import { FAULTS, newWorld, openWorld } from '../support/google-faults.js';
import { startGoogle, type TestGoogle } from '../support/google-server/index.js';
import { type Office, rowId } from '../support/mirror-office.js';

let google: TestGoogle;

beforeEach(async () => {
  google = await startGoogle();
});

afterEach(async () => {
  expect(google.server.unsound).toEqual([]);
  await google.stop();
});

/** Marsaglia's xorshift: the same sequence for a seed, so that a failure can be looked at again. */
function random(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  return below => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}

const SEQUENCES = 200;

describe('random sequences of faults, work on both sides, moved rows and killed runs', () => {
  for (let block = 0; block < 4; block++) {
    it(`seeds ${(block * SEQUENCES) / 4 + 1} to ${((block + 1) * SEQUENCES) / 4}`, { timeout: 120_000 }, async () => {
      for (let index = 1; index <= SEQUENCES / 4; index++) await sequence((block * SEQUENCES) / 4 + index);
    });
  }
});

class Killed extends Error {}

async function sequence(seed: number): Promise<void> {
  const pick = random(seed);
  const there = newWorld(google);
  const { us, person } = there;
  const passing = Object.values(FAULTS).filter(fault => fault.kind !== 'delay');
  const reviews = new Map<string, string>();
  const own: string[] = [];
  const sheet = () =>
    there.book.sheets.find(one => one.metadata.some(two => two.metadataValue?.startsWith('mirror ')))?.title ?? '';
  let store = await openWorld(google, there);

  const onTheSheet = (): void => {
    if (sheet() === '') return;
    const title = sheet();
    const rows = person.texts(title);
    const id = person.column('行标识', title);
    const row = 2 + pick(us.rows.length);
    const which = rows[row - 1]?.[id - 1] ?? '';
    switch (pick(9)) {
      case 0:
      case 1:
        if (which !== '') {
          reviews.set(which, `意见${seed}-${pick(1000)}`);
          person.type(row, person.column('审核意见', title), reviews.get(which), title);
        }
        return;
      case 2:
        person.sort(
          2,
          person.column(['反馈问题', '整改措施', '整改结果'][pick(3)] ?? '反馈问题', title),
          pick(2) === 0,
          title,
        );
        return;
      case 3:
        person.insertRows(2 + pick(4), 1, title);
        return;
      case 4:
        if (there.book.sheets[0]?.columnCount !== undefined && there.book.sheets[0].columnCount < 20) {
          person.insertColumn(1 + pick(6), `批注${pick(1000)}`, title);
        }
        return;
      case 5: {
        const text = `自加行${seed}-${own.length}`;
        own.push(text);
        person.type(person.texts(title).length + 1, person.column('审核意见', title), text, title);
        return;
      }
      case 6:
        // A whole row taken out: what the reviewer wrote there and nobody has read yet goes with it.
        if (which === '') return;
        if ((us.row(which).reviewNote ?? '') !== (reviews.get(which) ?? '')) {
          reviews.set(which, us.row(which).reviewNote ?? '');
        }
        person.deleteRows(row, 1, title);
        return;
      case 7:
        // Edited in vain: nobody but the office writes here, and the office does not write there in this test.
        if (which !== '') person.type(row, person.column('整改结果', title), `别人改的${pick(1000)}`, title);
        return;
      default:
        person.rename(`台账${pick(1000)}`, title);
    }
  };

  for (let turn = 0; turn < 3; turn++) {
    us.row(rowId(pick(5))).measure = `措施${seed}-${turn}`;
    if (pick(3) === 0)
      us.rows.push({
        id: rowId(100 + turn),
        finding: `新问题${turn}：${seed}`,
        measure: `新措施${turn}`,
        result: '整改中',
      });
    onTheSheet();
    google.server.beforeCall = call => {
      // Between our read and our write somebody may be at work.
      if (call.write && pick(3) === 0) onTheSheet();
      return pick(4) === 0 ? passing[pick(passing.length)] : undefined;
    };
    const remembered = us.agreed;
    us.afterTakingIn = () => {
      if (pick(5) === 0) throw new Killed();
    };
    let intended: Office['coming'];
    const intend = async (coming: Office['coming']): Promise<void> => {
      us.coming = coming;
      intended = coming;
    };
    await us.sync(store, { onConflict: 'stop', acceptMassChange: true, intend }).catch((error: unknown) => {
      if (!(error instanceof StoreError) && !(error instanceof Killed)) throw error;
    });
    // Killed after the mirror was written and before that was remembered.
    if (pick(3) === 0) {
      us.agreed = remembered;
      us.coming = intended ?? us.coming;
    }
    if (pick(2) === 0) store = await openWorld(google, there);
  }

  google.server.beforeCall = () => undefined;
  us.afterTakingIn = () => undefined;
  // Nobody changed one cell on both sides: no decision may be asked for, whatever went wrong before.
  expect((await us.sync(store, { acceptMassChange: true })).conflicts, `seed ${seed}`).toEqual([]);
  const last = await us.sync(await openWorld(google, there));
  expect(last.pushed, `seed ${seed}`).toEqual([]);

  const title = sheet();
  const [header = [], ...rows] = person.texts(title);
  const id = header.indexOf('行标识');
  const byId = new Map(rows.filter(row => row[id]).map(row => [row[id] ?? '', row]));
  expect(rows.filter(row => row[id]).length, `seed ${seed}: a row doubled`).toBe(byId.size);
  expect(byId.size, `seed ${seed}: rows`).toBe(us.rows.length);
  for (const row of us.rows) {
    const found = byId.get(row.id) ?? [];
    expect(found[header.indexOf('反馈问题')], `seed ${seed}`).toBe(row.finding);
    expect(found[header.indexOf('整改措施')], `seed ${seed}`).toBe(row.measure);
    expect(found[header.indexOf('整改结果')], `seed ${seed}`).toBe(row.result);
    const note = reviews.get(row.id) ?? '';
    expect(found[header.indexOf('审核意见')], `seed ${seed}: a review on the mirror`).toBe(note);
    expect(row.reviewNote ?? '', `seed ${seed}: a review in the ledger`).toBe(note);
  }
  const all = rows.flat();
  for (const text of own) expect(all.filter(cell => cell === text).length, `seed ${seed}: ${text}`).toBe(1);
}
