import { copyFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Grid, GridSheet } from '../../src/model/grid.js';
import { openExcel } from '../../src/stores/excel/index.js';
import { changedParts, SHARED, xmlOf } from '../support/excel/compare.js';
import { rawEntries, WORKBOOKS, withoutColumns, workbookNames } from '../support/excel/packages.js';
import { ledgerSheet, ourColumns, samplePlan } from '../support/excel/plans.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-lossless-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The structure of this one is locked, so the walk adds no sheet to it. */
const LOCKED = 'openpyxl-locked-structure.xlsx';

describe.each(workbookNames())('%s', name => {
  const withImage = name !== LOCKED;

  const copy = async (): Promise<string> => {
    const path = join(folder, name);
    await copyFile(new URL(name, WORKBOOKS), path);
    return path;
  };

  test('only cells, columns and sheets of ours change, twice is once, and cleaning brings the old content back', async () => {
    const path = await copy();
    const original = await readFile(path);
    const before = await rawEntries(original);
    const store = openExcel(path, { backupDir: join(folder, 'backups') });
    const grid = await store.read();
    const columns = ourColumns(grid);
    const ledger = ledgerSheet(grid).sheet.name;
    await store.apply(samplePlan(grid, 0, { withImage }));
    const first = await readFile(path);
    const after = await rawEntries(first);
    const changed = changedParts(before, after, columns, isOurs);
    expect(changed.sheets).toHaveLength(1);
    const news = changed.added.filter(part => part !== 'xl/styles.xml');
    expect(news).toEqual(withImage ? [expect.stringMatching(/sheet\d+\.xml$/)] : []);

    const again = await openExcel(path).read();
    expect(withoutOurs(again, columns, ledger)).toEqual(withoutOurs(grid, columns, ledger));
    expect(again.ledgerId).toBe('sample-ledger');
    expect(ledgerSheet(again).sheet.markers.size).toBe(6);

    // A second run that wants the same writes nothing at all.
    const time = (await stat(path)).mtimeMs;
    const same = await openExcel(path).apply(samplePlan(again, 0, { withImage }));
    expect(same).toEqual({ revision: again.revision, cells: 0 });
    expect((await stat(path)).mtimeMs).toBe(time);

    // A second run that wants something else replaces our cells and our sheet, and again nothing more.
    await openExcel(path, { backupDir: join(folder, 'backups') }).apply(samplePlan(again, 5, { withImage }));
    const second = await rawEntries(await readFile(path));
    const replaced = changedParts(after, second, columns, isOurs);
    expect(replaced.added).toEqual([]);
    expect(replaced.shared).toEqual([]);

    const clean = join(folder, `clean ${name}`);
    await rm(clean, { force: true });
    await openExcel(path).copyWithoutOurs(clean);
    const cleaned = await openExcel(clean).read();
    expect(cleaned.ledgerId).toBeUndefined();
    expect(cleaned.sheets).toEqual(grid.sheets);
    const left = await rawEntries(await readFile(clean));
    for (const [part, entry] of before) {
      if (SHARED.test(part) || /calcChain|tables?\//.test(part)) continue;
      const sheet = /worksheets\/sheet\d+\.xml$/.test(part);
      if (!sheet) expect(left.get(part)?.compressed, part).toEqual(entry.compressed);
      else expect(withoutColumns(xmlOf(left.get(part)), columns), part).toBe(withoutColumns(xmlOf(entry), columns));
    }
  });

  test('what was not read cannot be written', async () => {
    const path = await copy();
    const store = openExcel(path);
    const plan = samplePlan(await store.read(), 0, { withImage });
    await expect(store.apply({ ...plan, basedOn: '0'.repeat(64) })).rejects.toMatchObject({ code: 'stale', exit: 3 });
    expect(await readFile(path)).toEqual(await readFile(new URL(name, WORKBOOKS)));
  });
});

/** The walk's own sheet carries this title. */
function isOurs(xml: string): boolean {
  return xml.includes('巡察整改汇总');
}

/** The office's part of a grid: no sheets of ours, no cells of our columns. */
function withoutOurs(grid: Grid, columns: ReadonlySet<string>, ledger: string): unknown {
  const letters = [...columns];
  const width = ourFirstColumn(letters);
  const office = (sheet: GridSheet): unknown => ({
    name: sheet.name,
    hidden: sheet.hidden,
    merges: sheet.merges,
    rows: sheet.rows.map(row => ({
      ...row,
      cells: sheet.name === ledger ? trimmed(row.cells.slice(0, width - 1)) : row.cells,
    })),
  });
  return grid.sheets.filter(sheet => sheet.role === undefined).map(office);
}

function trimmed<T>(cells: readonly T[]): readonly T[] {
  let length = cells.length;
  while (length > 0 && cells[length - 1] === undefined) length -= 1;
  return cells.slice(0, length);
}

function ourFirstColumn(letters: readonly string[]): number {
  return Math.min(...letters.map(letter => [...letter].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0)));
}
