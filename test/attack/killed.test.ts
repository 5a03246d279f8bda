import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seeded } from '../support/excel/mutate.js';
import { HalfDone, sync } from './support/half-done.js';

/**
 * Random kills; `LEDGER_KILLS=300 LEDGER_KILL_SEED=7 npx vitest run test/attack/killed.test.ts` for a longer hunt, which also
 * takes every moment at which a sync changes the disk instead of every second one.
 */
const KILLS = Number(process.env.LEDGER_KILLS ?? 24);
const STRIDE = process.env.LEDGER_KILLS === undefined ? 2 : 1;
const SEED = Number(process.env.LEDGER_KILL_SEED ?? 20231030);
/** Trials at a time: they are processes of their own. */
const AT_ONCE = 4;

let ledger: HalfDone;
beforeAll(async () => {
  ledger = await HalfDone.make();
});
afterAll(() => ledger.remove());

type Kill = { readonly name: string; readonly env?: Readonly<Record<string, string>>; readonly after?: number };

/**
 * Kills sync after sync in one folder and looks at what each left, until one has written the workbook; then one is let go to
 * its end. Returns what was wrong and how many kills are left.
 */
async function trial(name: string, kills: readonly Kill[]): Promise<{ wrong: string[]; left: readonly Kill[] }> {
  const folder = ledger.trial(name);
  const wrong: string[] = [];
  let done = 0;
  let book: string = 'old';
  let last = '';
  for (const kill of kills) {
    if (book !== 'old') break;
    const killed = await sync(folder, kill.env, { killAfter: kill.after });
    const judged = ledger.judge(folder);
    last = `${kill.name} (${killed.signal ?? killed.exit})`;
    if (judged.book === 'a third') wrong.push(`${last}: the workbook is neither the old nor the new one`);
    wrong.push(...judged.faults.map(fault => `${last}: ${fault}`));
    book = judged.book;
    done += 1;
  }
  const next = await sync(folder);
  const end = ledger.judge(folder);
  if (next.exit === null || next.exit > 1) wrong.push(`${last}: the next sync ended with ${next.exit}: ${next.err}`);
  if (end.book !== 'new') wrong.push(`${last}: after the next sync the workbook is ${end.book}`);
  wrong.push(...[...end.faults, ...ledger.untold(folder)].map(fault => `${last}, next: ${fault}`));
  ledger.forget(folder);
  return { wrong, left: kills.slice(done) };
}

async function all(prefix: string, kills: readonly Kill[]): Promise<readonly string[]> {
  const wrong: string[] = [];
  const share = Math.ceil(kills.length / AT_ONCE);
  const worker = async (own: readonly Kill[], number: number): Promise<void> => {
    let trials = 0;
    for (let left = own; left.length > 0; ) {
      trials += 1;
      const result = await trial(`${prefix}-${number}-${trials}`, left);
      wrong.push(...result.wrong);
      left = result.left;
    }
  };
  const shares = Array.from({ length: AT_ONCE }, (_, n) => kills.filter((_kill, i) => Math.floor(i / share) === n));
  await Promise.all(shares.map(worker));
  return wrong;
}

describe('a sync that is killed leaves the old or the new workbook, whole, and the next one goes on to the same end', () => {
  test('the two states differ, and a sync changes the disk at many moments', () => {
    expect(ledger.old).not.toBe(ledger.done);
    expect(ledger.moments).toBeGreaterThan(40);
  });

  test('before and in the middle of every change to the disk', { timeout: 300_000 }, async () => {
    const moments = Array.from({ length: Math.ceil(ledger.moments / STRIDE) }, (_, index) => index * STRIDE + 1);
    const wrong = await all(
      'moment',
      moments.map(at => ({ name: `moment ${at}`, env: { LEDGER_DISTURB_AT: String(at) } })),
    );
    expect(wrong).toEqual([]);
  });

  test(`at ${KILLS} random instants (seed ${SEED})`, { timeout: 30_000 + KILLS * 5_000 }, async () => {
    const random = seeded(SEED);
    const instants = Array.from({ length: KILLS }, () => random() * ledger.takes * 1.2);
    const wrong = await all(
      'instant',
      instants.map((after, n) => ({ name: `kill ${n} after ${after.toFixed(0)} ms`, after })),
    );
    expect(wrong).toEqual([]);
  });
});

describe('several syncs of one ledger at once', () => {
  test('one works, the others say that it is being worked on or find it done; nothing is torn', async () => {
    const folder = ledger.trial('at-once');
    const ended = await Promise.all(Array.from({ length: 4 }, () => sync(folder)));
    const said = ended.map(({ exit, err }) => (exit === 4 && err.includes('正在') ? 'locked' : exit));
    expect(said.some(exit => exit === 0 || exit === 1)).toBe(true);
    expect(said.filter(exit => exit !== 0 && exit !== 1 && exit !== 'locked')).toEqual([]);
    expect(ledger.judge(folder)).toEqual({ book: 'new', faults: [] });
    const next = await sync(folder);
    expect(next.exit === 0 || next.exit === 1).toBe(true);
    expect(ledger.judge(folder)).toEqual({ book: 'new', faults: [] });
  });
});
