import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HalfDone, stateOf, sync } from './support/half-done.js';

let ledger: HalfDone;
beforeAll(async () => {
  ledger = await HalfDone.make();
});
afterAll(() => ledger.remove());

const GARBAGE: readonly (readonly [string, string])[] = [
  ['is empty', ''],
  ['is cut off', '{"version":1,"rows":[["f3k9-2p7",0'],
  ['holds zeros', '\0'.repeat(4096)],
  ['holds something else', '[{"a":1}]'],
  ['holds other types', '{"version":1,"source":7,"rows":"x","findings":{}}'],
];
const FILES = ['memory.json', 'own-sheets.json', 'run-cache.json', 'journal.head'];

test.each(GARBAGE)(
  'each file of the state %s: the sync does its work, and the next one has nothing to do',
  async (title, content) => {
    const folder = ledger.trial(title);
    for (const name of FILES) writeFileSync(join(stateOf(folder), name), content);
    const first = await sync(folder);
    expect([0, 1]).toContain(first.exit);
    expect(first.err).not.toMatch(/没有料到|^\s+at /mu);
    const written = readFileSync(join(folder, '台账.xlsx'));
    const second = await sync(folder);
    expect([0, 1]).toContain(second.exit);
    expect(readFileSync(join(folder, '台账.xlsx')).equals(written)).toBe(true);
  },
);

test('a journal with a torn last line and a missing head is gone on with, the torn line is kept aside', async () => {
  const folder = ledger.trial('torn');
  const journal = join(stateOf(folder), 'journal.jsonl');
  const before = readFileSync(journal, 'utf8');
  writeFileSync(journal, `${before}{"seq":99,"at":"2023-10-`);
  rmSync(join(stateOf(folder), 'journal.head'));
  const ended = await sync(folder);
  expect([0, 1]).toContain(ended.exit);
  expect(readFileSync(journal, 'utf8').startsWith(before)).toBe(true);
  expect(ledger.judge(folder).book).toBe('new');
});

test('a lost state folder: the ids in the workbook stand, and the sync goes on', async () => {
  const folder = ledger.trial('lost');
  rmSync(join(folder, '.ledger'), { recursive: true });
  const ended = await sync(folder);
  expect([0, 1]).toContain(ended.exit);
  const written = readFileSync(join(folder, '台账.xlsx'));
  await sync(folder);
  expect(readFileSync(join(folder, '台账.xlsx')).equals(written)).toBe(true);
});

test('a file in the place of the state folder: one sentence, nothing written', async () => {
  const folder = ledger.trial('file');
  rmSync(join(folder, '.ledger'), { recursive: true });
  writeFileSync(join(folder, '.ledger'), 'x');
  const ended = await sync(folder);
  expect(ended.exit).toBe(4);
  expect(ended.err.trim().split('\n')).toHaveLength(1);
  expect(ended.err).not.toMatch(/没有料到|^\s+at /mu);
  expect(ledger.judge(folder).book).toBe('old');
});
