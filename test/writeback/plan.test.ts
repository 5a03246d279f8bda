import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell, Grid, GridSheet } from '../../src/model/grid.js';
import { isEmptyPlan } from '../../src/model/plan.js';
import { applyPlan, memoryStore } from '../../src/stores/memory.js';
import { planWrites } from '../../src/writeback/index.js';
import { workbook } from '../support/workbook.js';
import { examinedGrid, planned, wantedIn } from './support/planned.js';

const ledger = `
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
  | 1 | 学习制度 |`;

const written = (grid: Grid) => applyPlan(grid, planned(grid));

/** The workbook with one cell of a sheet replaced. */
function withCell(grid: Grid, sheet: string, row: number, col: number, cell: Cell | undefined): Grid {
  const change = (one: GridSheet): GridSheet => ({
    ...one,
    rows: one.rows.map(line => {
      if (line.number !== row) return line;
      const cells = [...line.cells];
      cells[col - 1] = cell;
      return { ...line, cells };
    }),
  });
  return { ...grid, sheets: grid.sheets.map(one => (one.name === sheet ? change(one) : one)) };
}

describe('program columns', () => {
  it('stand directly right of the last used column, in the order of the declaration', () => {
    const plan = planned(workbook(ledger).grid);
    const main = plan.columns.filter(column => column.sheet === '整改台账');
    expect(main.map(column => column.col)).toEqual(main.map((_, index) => 11 + index));
    expect(main.at(-1)?.key).toBe('rowId');
    expect(main.every(column => column.headerRow === 2)).toBe(true);
  });

  it('carry finding-level figures on the first row only, in yuan', () => {
    const plan = planned(workbook(ledger).grid);
    expect([...wantedIn(plan, 'findingStatus')]).toEqual([
      [3, '整改中'],
      [5, '已完成'],
    ]);
    expect([...wantedIn(plan, 'dueTotal')]).toEqual([[5, '11733000.00']]);
    expect([...wantedIn(plan, 'outstanding')]).toEqual([[5, '5033000.00']]);
    expect([...wantedIn(plan, 'overdueDays')]).toEqual([[4, '30']]);
    expect([...wantedIn(plan, 'departmentKey').keys()]).toEqual([3, 5]);
    expect([...wantedIn(plan, 'rowId').keys()]).toEqual([3, 4, 5]);
  });

  it('are widened into the filter, and only then', () => {
    const { grid } = workbook(ledger);
    expect(planned(grid).widen).toEqual([]);
    const filter = { top: 2, left: 1, bottom: 5, right: 10 };
    const filtered = { ...grid, sheets: grid.sheets.map(s => (s.name === '整改台账' ? { ...s, filter } : s)) };
    expect(planned(filtered).widen).toEqual([{ sheet: '整改台账', headerRow: 2, toCol: 21 }]);
  });

  it('stand directly right of the table: a wider title above it does not push them away, a merge within it does', () => {
    const { grid } = workbook(ledger);
    const firstColumn = (row: number) => {
      const merges = [{ top: row, left: 1, bottom: row, right: 14 }];
      const merged = { ...grid, sheets: grid.sheets.map(s => (s.name === '整改台账' ? { ...s, merges } : s)) };
      return planned(merged).columns[0]?.col;
    };
    expect(firstColumn(1)).toBe(11);
    expect(firstColumn(40)).toBe(15);
  });

  it('take another header where the office has a column of that name', () => {
    const { grid } = workbook(ledger.replace('金额单位 |', '金额单位 | 部门 |'));
    const column = planned(grid).columns.find(one => one.key === 'departmentKey');
    expect(column?.header).toBe('部门（系统）');
  });

  it('of a register stand only where the register is, under names of their own', () => {
    const keys = planned(workbook(ledger).grid).columns.map(column => column.key);
    expect(keys).toContain('policies.findingId');
    expect(keys).toContain('recoveries.findingId');
    expect(keys.some(key => key.startsWith('actions.'))).toBe(false);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('say 未计算 where an amount could not be read, and leave the total out', () => {
    const plan = planned(workbook(ledger.replaceAll('1173.3', '一千多')).grid);
    expect([...wantedIn(plan, 'outstanding')]).toEqual([[5, '未计算']]);
    const rollup = plan.images.find(image => image.role === 'rollup');
    const texts = rollup?.rows.flatMap(row =>
      row.cells.map(cell => (cell?.content.kind === 'text' ? cell.content.text : '')),
    );
    expect(texts).toContain('未计算');
  });
});

describe('a second plan', () => {
  it('is empty', async () => {
    const store = memoryStore(workbook(ledger).grid);
    await store.apply(planned(await store.read()));
    const again = planned(await store.read());
    expect({ edits: again.edits, columns: again.columns, images: again.images.map(one => one.name) }).toEqual({
      edits: [],
      columns: [],
      images: [],
    });
  });

  it('names the rows that must still be where they were', () => {
    const again = planned(written(workbook(ledger).grid));
    expect(again.expects.map(one => [one.at.row, one.id])).toEqual([
      [3, 'fnd0-r0'],
      [4, 'fnd0-r1'],
      [5, 'fnd1-r2'],
    ]);
  });

  it('touches only what follows from one changed cell', () => {
    const grid = withCell(written(workbook(ledger).grid), '整改台账', 4, 7, { kind: 'text', text: '已完成' });
    const plan = planned(grid);
    expect(plan.columns).toEqual([]);
    expect(new Set(plan.edits.map(edit => edit.at.sheet))).toEqual(new Set(['整改台账']));
    expect(plan.edits.find(edit => edit.column === 'findingStatus')).toMatchObject({
      at: { row: 3 },
      before: '整改中',
      after: { text: '已完成' },
    });
    expect(plan.edits.find(edit => edit.column === 'overdueDays')).toMatchObject({
      before: '30',
      after: { kind: 'blank' },
    });
    // Of the other finding at most the words about the ledger as a whole.
    const others = plan.edits.filter(edit => edit.at.row === 5).map(edit => edit.column);
    expect(others.filter(column => column !== 'hints' && column !== 'checkState')).toEqual([]);
  });

  it('takes equal values for equal: 5033000 is 5033000.00', () => {
    const grid = written(workbook(ledger).grid);
    const main = grid.sheets.find(one => one.name === '整改台账');
    const col = main?.markers.get('outstanding') ?? 0;
    expect(planned(withCell(grid, '整改台账', 5, col, { kind: 'number', text: '5033000' })).edits).toEqual([]);
    expect(planned(withCell(grid, '整改台账', 5, col, { kind: 'text', text: '5033000' })).edits).toHaveLength(1);
  });

  it('puts back what somebody typed into a program column or sheet', () => {
    const grid = written(workbook(ledger).grid);
    const main = grid.sheets.find(one => one.name === '整改台账');
    const col = main?.markers.get('findingStatus') ?? 0;
    const plan = planned(withCell(grid, '整改台账', 5, col, { kind: 'text', text: '已销号' }));
    expect(plan.edits).toMatchObject([{ before: '已销号', after: { text: '已完成' } }]);
    const edited = withCell(grid, '汇总', 3, 1, { kind: 'text', text: '一切正常' });
    expect(planned(edited).images.map(one => one.role)).toEqual(['rollup']);
  });

  it('clears our cells beside rows that are data no more, so that the roll-up does not count them', () => {
    let grid = written(workbook(ledger).grid);
    for (const col of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) grid = withCell(grid, '整改台账', 5, col, undefined);
    const plan = planned(grid);
    expect(plan.edits.filter(edit => edit.at.row === 5 && edit.at.sheet === '整改台账').length).toBeGreaterThan(3);
    expect(plan.edits.filter(edit => edit.at.row === 5).every(edit => edit.after.kind === 'blank')).toBe(true);
    expect(isEmptyPlan(planned(applyPlan(grid, plan)))).toBe(true);
  });

  // The words an office types, right and wrong ones, in any combination.
  const line = fc.record({
    seq: fc.constantFrom('1', '2', '3', ''),
    focus: fc.constantFrom('（一）聚焦政治', '（三）聚焦*基层?', '', '=1+1'),
    finding: fc.constantFrom('学习不深入', '制度不健全', '多发补贴', ''),
    measure: fc.constantFrom('每月学习一次', '同上', '确保整改到位', ''),
    department: fc.constantFrom('办公室、政工股', '>5', 'IT部', 'it部', ''),
    deadline: fc.constantFrom('2023-09-30', '10月底前', '长期坚持', '尽快', ''),
    result: fc.constantFrom('已完成', '整改中', '长期坚持', '不再纳入', '看情况', ''),
    due: fc.constantFrom('100', '0.1', '12.345', '很多', ''),
    recovered: fc.constantFrom('100', '33.3', '-5', ''),
  });

  it('is empty for any ledger', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), lines => {
        const rows = lines.map(one => `| ${Object.values(one).join(' | ')} |`).join('\n');
        const money = lines.map(one => `| ${one.seq} | ${one.focus} | ${one.due} | ${one.recovered} |`).join('\n');
        const source = `
          ## 整改台账
          | 序号 | 聚焦方面 | 反馈问题 | 整改措施 | 责任部门 | 整改时限 | 整改结果 | 应追缴金额 | 已追缴金额 |
          ${rows}
          ## 追缴资金
          | 问题序号 | 类别 | 应追缴 | 已追缴 |
          ${money}`;
        const { grid } = workbook(source);
        expect(isEmptyPlan(planned(written(grid)))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

describe('sheets of ours', () => {
  it('leave the office its own 汇总', () => {
    const { grid } = workbook(`${ledger}\n## 汇总\n| 我们自己的汇总 |`);
    expect(planned(grid).images.map(image => image.name)).toEqual(['汇总（系统）', '校验结果']);
    const after = written(grid);
    expect(after.sheets.map(sheet => sheet.name)).toContain('汇总');
    expect(isEmptyPlan(planned(after))).toBe(true);
  });

  it('keep the name that a person gave them', () => {
    const after = written(workbook(ledger).grid);
    const renamed = {
      ...after,
      sheets: after.sheets.map(sheet => (sheet.role === 'diagnostics' ? { ...sheet, name: '校验' } : sheet)),
    };
    expect(planned(renamed).images.map(image => image.name)).toEqual(['汇总']);
  });

  it('show a settled conflict with both values', () => {
    const conflict = {
      finding: '2',
      row: 'fnd1-r2',
      header: '审核意见',
      base: '',
      source: '同意',
      mirror: '退回',
      decision: 'mirror' as const,
      by: '张某',
      at: '2023-10-30 18:00',
    };
    const { grid } = workbook(ledger);
    const image = planned(grid, { conflicts: [conflict] }).images.find(one => one.role === 'conflicts');
    const texts = image?.rows.flatMap(row =>
      row.cells.map(cell => (cell?.content.kind === 'text' ? cell.content.text : '')),
    );
    for (const shown of ['同意', '退回', '共享表', '张某']) expect(texts).toContain(shown);
  });
});

it('grows linearly: ten times the rows cost about ten times the time', { timeout: 60_000 }, () => {
  const header = workbook(ledger.split('## 追缴资金')[0] ?? '').grid;
  const [main] = header.sheets;
  if (main === undefined) throw new Error('no sheet');
  const text = (value: string): Cell => ({ kind: 'text', text: value });
  const done = text('已完成');
  const deadline: Cell = { kind: 'date', text: '2023-09-30' };
  const make = (count: number): Grid => ({
    ...header,
    sheets: [
      {
        ...main,
        rows: [
          ...main.rows.slice(0, 2),
          ...Array.from({ length: count }, (_, i) => ({
            number: i + 3,
            hidden: false,
            cells: [text(String(i + 1)), undefined, text(`问题甲${i}`), text(`措施乙${i}`), undefined, deadline, done],
          })),
        ],
      },
    ],
  });
  const time = (count: number) => {
    const examined = examinedGrid(make(count));
    const started = performance.now();
    const plan = planWrites(examined, new Map(), { ledgerId: 'bcdfg2345', findingIds: [] });
    expect(plan.edits.length).toBeGreaterThan(count * 3);
    return performance.now() - started;
  };
  time(2_000);
  const small = time(2_500);
  const large = time(25_000);
  expect(large / small).toBeLessThan(30);
});
