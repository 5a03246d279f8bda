import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { command, HalfDone, stateOf, sync } from './support/half-done.js';

/*
 * The journal of a real ledger attacked between two runs, as whole processes: `log --verify` says what is wrong and ends with 1, the
 * next sync does its work, and what was done to the journal can still be seen afterwards. Every kind of damage to every line
 * is tested at the journal itself (test/state/journal.test.ts).
 */

const BOOK = '台账.xlsx';
let ledger: HalfDone;
beforeAll(async () => {
  ledger = await HalfDone.make();
});
afterAll(() => ledger.remove());

type Lines = readonly string[];
const ATTACKS: readonly (readonly [string, (lines: Lines) => Lines, RegExp])[] = [
  [
    'a value changed',
    lines => lines.map((line, at) => (at === 3 ? line.replace(/"after":"[^"]*"/, '"after":"已完成"') : line)),
    /第 4 行被改动过/u,
  ],
  ['a line removed', lines => lines.filter((_, at) => at !== 3), /缺少第 4 条/u],
  [
    'two lines exchanged',
    lines => [...lines.slice(0, 2), ...lines.slice(2, 4).reverse(), ...lines.slice(4)],
    /不在原来的位置/u,
  ],
  ['the end cut off', lines => lines.slice(0, -2), /末尾缺少第/u],
  ['a line doubled', lines => [...lines.slice(0, 3), ...lines.slice(2)], /第 4 行与第 3 行重复/u],
  ['all lines removed', () => [], /末尾缺少第 1 至/u],
];

describe.each(ATTACKS)('%s', (title, attack, says) => {
  test('is said by log --verify, now and after the next sync', async () => {
    const folder = ledger.trial(title);
    const journal = join(stateOf(folder), 'journal.jsonl');
    const lines = readFileSync(journal, 'utf8').split('\n').slice(0, -1);
    writeFileSync(
      journal,
      attack(lines)
        .map(line => `${line}\n`)
        .join(''),
    );
    const before = await command(folder, ['log', BOOK, '--verify']);
    expect(before).toMatchObject({ exit: 1, err: '' });
    expect(before.out).toMatch(says);
    expect((await sync(folder)).exit).toBeLessThan(2);
    expect(ledger.judge(folder).book).toBe('new');
    const after = await command(folder, ['log', BOOK, '--verify']);
    expect(after.exit).toBe(1);
    expect(after.out).toMatch(/缺少|改动过|不在原来|重复/u);
  });
});

test('the journal and its head taken away: that there was one is not forgotten', async () => {
  const folder = ledger.trial('gone');
  const state = stateOf(folder);
  for (const name of ['journal.jsonl', 'journal.head']) rmSync(join(state, name));
  const before = await command(folder, ['log', BOOK, '--verify']);
  expect(before).toMatchObject({ exit: 1, err: '' });
  expect(before.out).toMatch(/一条记录也找不到/u);
  expect((await sync(folder)).exit).toBeLessThan(2);
  const after = await command(folder, ['log', BOOK, '--verify']);
  expect(after.exit).toBe(1);
  expect(after.out).toMatch(/第 1 条写明：.*整个不见了/u);
});

test('a folder in the place of the journal: one sentence that names it, and nothing is written', async () => {
  const folder = ledger.trial('folder');
  const state = stateOf(folder);
  rmSync(join(state, 'journal.jsonl'));
  mkdirSync(join(state, 'journal.jsonl'));
  for (const ended of [
    await command(folder, ['log', BOOK]),
    await command(folder, ['log', BOOK, '--verify']),
    await sync(folder),
  ]) {
    expect(ended).toMatchObject({ exit: 4, out: '' });
    expect(ended.err).toMatch(/无法使用 .*journal\.jsonl.*请把它改名或移走/u);
    expect(ended.err.trim().split('\n')).toHaveLength(1);
  }
  rmSync(join(state, 'journal.jsonl'), { recursive: true });
  expect(ledger.judge(folder).book).toBe('old');
});
