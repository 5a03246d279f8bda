import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Cell, cellAt, type Grid } from '../../src/model/grid.js';
import { openExcel } from '../../src/stores/excel/index.js';
import { freshFolder } from '../support/cli.js';
import { saveWithLibreOffice } from '../support/excel/libreoffice.js';
import { foreignLedger } from '../support/foreign.js';
import { inProcess } from '../support/in-process.js';

const folder = freshFolder();
const recalculated = join(folder, '重算');
const names = ['示例.xlsx', '外单位.xlsx'];

/** What a cell shows; numbers as numbers, so that 1.50 is 1.5. */
function shown(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  return cell.kind === 'number' ? String(Number(cell.text)) : cell.text;
}

/** Cells of ours by place: our sheets, and our columns in the office's. */
function ours(grid: Grid): ReadonlyMap<string, Cell> {
  const cells = new Map<string, Cell>();
  for (const sheet of grid.sheets) {
    const columns = new Set(sheet.markers.values());
    for (const row of sheet.rows) {
      for (const [index, cell] of row.cells.entries()) {
        if (cell !== undefined && (sheet.role !== undefined || columns.has(index + 1)))
          cells.set(`${sheet.name}!R${row.number}C${index + 1}`, cell);
      }
    }
  }
  return cells;
}

beforeAll(async () => {
  mkdirSync(recalculated);
  await inProcess(folder, 'init', ['示例.xlsx'], { sample: true });
  await foreignLedger(join(folder, '外单位.xlsx'));
  for (const name of names) await inProcess(folder, 'sync', [name], { 'as-of': '2023-10-30' });
  await saveWithLibreOffice(
    names.map(name => join(folder, name)),
    recalculated,
  );
});

describe.each(names)('%s, synced, in LibreOffice', name => {
  it('opens with every sheet, and every formula of ours comes to the value we cached', async () => {
    const written = await openExcel(join(folder, name)).read();
    const saved = await openExcel(join(recalculated, name)).read();
    expect(saved.sheets.map(sheet => sheet.name)).toEqual(written.sheets.map(sheet => sheet.name));
    const formulas = [...ours(written)].filter(([, cell]) => cell.formula !== undefined);
    expect(formulas.length).toBeGreaterThan(30);
    const place = /^(.+)!R(\d+)C(\d+)$/u;
    const calculated = formulas.map(([at]) => {
      const [, sheet = '', row = '', col = ''] = place.exec(at) ?? [];
      const found = saved.sheets.find(one => one.name === sheet);
      return [at, shown(found === undefined ? undefined : cellAt(found, Number(row), Number(col)))];
    });
    expect(calculated).toEqual(formulas.map(([at, cell]) => [at, shown(cell)]));
  });

  it('saved there by a person, it is the same ledger with the same row ids', async () => {
    const before = await inProcess(folder, 'check', [name], { json: true, 'as-of': '2023-10-30' });
    const after = await inProcess(recalculated, 'check', [name], { json: true, 'as-of': '2023-10-30' });
    const said = (document: unknown) => {
      const { counts, money, diagnostics } = JSON.parse(JSON.stringify(document));
      return { counts, money, checks: diagnostics.map((one: { check: string }) => one.check) };
    };
    expect(said(after.document)).toEqual(said(before.document));
    const ids = (grid: Grid) => {
      const main = grid.sheets.find(sheet => sheet.markers.has('rowId'));
      const col = main?.markers.get('rowId') ?? 0;
      return main?.rows.map(row => row.cells[col - 1]?.text ?? '');
    };
    expect(ids(await openExcel(join(recalculated, name)).read())).toEqual(
      ids(await openExcel(join(folder, name)).read()),
    );
  });

  it('and nobody is said to have typed over our sheets', async () => {
    copyFileSync(join(recalculated, name), join(folder, name));
    const { lines } = await inProcess(folder, 'sync', [name], { 'as-of': '2023-10-30' });
    expect(lines.filter(line => line.includes('有人改过'))).toEqual([]);
    const { lines: again } = await inProcess(folder, 'sync', [name], { 'as-of': '2023-10-30' });
    expect(again.at(-1)).toContain('已经是最新的');
  });
});
