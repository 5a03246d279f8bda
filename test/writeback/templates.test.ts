import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Grid } from '../../src/model/grid.js';
import { facts } from '../../src/sheets/facts.js';
import { ledgerSheet, registerSheets } from '../../src/sheets/index.js';
import { openExcel } from '../../src/stores/excel/index.js';
import { templates, writeTemplates } from '../../src/stores/excel/templates.js';
import { examinedGrid } from './support/planned.js';

const shipped = (name: string) => fileURLToPath(new URL(`../../templates/${name}`, import.meta.url));
const header = 3;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-templates-'));
  await writeTemplates(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Everything a reader of the file can see: values, formats, notes, drop-downs, widths, outline, filter, print set-up. */
async function described(path: string) {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  return book.worksheets.map(sheet => {
    const cells: unknown[] = [];
    sheet.eachRow(row =>
      row.eachCell(cell =>
        cells.push([cell.address, cell.value, cell.note, cell.numFmt, cell.style.fill, cell.style.font]),
      ),
    );
    const columns = Array.from({ length: sheet.columnCount }, (_, index) => {
      const { width, hidden, outlineLevel, numFmt } = sheet.getColumn(index + 1);
      return { width, hidden, outlineLevel, numFmt };
    });
    const { autoFilter, pageSetup, views, name } = sheet;
    return {
      name,
      cells,
      columns,
      autoFilter,
      pageSetup,
      views,
      validations: 'dataValidations' in sheet ? sheet.dataValidations : undefined,
    };
  });
}

describe.each(Object.keys(templates))('templates/%s', name => {
  it('is what the declarations make now', async () => {
    expect(await described(shipped(name))).toEqual(await described(join(folder, name)));
    const [a, b]: [Grid, Grid] = [await openExcel(shipped(name)).read(), await openExcel(join(folder, name)).read()];
    expect(a.sheets).toEqual(b.sheets);
  });

  it('has a column for every field, ours by their markers, and reads as an empty ledger', async () => {
    const grid = await openExcel(shipped(name)).read();
    const { main } = examinedGrid(grid).ledger;
    expect([...main.header.columns.keys()].sort()).toEqual(ledgerSheet.columns.map(column => column.key).sort());
    expect(main.header.row).toBe(header);
    expect(main.findings).toEqual([]);
    expect(grid.ledgerId).toBeUndefined();
    expect(grid.sheets.flatMap(sheet => sheet.role ?? [])).toEqual(['facts', 'rollup', 'diagnostics']);
  });

  it('says in a note who writes a column and what belongs in it', async () => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(shipped(name));
    const sheet = book.getWorksheet(ledgerSheet.name.zh);
    for (const [index, column] of ledgerSheet.columns.entries()) {
      const note = JSON.stringify(sheet?.getCell(header, index + 1).note ?? '');
      expect(note).toContain(column.help.zh.replaceAll('"', '\\"'));
      expect(note).toContain({ office: '整改办', reviewer: '巡察办', program: '系统' }[column.owner]);
    }
  });

  it('asks for every fact', async () => {
    const grid = await openExcel(shipped(name)).read();
    const texts = grid.sheets.find(sheet => sheet.role === 'facts')?.rows.map(row => row.cells[0]?.text);
    for (const fact of facts) expect(texts).toContain(fact.header.zh);
  });
});

it('the full template has every register, with all its columns', async () => {
  const grid = await openExcel(shipped('standard-ledger-full.xlsx')).read();
  const { registers } = examinedGrid(grid).ledger;
  for (const [key, spec] of Object.entries(registerSheets)) {
    const table = Object.entries(registers).find(([name]) => name === key)?.[1];
    expect([...(table?.header?.columns.keys() ?? [])].sort()).toEqual(spec.columns.map(column => column.key).sort());
  }
});
