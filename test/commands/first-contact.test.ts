import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { beforeEach, describe, expect, it } from 'vitest';
import { freshFolder, ledger } from '../support/cli.js';
import { foreignLedger } from '../support/foreign.js';

const asOf = ['--as-of', '2023-10-20'];

async function sheetsOf(path: string): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  return book;
}

describe('an office’s own workbook', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = freshFolder();
    file = join(folder, '台账.xlsx');
    await foreignLedger(file);
  });

  it('is told what will be added, gets it, and keeps its own 汇总', async () => {
    const ran = await ledger(folder, ['sync', '台账.xlsx', ...asOf]);
    expect(ran.err).toBe('');
    expect(ran.out).toContain('我们不改动您的任何单元格');
    expect(ran.out).toContain('汇总（系统）');
    const book = await sheetsOf(file);
    expect(book.worksheets.map(sheet => sheet.name)).toEqual(['台账', '汇总', '汇总（系统）', '校验结果']);
    expect(book.getWorksheet('汇总')?.getCell('A1').value).toBe('本单位自己的汇总，请勿改动');
    const header = book.getWorksheet('台账')?.getRow(3);
    expect(header?.getCell(13).value).toBe('校验情况');
  });

  it('is read with its own names, units and merged cells', async () => {
    const { out } = await ledger(folder, ['check', '台账.xlsx', '--json', ...asOf]);
    const { counts, money } = JSON.parse(out);
    expect(counts).toMatchObject({
      sections: 2,
      findings: 2,
      subFindings: 2,
      measures: 3,
      byStatus: { done: 1, 'in-progress': 1 },
    });
    expect(money).toMatchObject({ due: '125000.00', recovered: '100000.00', outstanding: '25000.00' });
  });

  it('check leaves the file alone; with -o the results go into a copy, never over a file', async () => {
    const before = readFileSync(file);
    await ledger(folder, ['check', '台账.xlsx', '-o', '副本.xlsx', ...asOf]);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(existsSync(join(folder, '.ledger'))).toBe(false);
    expect((await sheetsOf(join(folder, '副本.xlsx'))).worksheets.map(sheet => sheet.name)).toContain('校验结果');
    const again = await ledger(folder, ['check', '台账.xlsx', '-o', '副本.xlsx', ...asOf]);
    expect(again.exit).toBe(2);
    expect(again.err).toMatch(/已经?存在|已有/);
  });

  it('clean gives back what the office had', async () => {
    const before = await sheetsOf(file);
    await ledger(folder, ['sync', '台账.xlsx', ...asOf]);
    const ran = await ledger(folder, ['clean', '台账.xlsx', '-o', '报送.xlsx']);
    expect(ran.exit).toBe(0);
    const after = await sheetsOf(join(folder, '报送.xlsx'));
    expect(after.worksheets.map(sheet => sheet.name)).toEqual(before.worksheets.map(sheet => sheet.name));
    const rows = (book: ExcelJS.Workbook) => book.getWorksheet('台账')?.getSheetValues();
    expect(JSON.stringify(rows(after))).toBe(JSON.stringify(rows(before)));
  });

  it('dry run lists cells and writes nothing; a saved plan is carried out once and refused when the ledger moved on', async () => {
    const before = readFileSync(file);
    const dry = await ledger(folder, ['sync', '台账.xlsx', '--dry-run', '--plan-out', '计划.json', ...asOf]);
    expect(dry.out).toContain('没有写任何东西');
    expect(readFileSync(file).equals(before)).toBe(true);
    const done = await ledger(folder, ['sync', '台账.xlsx', '--plan', '计划.json', ...asOf]);
    expect(done.err).toBe('');
    const stale = await ledger(folder, ['sync', '台账.xlsx', '--plan', '计划.json', ...asOf]);
    expect(stale.exit).toBe(3);
    expect(stale.err).toContain('计划已经作废');
  });

  it('can be restored, and the journal is whole', async () => {
    const before = readFileSync(file);
    await ledger(folder, ['sync', '台账.xlsx', ...asOf]);
    const restored = await ledger(folder, ['restore', '台账.xlsx', '--to', '1']);
    expect(restored.exit).toBe(0);
    expect(readFileSync(file).equals(before)).toBe(true);
    const [id] = readdirSync(join(folder, '.ledger')).filter(name => !name.includes('.'));
    expect(id).toBeDefined();
    await ledger(folder, ['sync', '台账.xlsx', ...asOf]);
    const verified = await ledger(folder, ['log', '台账.xlsx', '--verify']);
    expect(verified.out).toContain('记录完整');
    expect(verified.exit).toBe(0);
  });

  it('init --from adopts it as it is and fills 基本信息 from its title block', async () => {
    const ran = await ledger(folder, ['init', '新台账.xlsx', '--from', '台账.xlsx']);
    expect(ran.exit).toBe(0);
    const book = await sheetsOf(join(folder, '新台账.xlsx'));
    const facts = book.getWorksheet('基本信息');
    const values = new Map<string, unknown>();
    facts?.eachRow(row => values.set(String(row.getCell(1).value), row.getCell(2).value));
    expect(values.get('被巡察党组织')).toBe('某单位党组');
    expect(values.get('反馈日期')).toBe('2023年7月28日');
    const old = await sheetsOf(file);
    expect(JSON.stringify(book.getWorksheet('台账')?.getSheetValues())).toBe(
      JSON.stringify(old.getWorksheet('台账')?.getSheetValues()),
    );
    // What stands beside the facts explains them, and is not read as one.
    const { out } = await ledger(folder, ['check', '新台账.xlsx', '--json', ...asOf]);
    const { ledger: head, diagnostics } = JSON.parse(out);
    expect(head.unit).toBe('某单位党组');
    const checks = diagnostics.map((one: { check: string }) => one.check);
    expect(checks).not.toContain('unreadable-cell');
    expect(checks).toContain('period-missing');
  });
});
