import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Workbook, Worksheet } from 'exceljs';
import exceljs from 'exceljs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { authorBlank } from '../../src/stores/excel/author-copy.js';
import { openExcel } from '../../src/stores/excel/index.js';
import { type Office, office, rowId } from '../support/mirror-office.js';

let folder: string;
let path: string;
let us: Office;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-file-mirror-'));
  path = join(folder, '共享.xlsx');
  us = office();
  await authorBlank(path);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const sync = (options: Parameters<Office['sync']>[1] = {}) =>
  us.sync(openExcel(path, { backupDir: join(folder, 'backups') }), options);

/** A reviewer at work in Excel. */
async function inExcel(work: (sheet: Worksheet, book: Workbook) => void): Promise<void> {
  const book = new exceljs.Workbook();
  await book.xlsx.readFile(path);
  const sheet = book.getWorksheet('整改台账');
  if (sheet === undefined) throw new Error('no sheet 整改台账');
  work(sheet, book);
  await book.xlsx.writeFile(path);
}

function column(sheet: Worksheet, header: string): number {
  for (let col = 1; col <= sheet.columnCount; col++) if (sheet.getCell(1, col).text === header) return col;
  throw new Error(`no column ${header}`);
}

function rowOf(sheet: Worksheet, id: string): number {
  const col = column(sheet, '行标识');
  for (let row = 2; row <= sheet.rowCount; row++) if (sheet.getCell(row, col).text === id) return row;
  throw new Error(`no row ${id}`);
}

async function texts(): Promise<Record<string, Record<string, string>>> {
  const out: Record<string, Record<string, string>> = {};
  const book = new exceljs.Workbook();
  await book.xlsx.readFile(path);
  const sheet = book.getWorksheet('整改台账');
  if (sheet === undefined) throw new Error('no sheet 整改台账');
  const id = column(sheet, '行标识');
  for (let row = 2; row <= sheet.rowCount; row++) {
    const line: Record<string, string> = {};
    for (let col = 1; col <= sheet.columnCount; col++) line[sheet.getCell(1, col).text] = sheet.getCell(row, col).text;
    if (sheet.getCell(row, id).text !== '') out[sheet.getCell(row, id).text] = line;
  }
  return out;
}

describe('a mirror that is an .xlsx file', () => {
  it('holds the same columns and rows; a second sync leaves the file alone', async () => {
    expect((await sync()).state).toBe('done');
    const rows = await texts();
    expect(Object.keys(rows)).toHaveLength(11);
    expect(rows[rowId(2)]).toMatchObject({
      反馈问题: '问题3：制度执行不到位',
      应追缴金额: '1000.5',
      问题状态: '已完成',
    });
    expect(Object.keys(rows[rowId(2)] ?? {})).not.toContain('佐证材料');
    const before = statSync(path).mtimeMs;
    expect(await sync()).toMatchObject({ pushed: [], diagnostics: [] });
    expect(statSync(path).mtimeMs).toBe(before);
  });

  it('brings reviews back and takes changes out, new rows included', async () => {
    await sync();
    await inExcel(sheet => {
      sheet.getCell(rowOf(sheet, rowId(0)), column(sheet, '审核状态')).value = '已销号';
      const closed = sheet.getCell(rowOf(sheet, rowId(0)), column(sheet, '销号日期'));
      closed.value = new Date('2023-10-28T00:00:00Z');
      // Cells share style objects here; a format set in place would be that of all of them.
      closed.style = { ...closed.style, numFmt: 'yyyy-mm-dd' };
      sheet.getCell(1, sheet.columnCount + 1).value = '批注';
      sheet.getCell(3, sheet.columnCount).value = '重点关注';
    });
    us.row(rowId(3)).result = '已完成';
    us.rows.push({ id: rowId(50), finding: '问题12：新增', measure: '措施12', result: '未启动' });
    const { pulled } = await sync();
    expect(pulled.reviews).toHaveLength(2);
    expect(us.row(rowId(0))).toMatchObject({ review: '已销号', closedDate: '2023-10-28' });
    const rows = await texts();
    expect(rows[rowId(0)]?.问题状态).toBe('已销号');
    expect(rows[rowId(3)]?.整改结果).toBe('已完成');
    expect(rows[rowId(50)]).toMatchObject({ 反馈问题: '问题12：新增', 问题状态: '未启动' });
    expect(rows[rowId(1)]?.批注).toBe('重点关注');
    expect(await sync()).toMatchObject({ pushed: [], newRows: 0 });
  });

  it('a column taken off the list leaves the file; a reviewer’s own column of such a name stays', async () => {
    await sync();
    await inExcel(sheet => {
      sheet.getCell(1, sheet.columnCount + 1).value = '备注';
      sheet.getCell(2, sheet.columnCount).value = '审核方的备注';
    });
    us.settings = { ...us.settings, columns: ['反馈问题', '整改措施', '整改结果'] };
    await sync();
    const row = (await texts())[rowId(0)];
    expect(Object.values(row ?? {})).not.toContain('进展1');
    expect(row?.备注).toBe('审核方的备注');
    expect(await sync()).toMatchObject({ pushed: [] });
  });

  it('headers that were renamed are put back, a review under one of them arrives', async () => {
    await sync();
    await inExcel(sheet => {
      sheet.getCell(3, column(sheet, '审核意见')).value = '请补充';
      sheet.getCell(1, column(sheet, '审核意见')).value = '巡察办意见';
      sheet.getCell(1, column(sheet, '整改措施')).value = '措施（十月）';
    });
    const { diagnostics } = await sync();
    expect(us.row(rowId(1)).reviewNote).toBe('请补充');
    expect(diagnostics.map(one => one.message.zh)).toEqual([
      '共享表“整改措施”栏的表头被改成“措施（十月）”，已恢复',
      '共享表“审核意见”栏的表头被改成“巡察办意见”，已恢复',
    ]);
    expect((await texts())[rowId(1)]).toMatchObject({ 审核意见: '请补充', 整改措施: '措施2' });
    expect(await sync()).toMatchObject({ pushed: [], diagnostics: [] });
  });

  it('the id column deleted, rows sorted, the sheet renamed: told by what stands there, and said', async () => {
    await sync();
    await inExcel(sheet => {
      const rows: exceljs.CellValue[][] = [];
      for (let row = 2; row <= 12; row++) {
        const line: exceljs.CellValue[] = [];
        for (let col = 1; col <= sheet.columnCount; col++) line.push(sheet.getCell(row, col).value);
        rows.unshift(line);
      }
      for (const [index, line] of rows.entries()) {
        for (const [at, value] of line.entries()) sheet.getCell(index + 2, at + 1).value = value;
      }
      sheet.getCell(2, column(sheet, '审核意见')).value = '问题11的意见';
    });
    const sorted = await sync();
    expect(us.row(rowId(10)).reviewNote).toBe('问题11的意见');
    expect(sorted.diagnostics.map(one => one.message.zh)).toEqual(['共享表的行排过序，已按行标识对应']);
    await inExcel(sheet => {
      sheet.spliceColumns(column(sheet, '行标识'), 1);
    });
    const without = await sync();
    expect(without.diagnostics.map(one => one.message.zh).join()).toContain('找不到“行标识”栏');
    expect(Object.keys(await texts())).toHaveLength(11);
    expect((await texts())[rowId(10)]).toMatchObject({ 审核意见: '问题11的意见', 反馈问题: '问题11：制度执行不到位' });
    expect(await sync()).toMatchObject({ pushed: [], diagnostics: [] });
  });

  it('the tab deleted is asked about first', async () => {
    await sync();
    await inExcel((sheet, book) => {
      book.removeWorksheet(sheet.id);
    });
    expect((await sync()).state).toBe('decision');
    expect((await sync({ acceptMassChange: true })).state).toBe('done');
    expect(Object.keys(await texts())).toHaveLength(11);
  });

  it('cells merged over the ledger’s: nothing is taken for an edit, it is said, and what it covers is written under it', async () => {
    await sync();
    await inExcel(sheet => {
      const col = column(sheet, '整改措施');
      sheet.mergeCells(3, col, 5, col);
    });
    const merged = await sync();
    expect(merged).toMatchObject({ state: 'done', ownedCellEdits: [], conflicts: [] });
    expect(merged.diagnostics.map(one => one.message.zh).join()).toContain('D3:D5 被合并成一格');
    expect((await sync()).pushed).toEqual([]);
  });

  it('figures of the roll-up typed over are put back and told', async () => {
    await sync();
    await inExcel((_, book) => {
      const rollup = book.getWorksheet('汇总');
      if (rollup === undefined) throw new Error('no sheet 汇总');
      rollup.getCell('B5').value = 99;
    });
    const { diagnostics } = await sync();
    expect(diagnostics.map(one => one.check)).toEqual(['owned-cell-edited']);
    expect(diagnostics[0]?.message.zh).toMatch(/“汇总”由系统生成，有 1 格被改过，已恢复，.*：B5“99”改回“6”$/);
    const again = await sync();
    expect([again.pushed, again.diagnostics]).toEqual([[], []]);
  });

  it('conflicts stop, edits in vain are put back, deleted rows return', async () => {
    await sync();
    us.row(rowId(1)).measure = '台账的';
    await inExcel(sheet => {
      sheet.getCell(rowOf(sheet, rowId(1)), column(sheet, '整改措施')).value = '共享表的';
    });
    expect((await sync()).state).toBe('decision');
    await sync({ onConflict: 'source' });
    await inExcel(sheet => {
      sheet.getCell(rowOf(sheet, rowId(2)), column(sheet, '整改措施')).value = '别人改的';
      sheet.spliceRows(rowOf(sheet, rowId(5)), 1);
    });
    const { diagnostics } = await sync();
    expect(diagnostics.map(one => one.check)).toEqual(['owned-cell-edited', 'mirror-restored']);
    expect(diagnostics[1]?.message.zh).toContain('共享表里少了问题6');
    const rows = await texts();
    expect(rows[rowId(1)]?.整改措施).toBe('台账的');
    expect(rows[rowId(2)]?.整改措施).toBe('措施3');
    expect(Object.keys(rows)).toHaveLength(11);
  });
});
