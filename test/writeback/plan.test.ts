import { describe, expect, it } from 'vitest';
import { examine } from '../../src/examine.js';
import type { Grid } from '../../src/model/grid.js';
import { isEmptyPlan, type Plan } from '../../src/model/plan.js';
import { memoryStore } from '../../src/stores/memory.js';
import { planWrites } from '../../src/writeback/index.js';
import { ledgerOf, onDay, workbook } from '../support/workbook.js';

function planFor(grid: Grid): Plan {
  const asOf = '2023-10-30';
  const examined = examine(ledgerOf(grid, asOf), { asOf: onDay(asOf), levels: {}, mirrored: false });
  const { main } = examined.ledger;
  const ids = new Map(main.rows.map((row, index) => [row.number, row.idText || `f${row.finding}xx-${index}aa`]));
  return planWrites(examined, ids, { ledgerId: 'bcdfg2345', findingIds: main.findings.map((_, i) => `f${i}xx`) });
}

const source = `
  ## 整改台账
  | 某中心巡察整改台账 |
  | 序号 | 聚焦方面 | 反馈问题 | 整改措施 | 责任部门 | 整改时限 | 整改结果 | 应追缴金额 | 已追缴金额 | 金额单位 |
  | 1 | （一）聚焦政治 | 学习不深入 | 每月学习一次 | 办公室、政工股 | 2023-09-30 | 已完成 |
  | | | | 每季检查一次 | | 2023-09-30 | 整改中 |
  | 2 | （二）聚焦资金 | 多发补贴 | 清退补贴 | 计财股 | 2023-12-31 | 已完成 | 1173.3 | 670 | 万元 |
  ## 追缴资金
  | 问题序号 | 类别 | 项目 | 应追缴 | 已追缴 | 单位 |
  | 2 | 追缴违规资金 | 补贴 | 1173.3 | 670 | 万元 |
  ## 制度清单
  | 问题序号 | 制度名称 |
  | 1 | 学习制度 |
`;

describe('planWrites', () => {
  it('wants every program column right of the last used one, with the finding-level cells on first rows', () => {
    const plan = planFor(workbook(source).grid);
    const main = plan.columns.filter(column => column.sheet === '整改台账');
    expect(main.map(column => column.col)).toEqual(main.map((_, index) => 11 + index));
    const of = (column: string) =>
      plan.edits.filter(e => e.column === column).map(e => [e.at.row, 'text' in e.after ? e.after.text : '']);
    expect(of('findingStatus')).toEqual([
      [3, '整改中'],
      [5, '已完成'],
    ]);
    expect(of('dueTotal')).toEqual([[5, '11733000.00']]);
    expect(of('outstanding')).toEqual([[5, '5033000.00']]);
    expect(of('overdueDays')).toEqual([[4, '30']]);
    expect(of('rowId').length).toBe(3);
  });

  it('wants nothing in a workbook that it has written', async () => {
    const store = memoryStore(workbook(source).grid);
    await store.apply(planFor(await store.read()));
    const again = planFor(await store.read());
    expect({ edits: again.edits, columns: again.columns, images: again.images.map(i => i.name) }).toEqual({
      edits: [],
      columns: [],
      images: [],
    });
    expect(isEmptyPlan(again)).toBe(true);
  });
});
