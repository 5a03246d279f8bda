import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cell, cellAt, type Grid } from '../../src/model/grid.js';
import { isEmptyPlan, type Plan } from '../../src/model/plan.js';
import { sample } from '../../src/sample/index.js';
import { authorWorkbook, type NewWorkbook } from '../../src/stores/excel/author.js';
import { openExcel } from '../../src/stores/excel/index.js';
import { saveWithLibreOffice } from '../support/excel/libreoffice.js';
import { planned } from './support/planned.js';
import { richLedger } from './support/rich-ledger.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-recalculation-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Figure = { readonly at: string; readonly formula: string; readonly kind: string; readonly value: string };

/** Our formulas and what they show; numbers as numbers, so that 1.50 is 1.5. */
function figures(before: Grid, after: Grid): { ours: Figure[]; theirs: Figure[] } {
  const ours: Figure[] = [];
  const theirs: Figure[] = [];
  const described = (sheet: string, row: number, col: number, formula: string, cell: Cell | undefined): Figure => ({
    at: `${sheet} R${row}C${col}`,
    formula,
    kind: cell?.kind ?? 'blank',
    value: cell?.kind === 'number' ? String(Number(cell.text)) : (cell?.text ?? ''),
  });
  for (const sheet of before.sheets) {
    if (sheet.role === undefined) continue;
    const other = after.sheets.find(one => one.name === sheet.name);
    for (const row of sheet.rows) {
      for (const [index, cell] of row.cells.entries()) {
        if (cell?.formula === undefined) continue;
        ours.push(described(sheet.name, row.number, index + 1, cell.formula, cell));
        const theirCell = other && cellAt(other, row.number, index + 1);
        theirs.push(described(sheet.name, row.number, index + 1, cell.formula, theirCell));
      }
    }
  }
  return { ours, theirs };
}

async function recalculated(path: string): Promise<Grid> {
  const out = join(folder, 'recalculated');
  await saveWithLibreOffice([path], out);
  return openExcel(join(out, basename(path))).read();
}

async function synced(name: string, wanted: NewWorkbook, change: (plan: Plan) => Plan = plan => plan) {
  const path = join(folder, `${name}.xlsx`);
  await writeFile(path, await authorWorkbook(wanted));
  const store = openExcel(path, { backupDir: join(folder, 'backups') });
  await store.apply(change(planned(await store.read())));
  return { path, grid: await store.read() };
}

describe.each([
  ['sample', sample],
  ['rich', richLedger],
] as const)('the roll-up of the %s ledger', (name, wanted) => {
  it('shows what LibreOffice calculates, figure by figure', async () => {
    const { path, grid } = await synced(name, wanted);
    expect(isEmptyPlan(planned(grid))).toBe(true);
    const { ours, theirs } = figures(grid, await recalculated(path));
    expect(ours.length).toBeGreaterThan(50);
    expect(theirs).toEqual(ours);
  });
});

it('would notice a wrong figure: LibreOffice does calculate', async () => {
  const wrong = (plan: Plan): Plan => ({
    ...plan,
    images: plan.images.map(image => ({
      ...image,
      rows: image.rows.map(row => ({
        ...row,
        cells: row.cells.map(cell =>
          cell?.content.kind === 'formula' && cell.content.formula.startsWith('COUNTA(')
            ? { ...cell, content: { ...cell.content, cached: { kind: 'number' as const, text: '999' } } }
            : cell,
        ),
      })),
    })),
  });
  const { path, grid } = await synced('wrong', sample, wrong);
  const { ours, theirs } = figures(grid, await recalculated(path));
  expect(ours.some(one => one.value === '999')).toBe(true);
  expect(theirs.some(one => one.value === '999')).toBe(false);
});
