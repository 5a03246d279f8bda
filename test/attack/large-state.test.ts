import { createHash } from 'node:crypto';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stateOf } from './support/half-done.js';
import { type Measured, run } from './support/measured.js';
import { BOOK, syncedSample } from './support/synced-sample.js';

/* Files of the state that are larger than anybody's memory should have to hold: a long history, and what no run ever wrote. */

const root = mkdtempSync(join(tmpdir(), 'ledger-large-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What a run on the sample ledger takes by itself, and some pieces of a file. */
const MIB = 300;
const MB = 1_000_000;

let copy: () => string;
beforeAll(async () => {
  copy = (await syncedSample(root)).copy;
});

function freshCopy(): { readonly folder: string; readonly state: string; readonly journal: string } {
  const folder = copy();
  const state = stateOf(folder);
  return { folder, state, journal: join(state, 'journal.jsonl') };
}

function expectBounded(ended: Measured, exit: number): void {
  expect(ended.err).not.toMatch(/^\s+at |没有料到/mu);
  expect(ended.exit).toBe(exit);
  expect(ended.mib).toBeLessThan(MIB);
}

/** A journal as many runs would have written it, some megabytes long. Returns how many lines it has. */
function writeLongJournal(journal: string, megabytes: number): number {
  const file = openSync(journal, 'w');
  let seq = 0;
  let prev = '';
  for (let size = 0; size < megabytes * MB; ) {
    const piece: string[] = [];
    for (let n = 0; n < 5000; n += 1) {
      seq += 1;
      const run = Math.floor(seq / 1000);
      const at = new Date(Date.UTC(2023, 7, 1) + run * 60_000).toISOString();
      const entry = {
        kind: 'edit',
        sheet: '整改台账',
        cell: `AF${seq}`,
        header: '校验情况',
        row: `f3k9-${seq % 5000}`,
      };
      const why = '由本行的整改结果、佐证和金额得出';
      const line = { seq, at, run: `r${run}`, who: '某某', ...entry, before: '整改中', after: '已完成', why, prev };
      const body = JSON.stringify(line);
      prev = createHash('sha256').update(body).digest('hex');
      piece.push(`${body.slice(0, -1)},"hash":"${prev}"}\n`);
    }
    size += writeSync(file, piece.join(''));
  }
  closeSync(file);
  writeFileSync(journal.replace(/jsonl$/, 'head'), `${JSON.stringify({ seq, hash: prev })}\n`);
  return seq;
}

describe('a journal of 250 MB', { timeout: 240_000 }, () => {
  let folder: string;
  let journal: string;
  let lines: number;
  beforeAll(() => {
    ({ folder, journal } = freshCopy());
    lines = writeLongJournal(journal, 250);
  }, 120_000);

  test('its newest entries are told, and how many there are before', async () => {
    const told = await run(folder, 'log', BOOK);
    expectBounded(told, 0);
    const shown = told.out.trim().split('\n');
    expect(shown[0]).toContain(String(lines - 200));
    expect(shown).toHaveLength(201);
    expect(shown.at(-1)).toContain(`AF${lines}`);
  });

  test('one row of it', async () => {
    const told = await run(folder, 'log', BOOK, '--row', 'f3k9-77');
    expectBounded(told, 0);
    expect(told.out.trim().split('\n')).toHaveLength(Math.floor((lines - 77) / 5000) + 1);
  });

  test('it is verified', async () => {
    const told = await run(folder, 'log', BOOK, '--verify', '--json');
    expectBounded(told, 0);
    expect(JSON.parse(told.out)).toMatchObject({ entries: lines, last: { seq: lines }, defects: [], notes: [] });
  });

  test('a sync adds to it', async () => {
    const { size } = statSync(journal);
    const ended = await run(folder, 'sync', BOOK, '--as-of', '2023-10-20', '--quiet');
    expect(ended.err).toBe('');
    expect(ended.mib).toBeLessThan(MIB);
    expect(statSync(journal).size).toBeGreaterThan(size);
    expectBounded(await run(folder, 'log', BOOK, '--verify'), 0);
  });
});

test('all of a long journal as one JSON document, piece by piece', { timeout: 120_000 }, async () => {
  const { folder, journal } = freshCopy();
  const lines = writeLongJournal(journal, 60);
  const told = await run(folder, 'log', BOOK, '--json');
  expectBounded(told, 0);
  const document = JSON.parse(told.out);
  expect(document).toMatchObject({ schemaVersion: 1, command: 'log', exit: 0 });
  expect(document.entries).toHaveLength(lines);
  expect(document.entries.at(-1)).toMatchObject({ seq: lines, cell: `AF${lines}` });
  // As the whole would have been written at once.
  expect(told.out).toBe(`${JSON.stringify(document, null, 2)}\n`);
});

describe('a journal that is one line of 300 MB', () => {
  const ends: readonly (readonly [string, string])[] = [
    ['without a line feed', ''],
    ['with a line feed', '\n'],
    ['after which a line begins', '\n{"seq":9,"at"'],
  ];
  test.each(ends)('%s: said, gone on with, never moved or cut', async (_title, end) => {
    const { folder, journal } = freshCopy();
    writeFileSync(journal, '');
    truncateSync(journal, 300 * MB);
    writeFileSync(journal, end, { flag: 'a' });
    expectBounded(await run(folder, 'log', BOOK), 0);
    expectBounded(await run(folder, 'log', BOOK, '--verify'), 1);
    expectBounded(await run(folder, 'doctor', BOOK), 4);
    const ended = await run(folder, 'sync', BOOK, '--as-of', '2023-10-20', '--quiet');
    expect(ended.err).toBe('');
    expect(ended.mib).toBeLessThan(MIB);
    expect(statSync(journal).size).toBeGreaterThan(300 * MB);
    const told = await run(folder, 'log', BOOK);
    expectBounded(told, 0);
    expect(told.out).toMatch(/更新系统表/u);
    const verified = await run(folder, 'log', BOOK, '--verify');
    expectBounded(verified, 1);
    expect(verified.out).toMatch(/第 1 行被改动过/u);
    expect(verified.out).not.toMatch(/只写了一半/u);
  });
});

test.each([
  'memory.json',
  'own-sheets.json',
  'journal.head',
  'run-cache.json',
  'run.lock',
  'pending.jsonl',
  'memory.json.next',
])('%s of 3 GB: the work is done as if it were lost', async name => {
  const { folder, state } = freshCopy();
  writeFileSync(join(state, name), '{"version":1,');
  truncateSync(join(state, name), 3000 * MB);
  const ended = await run(folder, 'sync', BOOK, '--as-of', '2023-10-20', '--quiet');
  expect(ended.err.replaceAll(/^.*(?:历史|记录).*$/gmu, '').trim()).toBe('');
  expect(ended.err).not.toMatch(/没有料到/u);
  expect([0, 1]).toContain(ended.exit);
  expect(ended.mib).toBeLessThan(MIB);
  const book = readFileSync(join(folder, BOOK));
  const again = await run(folder, 'sync', BOOK, '--as-of', '2023-10-20', '--quiet');
  expect([0, 1]).toContain(again.exit);
  expect(readFileSync(join(folder, BOOK)).equals(book)).toBe(true);
});

test.each(['memory.json', 'own-sheets.json'])(
  '%s with millions of wrong elements: the first one is enough',
  async name => {
    const { folder, state } = freshCopy();
    const wrong = '[],'.repeat(4_000_000);
    writeFileSync(join(state, name), `{"version":1,"findings":[${wrong}[]],"sheets":[${wrong}[]]}`);
    const ended = await run(folder, 'sync', BOOK, '--as-of', '2023-10-20', '--quiet');
    expect([0, 1]).toContain(ended.exit);
    expect(ended.err).not.toMatch(/没有料到/u);
    expect(ended.mib).toBeLessThan(1000);
  },
);

test.each([
  ['the config', ['check', BOOK, '--config', '东西'], /超过 4 MB.*配置文件/u],
  ['a mapping', ['check', BOOK, '--mapping', '东西'], /超过 16 MB.*映射/u],
  ['a plan', ['sync', BOOK, '--plan', '东西'], /超过 256 MB.*计划/u],
  ['a template', ['notice', BOOK, '--draft', '-o', '通报.docx', '--template', '东西'], /超过 50 MB.*模板/u],
] as const)('%s of 3 GB is refused in a sentence', async (_title, args, says) => {
  const { folder } = freshCopy();
  writeFileSync(join(folder, '东西'), '');
  truncateSync(join(folder, '东西'), 3000 * MB);
  const ended = await run(folder, ...args);
  expectBounded(ended, 2);
  expect(ended.err.trim()).toMatch(says);
  expect(ended.err.trim().split('\n')).toHaveLength(1);
});
