import { describe, expect, it } from 'vitest';
import type { Cell, Grid, GridRow } from '../../src/model/grid.js';
import { isEmptyPlan } from '../../src/model/plan.js';
import { applyPlan } from '../../src/stores/memory.js';
import { workbook } from '../support/workbook.js';
import { examinedGrid, planned, wantedIn } from './support/planned.js';

const source = `
  ## 整改台账
  | 序号 | 反馈问题 | 整改措施 | 整改结果 |
  | 3 | 学习不深入 | 每月学习一次 | 整改中 |
  | 5 | 制度不健全 | 修订三项制度 | 整改中 |
  ## 制度清单
  | 问题序号 | 制度名称 |
  | 3 | 学习制度 |
  | 3、5 | 会议制度 |
  | 全部 | 督办制度 |
  | 自查自纠 | 考勤制度 |
  | 9 | 没有的问题的制度 |
  ## 追缴资金
  | 问题序号 | 类别 | 应追缴（万元） | 已追缴（万元） | 核减 |
  | 5 | 追缴违规资金 | 12.5 | 10 | |
  | 5 | | 很多 | 2.5 | |
  ## 佐证材料
  | 编号 | 问题序号 | 文件 |
  | Z1 | 3 | 学习记录.pdf |`;

it('names the finding that a number points to, by title and by id', () => {
  const plan = planned(workbook(source).grid);
  const policies = plan.edits.filter(edit => edit.at.sheet === '制度清单');
  const column = (key: string) =>
    policies
      .filter(edit => edit.column === key)
      .map(edit => [edit.at.row, 'text' in edit.after ? edit.after.text : '']);
  expect(column('findingTitle')).toEqual([
    [2, '学习不深入'],
    [3, '3 学习不深入；5 制度不健全'],
    [4, '全部问题'],
    [5, '自查自纠'],
  ]);
  expect(column('findingId')).toEqual([
    [2, 'fnd0@3'],
    [3, 'fnd0 fnd1'],
  ]);
});

it('gives the register’s money in yuan, and 未计算 for what could not be read', () => {
  const plan = planned(workbook(source).grid);
  expect([...wantedIn(plan, 'dueYuan')]).toEqual([
    [2, '125000.00'],
    [3, '未计算'],
  ]);
  expect([...wantedIn(plan, 'recoveredYuan')]).toEqual([
    [2, '100000.00'],
    [3, '25000.00'],
  ]);
  expect([...wantedIn(plan, 'categoryKey')]).toEqual([
    [2, '追缴违规资金'],
    [3, '（未填写）'],
  ]);
});

it('keeps the fingerprint of a file that was read', () => {
  const files = new Map([['学习记录.pdf', { exists: true, sha256: 'ab'.repeat(32) }]]);
  const plan = planned(workbook(source).grid, { evidence: { root: '.', rootReachable: true, files } });
  expect([...wantedIn(plan, 'sha256').values()]).toEqual(['ab'.repeat(32)]);
});

/** The workbook with one cell typed over. */
function typed(grid: Grid, sheet: string, row: number, col: number, text: string): Grid {
  const cell: Cell = { kind: /^\d+$/.test(text) ? 'number' : 'text', text };
  const lines = (rows: readonly GridRow[]) =>
    rows.map(line =>
      line.number === row ? { ...line, cells: line.cells.map((old, at) => (at === col - 1 ? cell : old)) } : line,
    );
  return {
    ...grid,
    sheets: grid.sheets.map(one => (one.name === sheet ? { ...one, rows: lines(one.rows) } : one)),
  };
}

/** One sync after another, each with the ids that stand in the sheet. */
const synced = (grid: Grid) => applyPlan(grid, planned(grid, idsIn(grid)));
const idsIn = (grid: Grid) => ({
  findingIds: examinedGrid(grid).ledger.main.findings.map((one, at) => one.first.idText.split('-')[0] || `fnd${at}`),
});
const movedIn = (grid: Grid) => examinedGrid(grid).diagnostics.filter(one => one.check === 'reference-moved');

describe('after renumbering', () => {
  const first = synced(workbook(source).grid);
  const renumbered = typed(typed(first, '整改台账', 2, 1, '5'), '整改台账', 3, 1, '3');

  it('says which rows did not follow, sync after sync, and reassigns nothing', () => {
    expect(movedIn(first)).toEqual([]);
    expect(movedIn(renumbered).map(one => [one.at.sheet, one.at.row, one.found, one.expected])).toEqual([
      ['追缴资金', 2, '5', '3'],
      ['制度清单', 2, '3', '5'],
      ['佐证材料', 2, '3', '5'],
    ]);
    const second = synced(renumbered);
    expect(movedIn(second)).toHaveLength(3);
    expect(isEmptyPlan(planned(second, idsIn(second)))).toBe(true);
    const policies = second.sheets.find(sheet => sheet.name === '制度清单');
    expect(policies?.rows[1]?.cells.map(cell => cell?.text)).toEqual(['3', '学习制度', '学习不深入', 'fnd0@3']);
  });

  it('is content when the number is corrected', () => {
    const corrected = typed(synced(renumbered), '制度清单', 2, 1, '5');
    expect(movedIn(corrected).map(one => one.at.sheet)).toEqual(['追缴资金', '佐证材料']);
    const after = synced(corrected);
    const policies = after.sheets.find(sheet => sheet.name === '制度清单');
    expect(policies?.rows[1]?.cells.map(cell => cell?.text)).toEqual(['5', '学习制度', '学习不深入', 'fnd0@5']);
  });

  it('follows a number that the office retyped', () => {
    const retyped = typed(first, '制度清单', 2, 1, '5');
    expect(movedIn(retyped)).toEqual([]);
    const policies = synced(retyped).sheets.find(sheet => sheet.name === '制度清单');
    expect(policies?.rows[1]?.cells.map(cell => cell?.text)).toEqual(['5', '学习制度', '制度不健全', 'fnd1@5']);
  });

  it('does not cry wolf when a finding has a new id and the same title', () => {
    const main = first.sheets.find(sheet => sheet.name === '整改台账');
    const col = main?.markers.get('rowId') ?? 0;
    const other = typed(first, '整改台账', 2, col, 'newx-r0');
    expect(movedIn(other)).toEqual([]);
  });
});
