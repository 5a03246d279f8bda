import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImageCell, Plan, SheetImage } from '../../src/model/plan.js';
import { contentText } from '../../src/model/plan.js';
import { applyPlan } from '../../src/stores/memory.js';
import { planWrites } from '../../src/writeback/index.js';
import { workbook } from '../support/workbook.js';
import { examinedGrid, planned } from './support/planned.js';

const ledger = `
  ## 整改台账
  | 序号 | 聚焦方面 | 反馈问题 | 整改措施 | 责任领导 | 责任部门 | 整改时限 | 整改结果 | 应追缴金额 | 已追缴金额 | 金额单位 |
  | 1 | （一）聚焦政治 | 学习不深入 | 每月学习一次 | 张某 | 办公室 | 2023-09-30 | 整改中 |
  | 2 | （二）聚焦资金 | 多发补贴 | 清退补贴 | 李某 | 计财股 | 2023-11-15 | 已完成 | 1173.3 | 670 | 万元 |
  | 3 | | 报销不规范 | 退回款项 | 李某 | 计财股 | 2023-12-31 | 基本完成 |
  ## 基本信息
  | 被巡察党组织 | 某局党组 |`;

function imageOf(plan: Plan, role: SheetImage['role']): SheetImage {
  const image = plan.images.find(one => one.role === role);
  if (image === undefined) throw new Error(`no ${role}`);
  return image;
}

const rollupOf = (source: string, context = {}) => imageOf(planned(workbook(source).grid, context), 'rollup');

const shownText = (cell: ImageCell | undefined) => (cell === undefined ? '' : contentText(cell.content));
const linesOf = (image: SheetImage) => image.rows.map(row => row.cells.map(shownText));
const textsOf = (image: SheetImage) =>
  linesOf(image)
    .flat()
    .filter(text => text !== '');

/** The line whose first cell reads so; the last one when a name stands in several tables. */
function lineOf(image: SheetImage, name: string): readonly (ImageCell | undefined)[] {
  const row = image.rows.findLast(one => shownText(one.cells[0]) === name);
  if (row === undefined) throw new Error(`no line ${name} in ${textsOf(image).join(' ')}`);
  return row.cells;
}

describe('汇总', () => {
  it('opens with the sentence ready to paste', () => {
    const lines = linesOf(rollupOf(ledger));
    expect(lines[0]?.[0]).toBe('某局党组巡察整改情况汇总');
    expect(lines[2]?.[0]).toBe('截至2023年10月30日，反馈问题3个，已完成1个，追缴6,700,000.00元，尚欠5,033,000.00元。');
  });

  it('warns below it when what is declared done still has a 必须改', () => {
    expect(linesOf(rollupOf(ledger))[3]?.[0]).toBe('注意：已完成的问题中，有1个还有“必须改”的提示，公布前请先核对。');
  });

  it('counts by formulas over the program’s own columns, and links a count to what it counts', () => {
    const plan = planned(workbook(ledger).grid);
    const status = plan.columns.find(column => column.key === 'findingStatus')?.col ?? 0;
    const line = lineOf(imageOf(plan, 'rollup'), '（二）聚焦资金');
    expect(line.map(shownText)).toEqual(['（二）聚焦资金', '2', '0', '0', '1', '0', '1', '0', '0', '0', '0', '0.5']);
    expect(line[1]?.content).toMatchObject({
      kind: 'formula',
      formula: expect.stringMatching(/^COUNTIFS\('整改台账'!\$[A-Z]+\$2:\$[A-Z]+\$4,\$A\d+\)$/),
    });
    expect(line[4]?.link).toEqual({ sheet: '整改台账', row: 4, col: status });
    expect(line[2]?.link).toBeUndefined();
    expect(line.slice(1).every(cell => cell?.content.kind === 'formula')).toBe(true);
  });

  it('leaves no figure above the lists that is not a formula', () => {
    const image = rollupOf(ledger);
    const end = image.rows.findIndex(row => shownText(row.cells[0]) === '已逾期（1行）');
    const numbers = image.rows
      .slice(0, end)
      .flatMap(row => row.cells)
      .filter(cell => cell?.content.kind === 'number');
    expect(numbers).toEqual([]);
  });

  it('prints each rate’s formula in words', () => {
    const texts = textsOf(rollupOf(ledger));
    expect(texts).toContain('已完成÷（全部－不再纳入）');
    expect(texts).toContain('已销号÷（全部－不再纳入）');
    expect(texts.some(text => text.includes('改动台账后请重新同步'))).toBe(true);
  });

  it('shows no rate where a status could not be read', () => {
    const line = lineOf(rollupOf(ledger.replace('| 基本完成 |', '| 差不多 |')), '（二）聚焦资金');
    expect(shownText(line[11])).toBe('未计算');
    expect(shownText(line[10])).toBe('1');
    expect(textsOf(rollupOf(ledger.replace('| 基本完成 |', '| 差不多 |')))[6]).not.toMatch(/已完成\d+个/);
  });

  it('lists what is overdue, by how long, and what is due within 30 days', () => {
    const image = rollupOf(ledger);
    expect(lineOf(image, '1. 学习不深入').map(shownText)).toContain('30');
    expect(lineOf(image, '2. 多发补贴')).toBeDefined();
    expect(textsOf(image)).toContain('已逾期（1行）');
    expect(textsOf(image)).toContain('30天内没有到期的措施。');
    const soon = rollupOf(ledger.replace('| 2023-09-30 | 整改中 |', '| 2023-11-15 | 整改中 |'));
    expect(lineOf(soon, '1. 学习不深入').map(shownText)).toContain('16');
  });

  it('names the findings that still owe, with the money in yuan', () => {
    const line = lineOf(rollupOf(ledger), '2. 多发补贴').map(shownText);
    expect(line).toEqual(expect.arrayContaining(['11733000.00', '6700000.00', '5033000.00', '0.571']));
  });

  it('says what changed since the last sync', () => {
    const changes = { since: '2023-09-30', added: ['3'], done: ['2'], closed: [], returned: [], newlyOverdue: ['1'] };
    const texts = textsOf(rollupOf(ledger, { changes }));
    expect(texts).toContain('本次变化（2023年9月30日同步以来）');
    expect(texts).toEqual(
      expect.arrayContaining(['新增问题（1个）', '问题3', '新完成（1个）', '问题2', '新逾期（1个）']),
    );
    expect(textsOf(rollupOf(ledger))).toContain('首次同步，下次起显示变化。');
  });

  it('shows stated figures beside computed ones, those that hold too', () => {
    const claims = `${ledger}
      ## 通报数据
      | 编号 | 事项 | 数值 | 单位 |
      | 1 | 反馈问题总数 | 3 | 个 |
      | 2 | 整改到位数 | 2 | 个 |`;
    const image = rollupOf(claims);
    expect(lineOf(image, '反馈问题总数').map(shownText)).toEqual(expect.arrayContaining(['3', '0', '相符']));
    expect(lineOf(image, '整改到位数').map(shownText)).toEqual(expect.arrayContaining(['2', '1', '不符']));
  });

  it('adds up: in every table each line’s statuses make its number of findings, the lines their total', () => {
    const result = fc.constantFrom('已完成', '整改中', '未启动', '长期坚持', '基本完成', '不再纳入', '差不多', '');
    const finding = fc.record({ focus: fc.constantFrom('（一）甲', '（二）乙', '（三）丙'), result });
    fc.assert(
      fc.property(fc.array(finding, { minLength: 1, maxLength: 15 }), findings => {
        const rows = findings.map(
          (one, i) => `| ${i + 1} | ${one.focus} | 问题第${i + 1}号 | 每月检查 | ${one.result} |`,
        );
        const image = rollupOf(`## 整改台账\n| 序号 | 聚焦方面 | 反馈问题 | 整改措施 | 整改结果 |\n${rows.join('\n')}`);
        const start = image.rows.findIndex(row => shownText(row.cells[0]) === '聚焦方面') + 1;
        const end = image.rows.findIndex((row, index) => index > start && shownText(row.cells[0]) === '合计');
        const lines = image.rows
          .slice(start, end + 1)
          .map(row => row.cells.slice(1, 11).map(cell => Number(shownText(cell))));
        for (const [all = 0, ...statuses] of lines) expect(statuses.reduce((sum, n) => sum + n, 0)).toBe(all);
        const totals = lines.at(-1) ?? [];
        for (const [column, value] of totals.entries()) {
          expect(lines.slice(0, -1).reduce((sum, line) => sum + (line[column] ?? 0), 0)).toBe(value);
        }
        expect(totals[0]).toBe(findings.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('校验结果', () => {
  const diagnosticsOf = (source: string) => imageOf(planned(workbook(source).grid), 'diagnostics');

  it('opens with 先改这三件, one of each cause', () => {
    const texts = textsOf(diagnosticsOf(ledger));
    const at = texts.findIndex(text => /^先改这/.test(text));
    expect(at).toBeGreaterThan(0);
    expect(texts[at + 1]).toMatch(/^1\. /);
  });

  it('links each place to its cell, and leads back', () => {
    const image = diagnosticsOf(ledger);
    const heading = image.rows.findIndex(row => shownText(row.cells[0]) === '级别');
    const lines = image.rows.slice(heading + 1);
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) {
      const place = shownText(line.cells[2]);
      const link = line.cells[2]?.link;
      expect(link === undefined ? '整本台账' : place).toContain(link?.sheet ?? '整本台账');
      expect(shownText(line.cells[7])).toMatch(/^[0-9A-Z]{6}$/);
    }
    const links = image.rows[1]?.cells.flatMap(cell => cell?.link?.sheet ?? []);
    expect(links).toEqual(['汇总', '整改台账']);
  });

  it('puts 必须改 before 请核对 before 提示, and what was verified at the end', () => {
    const first = diagnosticsOf(ledger);
    const levels = (image: SheetImage) => {
      const heading = image.rows.findIndex(row => shownText(row.cells[0]) === '级别');
      return image.rows.slice(heading + 1).map(row => shownText(row.cells[0]));
    };
    const order = ['必须改', '请核对', '提示', '已核实'];
    const ranks = levels(first).map(level => order.indexOf(level));
    expect(ranks).toEqual([...ranks].sort());
    const heading = first.rows.findIndex(row => shownText(row.cells[0]) === '级别');
    const id = shownText(first.rows[heading + 1]?.cells[7]);
    const waived = diagnosticsOf(`${ledger}
      ## 核实说明
      | 提示编号 | 理由 | 批准人 |
      | "${id}" | 核实过，属正常 | 王某 |`);
    expect(levels(waived).at(-1)).toBe('已核实');
    expect(levels(waived).filter(level => level === '必须改')).toHaveLength(
      levels(first).filter(level => level === '必须改').length - 1,
    );
  });

  it('says so when there is nothing to say', () => {
    const clean = `
      ## 基本信息
      | 巡察开始 | 2023-03-15 |
      | 巡察结束 | 2023-06-15 |
      | 反馈日期 | 2023-07-28 |
      | 集中整改期（月） | 6 |
      ## 整改台账
      | 序号 | 聚焦方面 | 反馈问题 | 整改措施 | 责任领导 | 责任部门 | 整改时限 | 整改结果 | 佐证材料 | 公开范围 |
      | 1 | （一）聚焦政治 | 学习不深入 | 每月学习一次 | 张某 | 办公室 | 2023-12-31 | 整改中 | | 不公开 |`;
    expect(textsOf(diagnosticsOf(clean))).toContain('没有提示：各项校验全部通过。');
  });

  it('stays within what Excel opens, and still counts all', () => {
    const examined = examinedGrid(workbook(ledger).grid);
    const [one] = examined.diagnostics;
    if (one === undefined) throw new Error('no diagnostic');
    const many = Array.from({ length: 70_000 }, (_, index) => ({ ...one, id: `X${index}`, level: 'error' as const }));
    const plan = planWrites({ ...examined, diagnostics: many }, new Map(), { ledgerId: 'bcdfg2345', findingIds: [] });
    const image = imageOf(plan, 'diagnostics');
    expect(image.rows.length).toBeLessThan(5_100);
    expect(textsOf(image)).toContain('另有65000条没有列出；先改上面的，再同步一次就会看到。');
    expect(textsOf(imageOf(plan, 'rollup'))).toContain('70000');
  });

  it('is counted by 汇总 with a formula', () => {
    const plan = planned(workbook(ledger).grid);
    const after = applyPlan(workbook(ledger).grid, plan);
    const rollup = after.sheets.find(sheet => sheet.role === 'rollup');
    const formulas = rollup?.rows.flatMap(row => row.cells.flatMap(cell => cell?.formula ?? []));
    expect(
      formulas?.filter(formula => /^COUNTIF\('校验结果'!\$A\$\d+:\$A\$\d+,"必须改"\)$/.test(formula)),
    ).toHaveLength(1);
  });
});
