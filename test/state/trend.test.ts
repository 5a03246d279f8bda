import { appendFileSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { appendJournal, type JournalEntry } from '../../src/sync/journal.js';
import { readTrend, type TrendPoint, trendEntry } from '../../src/sync/trend.js';
import { freshFolders } from './support/folder.js';

const freshFolder = freshFolders();

function point(asOf: string, errors: number): TrendPoint {
  return {
    asOf,
    byStatus: { done: 3, 'in-progress': 8 },
    due: '5033000.00',
    recovered: null,
    outstanding: null,
    errors,
  };
}

const edit: JournalEntry = { kind: 'edit', sheet: '整改台账', cell: 'C3', before: '"kind":"trend"', after: '已完成' };

let journal: string;
/** One sync, on a clock that goes on by an hour each time. */
let hour = 0;
async function sync(path: string, ...entries: readonly JournalEntry[]): Promise<void> {
  hour += 1;
  const at = `2023-11-01T${String(hour).padStart(2, '0')}:00:00.000Z`;
  await appendJournal(path, { run: `r${hour}`, who: '测试', at }, entries);
}
const lines = () => readFileSync(journal, 'utf8').split('\n').slice(0, -1);
const put = (kept: readonly string[]) => writeFileSync(journal, kept.map(line => `${line}\n`).join(''));
const shown = () => readTrend(journal).points.map(({ asOf, errors }) => `${asOf} ${errors}`);

beforeEach(async () => {
  hour = 0;
  journal = join(freshFolder(), 'journal.jsonl');
  await sync(journal, edit, trendEntry(point('2023-10-01', 4)));
  await sync(journal, edit, edit, trendEntry(point('2023-10-30', 2)));
  await sync(journal, edit, trendEntry(point('2023-11-05', 1)));
});

describe('the trend of a whole journal', () => {
  it('is what each sync kept, oldest first', () => {
    expect(readTrend(journal)).toEqual({
      points: [point('2023-10-01', 4), point('2023-10-30', 2), point('2023-11-05', 1)],
      gap: undefined,
    });
  });

  it('has one point a date, that of the last sync, and its dates in order whatever the order of the syncs', async () => {
    await sync(journal, trendEntry(point('2023-10-30', 0)));
    await sync(journal, trendEntry(point('2023-09-01', 9)));
    expect(shown()).toEqual(['2023-09-01 9', '2023-10-01 4', '2023-10-30 0', '2023-11-05 1']);
    expect(readTrend(journal).gap).toBeUndefined();
  });

  it('takes in what another computer wrote into a conflict copy', async () => {
    const copy = join(journal, '..', 'journal (冲突副本).jsonl');
    put(lines().slice(0, 5));
    copyFileSync(journal, copy);
    put([...lines()]);
    await appendTo(copy, point('2023-11-20', 0));
    expect(shown()).toContain('2023-11-20 0');
  });

  it('is not troubled by a half line that a killed run left', () => {
    appendFileSync(journal, '{"seq":8,"at":"2023-11-01T09:00:00.000Z","run":"r","who":"","kind":"trend","aft');
    expect(shown()).toHaveLength(3);
    expect(readTrend(journal).gap).toBeUndefined();
  });
});

/** A journal of its own whose last line stands in a copy. */
async function appendTo(copy: string, one: TrendPoint): Promise<void> {
  const other = join(freshFolder(), 'journal.jsonl');
  await sync(other, trendEntry(one));
  appendFileSync(copy, readFileSync(other));
}

describe('the trend of a damaged journal is short and says so', () => {
  it.each<readonly [string, () => void, readonly string[]]>([
    ['the end cut off', () => put(lines().slice(0, 5)), ['2023-10-01 4', '2023-10-30 2']],
    ['the beginning cut off', () => put(lines().slice(2)), ['2023-10-30 2', '2023-11-05 1']],
    ['a point removed', () => put(lines().filter((_, at) => at !== 4)), ['2023-10-01 4', '2023-11-05 1']],
    [
      'a point changed by hand',
      () => put(lines().map((line, at) => (at === 4 ? line.replace('\\"errors\\":2', '\\"errors\\":0') : line))),
      ['2023-10-01 4', '2023-11-05 1'],
    ],
    [
      'garbage between the lines',
      () => put([...lines().slice(0, 2), '\0\0\0', '{"seq":', '[]', ...lines().slice(2)]),
      ['2023-10-01 4', '2023-10-30 2', '2023-11-05 1'],
    ],
    [
      'the head gone',
      () => rmSync(journal.replace('.jsonl', '.head')),
      ['2023-10-01 4', '2023-10-30 2', '2023-11-05 1'],
    ],
    ['all lines gone', () => put([]), []],
    ['the journal gone', () => rmSync(journal), []],
    [
      'a folder in its place',
      () => {
        rmSync(journal);
        mkdirSync(journal);
      },
      [],
    ],
  ])('%s', (_, damage, left) => {
    damage();
    expect(shown()).toEqual(left);
    expect(readTrend(journal).gap?.zh).toMatch(/修改记录/u);
  });

  it('a point that no ledger can have is left out, though it be sealed', async () => {
    for (const after of [
      '',
      'null',
      '[]',
      '{"asOf":"2023-02-30"}',
      JSON.stringify({ ...point('2023-12-01', 1), due: 'x' }),
    ])
      await sync(journal, { kind: 'trend', after });
    expect(shown()).toHaveLength(3);
    expect(readTrend(journal).gap?.zh).toMatch(/缺损/u);
  });

  it('a journal that began anew says that earlier syncs may be missing', async () => {
    rmSync(journal);
    rmSync(journal.replace('.jsonl', '.head'));
    writeFileSync(join(journal, '..', 'memory.json'), '{}');
    await sync(journal, trendEntry(point('2023-12-01', 0)));
    expect(shown()).toEqual(['2023-12-01 0']);
    expect(readTrend(journal).gap?.zh).toMatch(/缺损/u);
  });

  it('a journal from before syncs kept how the ledger stood has no points, and says why', async () => {
    const old = join(freshFolder(), 'journal.jsonl');
    await sync(old, edit);
    expect(readTrend(old)).toMatchObject({ points: [], gap: { zh: expect.stringContaining('没有记下') } });
  });
});
