import { expect, it } from 'vitest';
import { applyPlan } from '../../src/stores/memory.js';
import { planWrites } from '../../src/writeback/index.js';
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
    [2, 'fnd0'],
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

it('reassigns nothing where reference-moved stands, and follows the number elsewhere', () => {
  const { grid } = workbook(source);
  const written = applyPlan(grid, planned(grid));
  const examined = examinedGrid(written);
  const moved = (row: number) => ({
    check: 'reference-moved',
    level: 'error' as const,
    id: 'AAAAAA',
    message: { zh: '序号变了', en: 'renumbered' },
    remedy: { zh: '请核对', en: 'check' },
    at: { sheet: '制度清单', row, col: 1 },
    also: [],
    count: 1,
    shownOn: [],
    waived: false,
  });
  const ids = new Map(examined.ledger.main.rows.map(row => [row.number, row.idText]));
  // The findings have other ids now: a number was given to another finding.
  const context = { ledgerId: 'bcdfg2345', findingIds: ['new0', 'new1'] };
  const plan = planWrites({ ...examined, diagnostics: [moved(2)] }, ids, context);
  const changed = plan.edits.filter(edit => edit.column === 'findingId' && edit.at.sheet === '制度清单');
  expect(changed.map(edit => [edit.at.row, edit.before])).toEqual([[3, 'fnd0 fnd1']]);
});
