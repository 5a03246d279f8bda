import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayToSerial, isDay } from '../../src/model/day.js';
import type { Cell, Grid } from '../../src/model/grid.js';
import { decodeCellText } from '../../src/stores/excel/cell-text.js';
import { openExcel } from '../../src/stores/excel/index.js';
import { WORKBOOKS, workbookNames } from '../support/excel/packages.js';
import { samplePlan } from '../support/excel/plans.js';

/**
 * What exceljs reads, held against what the store reads: an independent reader, for values, dates and formulas.
 * Where they differ, the difference is named here with its reason; everything else must be equal.
 */
const UNREADABLE = new Map([
  // exceljs looks for `workbook` without a prefix: it cannot open what Tencent Docs exports.
  ['hand-prefixed.xlsx', 'prefixed elements'],
  // exceljs looks for `xl/workbook.xml` by that very name.
  ['hand-backslashes.xlsx', 'backslashes in part names'],
  // exceljs wants the prefix of the sheet's relationship to be `r`.
  ['hand-alternate-content.xlsx', 'another prefix for relationships'],
  ['hand-bare.xlsx', 'rows without numbers'],
  ['hand-cdata.xlsx', 'everything behind CDATA is lost'],
  ['hand-values.xlsx', 'everything behind a phonetic run in an inline string is lost'],
  // exceljs knows relative targets of drawings and tables only, and fails on absolute ones.
  ['openpyxl-rich.xlsx', 'absolute target of a drawing'],
  ['openpyxl-table.xlsx', 'absolute target of a table'],
]);

/** Cells of these workbooks that exceljs reads wrongly. */
const WRONG = new Map([['hand-strict.xlsx!D2', 't="d" becomes the year alone']]);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-oracle-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(workbookNames().filter(name => !UNREADABLE.has(name)))('%s', name => {
  const original = fileURLToPath(new URL(name, WORKBOOKS));

  test('as it came', async () => {
    expect(await differences(original, name)).toEqual([]);
  });

  test('after our write', async () => {
    const path = join(folder, name);
    await copyFile(original, path);
    const store = openExcel(path, { backupDir: join(folder, 'backups') });
    const locked = name === 'openpyxl-locked-structure.xlsx';
    await store.apply(samplePlan(await store.read(), 0, { withImage: !locked }));
    expect(await differences(path, name)).toEqual([]);
  });
});

async function differences(path: string, name: string): Promise<readonly string[]> {
  const grid = await openExcel(path).read();
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  const found: string[] = [];
  for (const sheet of grid.sheets) {
    const other = book.getWorksheet(sheet.name);
    if (other === undefined) {
      found.push(`${sheet.name} is missing`);
      continue;
    }
    const seen = new Set<string>();
    for (const row of sheet.rows) {
      row.cells.forEach((cell, index) => {
        if (cell === undefined) return;
        const theirs = other.getRow(row.number).getCell(index + 1);
        seen.add(theirs.address);
        if (WRONG.has(`${name}!${theirs.address}`)) return;
        const reading = asGrid(theirs, cell, grid, book.properties.date1904 === true);
        if (reading !== `${cell.kind}:${cell.text}:${cell.formula ?? ''}`) {
          found.push(`${sheet.name}!${theirs.address} ${JSON.stringify(cell)} exceljs ${reading}`);
        }
      });
    }
    other.eachRow(row => {
      row.eachCell(cell => {
        const isInner = cell.isMerged && cell.master.address !== cell.address;
        const holds = cell.type !== ExcelJS.ValueType.Null && !isInner && textOf(cell.value) !== '';
        if (holds && !seen.has(cell.address))
          found.push(`${sheet.name}!${cell.address} only exceljs reads ${cell.text}`);
      });
    });
  }
  return found;
}

/** exceljs's value in the words of a grid. Where exceljs keeps less than the file says, our cell says which reading is meant. */
function asGrid(theirs: ExcelJS.Cell, ours: Cell, _grid: Grid, date1904: boolean): string {
  const isFormula = theirs.type === ExcelJS.ValueType.Formula;
  const formula = isFormula ? (theirs.formula ?? '') : '';
  const value = isFormula ? theirs.result : theirs.value;
  const say = (kind: Cell['kind'], text: string): string => `${kind}:${text}:${formula}`;
  // exceljs drops a cached 0 or "" of a formula, and cannot tell it from none.
  if (value === undefined || value === null)
    return isFormula
      ? say(ours.kind, ['0', '', '#UNCALCULATED'].includes(ours.text) ? ours.text : '?')
      : say('text', '');
  if (value instanceof Date) return say('date', dayText(value, ours));
  if (typeof value === 'number') {
    // exceljs takes built-in formats 27–36 and 50–58 for plain numbers.
    const day = ours.text;
    if (ours.kind === 'date' && isDay(day) && dayToSerial(day, date1904) === Math.floor(value)) return say('date', day);
    return say('number', Number(ours.text) === value ? ours.text : String(value));
  }
  if (typeof value === 'boolean') return say('boolean', value ? 'TRUE' : 'FALSE');
  if (typeof value === 'object' && 'error' in value) return say('error', String(value.error));
  // exceljs leaves Excel's escapes in inline strings as they are.
  const text = textOf(value);
  return say('text', text === ours.text ? text : decodeCellText(text));
}

function dayText(date: Date, ours: Cell): string {
  return date.toISOString().slice(0, ours.text.length);
}

function textOf(value: ExcelJS.CellValue | ExcelJS.CellFormulaValue['result']): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'object' && 'richText' in value) return value.richText.map(run => run.text).join('');
  if (typeof value === 'object' && 'hyperlink' in value) return textOf(value.text);
  return String(value);
}
