import { describe, expect, it } from 'vitest';
import { ledgerOf, workbook } from '../support/workbook.js';

const ledger = `
  ## 整改台账
  | 序号 | 反馈问题 | 整改措施 | 整改时限 | 整改结果 |
  | 1 | 学习不深入 | 每月学习一次 | 集中整改期内 | 整改中 |`;
const read = (source: string) => ledgerOf(workbook(source).grid);

describe('基本信息', () => {
  it('is read by label, in any order and under other names', () => {
    const { facts } = read(`
      ## 基本信息
      | 项目 | 内容 | | 项目 | 内容 |
      | 被巡察单位 | 甲川市融媒体中心 | | 反馈时间 | 2023年7月28日 |
      | 集中整改期限 | 三个月 | | 范围 | 部分 |
      ${ledger}`);
    expect(facts.values).toMatchObject({ unit: '甲川市融媒体中心', periodMonths: 3, scope: 'part' });
    expect(facts.values.feedback).toMatchObject({ from: '2023-07-28' });
  });

  it('gives the end of the period to deadlines that count from the feedback', () => {
    const { main } = read(`## 基本信息\n| 反馈日期 | 2023-07-28 |\n| 集中整改期（月） | 3 |\n${ledger}`);
    expect(main.rows[0]?.data.deadline).toMatchObject({ kind: 'period', last: '2023-10-28' });
  });

  it('says what it cannot read, and reads the rest', () => {
    const { facts, issues } = read(`## 基本信息\n| 反馈日期 | 七月某日 |\n| 集中整改期（月） | 3 |\n${ledger}`);
    expect(facts.values).toMatchObject({ periodMonths: 3 });
    expect(facts.values.feedback).toBeUndefined();
    expect(issues).toMatchObject([{ kind: 'unreadable', sheet: '基本信息', row: 1, col: 2, key: 'feedback' }]);
  });

  it('does not take the next label for the value of an empty line', () => {
    const { facts } = read(`## 基本信息\n| 被巡察党组织 | | 轮次 | 第三轮 |\n${ledger}`);
    expect(facts.values).toEqual({ round: '第三轮' });
  });

  it('a tolerance without a reason is none', () => {
    const tolerance = (...lines: string[]) =>
      String(read(`## 基本信息\n${lines.join('\n')}\n${ledger}`).facts.values.tolerance);
    expect(tolerance('| 允许差额 | 1 |')).toBe('undefined');
    expect(tolerance('| 允许差额 | 1 |', '| 差额理由 | 按元取整 |')).toBe('1.00');
  });
});

describe('without 基本信息', () => {
  it('the title block above the table gives what it says', () => {
    const { facts } = read(`
      ## 整改台账
      | 甲川市融媒体中心巡察整改台账 | < | < | < |
      | 被巡察单位：甲川市融媒体中心 | | 反馈时间：2023年7月28日 | |
      | 序号 | 反馈问题 | 整改措施 | 整改结果 |
      | 1 | 学习不深入 | 每月学习一次 | 整改中 |`);
    expect(facts.present).toBe(false);
    expect(facts.values).toMatchObject({ unit: '甲川市融媒体中心', feedback: { from: '2023-07-28' } });
  });
});

describe('registers', () => {
  it('are known by name or alias; sums and notes are left out', () => {
    const { registers } = read(`
      ${ledger}
      ## 资金清退
      | 问题序号 | 款项名称 | 应清退（元） | 已清退（元） |
      | 1 | 补贴 | 18000 | 17000 |
      | 1 | 加油卡 | 6000 | 6000 |
      | 合计 | | 24000 | 23000 |
      | 注：以缴款书为准。 | | | |
      ## 建章立制
      | 对应问题 | 文件名称 | 发文字号 | 印发时间 |
      | 1-1 | 学习制度 | 甲发〔2023〕12号 | 2023年9月20日 |`);
    expect(registers.recoveries.rows.map(row => [row.data.item, String(row.data.recovered?.yuan)])).toEqual([
      ['补贴', '17000.00'],
      ['加油卡', '6000.00'],
    ]);
    expect(registers.policies.rows).toHaveLength(1);
  });

  it('a row of small figures below the header is data, not the numbers of the columns', () => {
    const { registers } = read(`
      ${ledger}
      ## 追缴资金
      | 问题序号 | 应追缴（万元） | 已追缴（万元） |
      | 1 | 2 | 3 |`);
    expect(registers.recoveries.rows).toHaveLength(1);
  });

  it('a finding number is filled down only inside a merge', () => {
    const { registers } = read(`
      ${ledger}
      ## 制度清单
      | 问题序号 | 制度名称 |
      | 1 | 学习制度 |
      | ^ | 考勤制度 |
      | | 督办制度 |`);
    expect(registers.policies.rows.map(row => row.data.reference?.kind)).toEqual(['findings', 'findings', undefined]);
  });
});

describe('基本信息 with an explanation beside every fact', () => {
  const source = `
    ## 基本信息
    | 日期、集中整改期等是校验的依据 |
    | 项目 | 内容 | 填写说明 |
    | 被巡察党组织 | | 单位党组织的全称。 |
    | 巡察开始 | | 巡察开始的日期。 |
    | 反馈日期 | 2023-07-28 | 例：反馈日期：2022年1月1日 |
    | 集中整改期（月） | | 几个月，常见 2、3、6，以本地规定为准。 |
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 整改中 |`;

  it('holds what was filled in, not the explanations', () => {
    const { facts, issues } = ledgerOf(workbook(source).grid);
    expect(facts.values).toMatchObject({ feedback: { from: '2023-07-28' } });
    expect([facts.values.unit, facts.values.inspectionFrom, facts.values.periodMonths]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(issues).toEqual([]);
    // An empty fact is to be filled in beside its name.
    expect(facts.at.get('periodMonths')).toMatchObject({ row: 6, col: 2 });
  });
});
