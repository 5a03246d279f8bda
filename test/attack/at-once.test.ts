import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openExcel } from '../../src/stores/excel/index.js';
import { readJournal } from '../../src/sync/journal.js';
import { verifyJournal } from '../../src/sync/journal-verify.js';
import { command, type Ended, HalfDone, stateOf, sync } from './support/half-done.js';

/* Several runs at once, on one computer and on two that share a folder: nothing is torn, lost, or told twice. */

const BOOK = '台账.xlsx';
let ledger: HalfDone;
beforeAll(async () => {
  ledger = await HalfDone.make();
});
afterAll(() => ledger.remove());

const on = (host: string) => ({ LEDGER_HOST: host });

/** Done, or told in one sentence that another run is at work or came first. */
function expectOrderly({ exit, err }: Ended): void {
  expect([0, 1, 3, 4]).toContain(exit);
  if (exit === 3) expect(err).toMatch(/读取之后被改动过/u);
  if (exit === 4) expect(err).toMatch(/正在被另一次运行处理/u);
  expect(err.trim().split('\n').length).toBeLessThan(2);
  expect(err).not.toMatch(/没有料到|^\s+at /mu);
}

async function expectWhole(folder: string): Promise<void> {
  for (const path of [BOOK, ...readdirSync(folder).filter(name => /^副本/u.test(name))].map(name => join(folder, name)))
    await expect(openExcel(path).read()).resolves.toBeDefined();
  const journal = join(stateOf(folder), 'journal.jsonl');
  expect(verifyJournal(journal).defects).toEqual([]);
  expect(readdirSync(folder).filter(name => name.endsWith('.tmp'))).toEqual([]);
  expect(readdirSync(stateOf(folder)).filter(name => /^pending|\.next$/.test(name))).toEqual([]);
}

test.each([2, 5])('%i syncs at once: the journal tells it once', async many => {
  const folder = ledger.trial(`syncs-${many}`);
  const ended = await Promise.all(Array.from({ length: many }, () => sync(folder)));
  ended.forEach(expectOrderly);
  expect(ended.some(({ exit }) => exit === 0 || exit === 1)).toBe(true);
  expect(ledger.judge(folder)).toEqual({ book: 'new', faults: [] });
  expect(ledger.untold(folder)).toEqual([]);
});

test('a sync beside everything that reads, copies or restores', { timeout: 300_000 }, async () => {
  for (let round = 0; round < 3; round += 1) {
    const folder = ledger.trial(`mixed-${round}`);
    const others = [
      ['clean', BOOK, '-o', '副本一.xlsx'],
      ['check', BOOK, '-o', '副本二.xlsx', '--quiet'],
      ['restore', BOOK, '--to', '1'],
      ['log', BOOK],
      ['log', BOOK, '--verify'],
      ['status', BOOK],
    ];
    const ended = await Promise.all([sync(folder), ...others.map(args => command(folder, args)), sync(folder)]);
    ended.forEach(expectOrderly);
    await expectWhole(folder);
    // The oldest backup is of a time before the ledger had its id: a sync right behind the restore gives it another.
    const states = readdirSync(join(folder, '.ledger')).map(id => join(folder, '.ledger', id, 'journal.jsonl'));
    const restores = states.filter(path => existsSync(path)).flatMap(path => [...readJournal(path)]);
    const restored = ended[3]?.exit === 0;
    expect(restores.filter(line => line.kind === 'restore')).toHaveLength(restored ? 1 : 0);
    await sync(folder);
    await expectWhole(folder);
  }
});

test('two copies of one ledger in one folder, synced at once, share one journal', async () => {
  const folder = ledger.trial('copies');
  writeFileSync(join(folder, '副本.xlsx'), readFileSync(join(folder, BOOK)));
  const other = (): Promise<Ended> => command(folder, ['sync', '副本.xlsx', '--as-of', '2023-10-20', '--quiet']);
  (await Promise.all([sync(folder), other(), sync(folder), other()])).forEach(expectOrderly);
  await sync(folder);
  await other();
  await expectWhole(folder);
});

describe('two computers that share a folder', () => {
  test('syncs of both at once: one works, the other says who does', async () => {
    const folder = ledger.trial('machines');
    const ended = await Promise.all(['甲机', '乙机', '甲机', '乙机'].map(host => sync(folder, on(host))));
    ended.forEach(expectOrderly);
    for (const { err } of ended.filter(({ exit }) => exit === 4)) expect(err).toMatch(/甲机|乙机|另一台计算机/u);
    expect(ledger.judge(folder)).toEqual({ book: 'new', faults: [] });
    expect(ledger.untold(folder)).toEqual([]);
  });

  test('one is switched off in the middle of its sync: the other waits for ten minutes, then takes over and tells the rest', async () => {
    let folder = '';
    let at = 0;
    // A kill after the rename, before the journal has it all.
    for (at = ledger.moments; at > 0; at -= 3) {
      folder = ledger.trial(`off-${at}`);
      await sync(folder, { ...on('甲机'), LEDGER_DISTURB_AT: String(at) });
      if (ledger.judge(folder).book === 'new' && existsSync(join(stateOf(folder), 'pending.jsonl'))) break;
      ledger.forget(folder);
    }
    expect(at).toBeGreaterThan(0);
    const refused = await sync(folder, on('乙机'));
    expect(refused.exit).toBe(4);
    expect(refused.err).toMatch(/甲机.*请等它结束/u);
    const elevenMinutesAgo = Date.now() / 1000 - 11 * 60;
    for (const lock of [join(folder, '.ledger', `${BOOK}.lock`), join(stateOf(folder), 'run.lock')])
      utimesSync(lock, elevenMinutesAgo, elevenMinutesAgo);
    const taken = await sync(folder, on('乙机'));
    expect([0, 1]).toContain(taken.exit);
    expect(ledger.untold(folder)).toEqual([]);
  });

  test('a clock that is an hour behind: the journal holds, and says so', async () => {
    const folder = ledger.trial('clock');
    const journal = join(stateOf(folder), 'journal.jsonl');
    await sync(folder, { ...on('乙机'), LEDGER_CLOCK: '-3600000' });
    const verdict = verifyJournal(journal);
    expect(verdict.defects).toEqual([]);
    expect(verdict.notes.map(({ kind }) => kind)).toEqual(['clock-back']);
    const told = await command(folder, ['log', BOOK, '--verify']);
    expect(told).toMatchObject({ exit: 0, err: '' });
    expect(told.out).toMatch(/电脑时钟可能调过/u);
    expect(ledger.judge(folder)).toEqual({ book: 'new', faults: [] });
  });
});
