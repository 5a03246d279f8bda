import { describe, expect, it } from 'vitest';
import { ledgerSheet } from '../../src/sheets/ledger.js';
import { writers } from '../../src/writeback/columns/index.js';
import { writer } from '../../src/writeback/writer.js';
import { workbook } from '../support/workbook.js';
import { planned, wantedIn } from './support/planned.js';

/** A ledger with one finding a line: 整改结果 and whatever else the header names. */
function wanted(column: string, header: string, ...lines: readonly string[]): readonly string[] {
  const rows = lines
    .map((line, index) => `| ${index + 1} | 问题第${index + 1}号 | 每月检查一次 | ${line} |`)
    .join('\n');
  const plan = planned(workbook(`## 整改台账\n| 序号 | 反馈问题 | 整改措施 | ${header} |\n${rows}`).grid);
  const cells = wantedIn(plan, column);
  return lines.map((_, index) => cells.get(index + 2) ?? '');
}

describe('a writer', () => {
  it('exists for every program column, and for no other', () => {
    const program = ledgerSheet.columns.filter(column => column.owner === 'program').map(column => column.key);
    expect(Object.keys(writers).sort()).toEqual([...program].sort());
    for (const [key, one] of Object.entries(writers)) expect(one.key).toBe(key);
  });

  it('of somebody else’s column does not compile', () => {
    const nothing = () => ({ content: { kind: 'blank' as const }, why: '' });
    // @ts-expect-error 整改结果 is the office's
    writer('result', nothing);
    // @ts-expect-error 审核状态 is the reviewer's
    writer('review', nothing);
    // @ts-expect-error there is no such column
    writer('statusOfFinding', nothing);
    expect(writer('findingStatus', nothing).key).toBe('findingStatus');
  });
});

describe('问题状态', () => {
  it('is the office’s word in the standard spelling', () => {
    expect(wanted('findingStatus', '整改结果', '整改到位', '正在推进', '未整改', '常态化推进', '不再纳入', '')).toEqual(
      ['已完成', '整改中', '未启动', '长期坚持', '不再纳入', '未填'],
    );
  });

  it('is 未计算 for a word that cannot be read', () => {
    expect(wanted('findingStatus', '整改结果', '差不多了')).toEqual(['未计算']);
  });

  it('shows what was applied for and what was closed', () => {
    expect(
      wanted(
        'findingStatus',
        '整改结果 | 申请销号日期 | 审核状态',
        '已完成 | 2023-10-01 | ',
        '已完成 | 2023-10-01 | 同意销号',
      ),
    ).toEqual(['待审核', '已销号']);
  });
});

describe('校验情况 and 系统提示', () => {
  const whole = '责任领导 | 责任部门 | 整改时限 | 佐证材料 | 公开范围 | 整改结果';

  it('says 通过 where nothing must be changed or checked', () => {
    expect(wanted('checkState', whole, '张某 | 办公室 | 2023-12-31 | | 不公开 | 整改中')).toEqual(['通过']);
  });

  it('counts what must be changed, and says it in words', () => {
    const line = '张某 | 办公室 | 2023-12-31 | | 不公开 | 差不多了';
    expect(wanted('checkState', whole, line)[0]).toMatch(/^必须改1/);
    expect(wanted('hints', whole, line)[0]).toMatch(/^必须改：.*差不多了/);
  });

  it('names a fault that many rows share by its title only, and stays short', () => {
    const lines = Array.from({ length: 30 }, () => '| | | | | 已完成');
    for (const hint of wanted('hints', whole, ...lines)) {
      expect(hint).toContain('没有责任领导');
      expect(hint.length).toBeLessThan(300);
    }
  });
});

describe('逾期天数', () => {
  it('counts from the deadline to the as-of date, for what is not finished', () => {
    const header = '整改时限 | 整改结果';
    expect(
      wanted(
        'overdueDays',
        header,
        '2023-10-29 | 整改中',
        '2023-10-30 | 整改中',
        '2023-10-01 | 已完成',
        '长期坚持 | 整改中',
      ),
    ).toEqual(['1', '', '', '']);
  });
});

describe('部门 and 方面', () => {
  it('keep one spelling a name, and nothing that COUNTIFS would take for its own language', () => {
    const source = `
      ## 整改台账
      | 序号 | 聚焦方面 | 反馈问题 | 整改措施 | 责任部门 | 整改结果 |
      | 1 | （一）聚焦*基层? | 问题甲 | 每月检查 | IT部 | 整改中 |
      | 2 | （二）聚焦政治 | 问题乙 | 每月检查 | it部、办公室 | 整改中 |
      | 3 | ${'（三）聚焦很长的名称'.repeat(20)} | 问题丙 | 每月检查 | =部门 | 整改中 |`;
    const plan = planned(workbook(source).grid);
    expect([...wantedIn(plan, 'departmentKey').values()].slice(0, 2)).toEqual(['IT部', 'IT部']);
    const all = [...wantedIn(plan, 'departmentKey').values(), ...wantedIn(plan, 'focusKey').values()];
    for (const name of all) {
      expect(name).not.toMatch(/[*?~]|^[=<>]/);
      expect(name.length).toBeLessThanOrEqual(60);
    }
  });
});

describe('退回次数', () => {
  it('is what the memory of earlier syncs says', () => {
    const { grid } = workbook(
      '## 整改台账\n| 序号 | 反馈问题 | 整改措施 | 整改结果 |\n| 1 | 问题甲 | 每月检查 | 整改中 |',
    );
    expect([...wantedIn(planned(grid, { returned: new Map([['fnd0-r0', 2]]) }), 'returnedTimes')]).toEqual([[2, '2']]);
  });
});
