import { describe, expect, it } from 'vitest';
import { examined } from '../support/workbook.js';
import { eightPolicies, elevenFindings, progressNotice } from './headline.js';

/** Every reconciliation as [claim, stated, computed, difference, ok]. */
function figures(source: string) {
  return examined(source).reconciliations.map(one => [one.claim, one.stated, one.computed, one.difference, one.ok]);
}
const claim = (source: string, id: string) => figures(source).find(([name]) => name === id);
const withClaims = (rows: string, ledger = elevenFindings) => `${ledger}
## 通报数据
| 编号 | 事项 | 数值 | 单位 | 口径 | 所属合计编号 | 说明 |
${rows}`;

/** So many findings with each result; the numbers run on. */
function findings(...groups: readonly (readonly [result: string, n: number])[]): string {
  let number = 0;
  const rows = groups.flatMap(([result, n]) =>
    Array.from({ length: n }, () => {
      number += 1;
      return `| ${number} | 反馈的第${number}个问题 | 第${number}项措施 | ${result} |`;
    }),
  );
  return `## 整改台账\n| 序号 | 反馈问题 | 整改措施 | 整改结果 |\n${rows.join('\n')}`;
}

describe('the headline of the progress notice', () => {
  it('is compared figure by figure, what holds beside what does not', () => {
    expect(figures(progressNotice)).toEqual([
      ['finding-13-outstanding', '5033000.00', '5033000.00', '0.00', true],
      ['done', '13', '11', '2', false],
      ['recovered', '521993.50', '521992.50', '1.00', false],
      ['代缴养老保险', '285358.50', undefined, undefined, undefined],
      ['代缴医疗保险', '49672.12', undefined, undefined, undefined],
      ['关心下一代工作经费', '18000.00', undefined, undefined, undefined],
      ['职工大病互助', '154000.00', undefined, undefined, undefined],
      ['加油卡', '14961.88', undefined, undefined, undefined],
      ['policies', '8', '8', '0', true],
      ['actions', '19', '0', '19', false],
    ]);
  });
});

describe('the words people use', () => {
  it.each([
    ['整改到位13个', '', '', 'done'],
    ['已完成问题数', 11, '个', 'done'],
    ['整改到位', '11个', '', 'done'],
    ['完成整改', '十一', '个', 'done'],
    ['未整改到位', 0, '个', 'not-done'],
    ['反馈问题', 11, '', 'findings-total'],
    ['整改完成率', '100%', '', 'rate'],
    ['完成率', 1, '', 'rate'],
    ['完成率', 100, '%', 'rate'],
    ['建立完善管理制度', '8项', '', 'policies'],
    ['党纪政务处分', '无', '人', 'actions'],
    ['政务处分', 0, '人', 'actions'],
    ['尚未追缴资金', '503.3万元', '', 'recovered'],
    ['应追缴资金', '1,173.3', '万元', 'recovered'],
    ['反馈问题总数', '11，含立行立改2个', '个', 'findings-total'],
  ])('%s %s%s is understood', (subject, value, unit, id) => {
    const source = withClaims(`| 1 | ${subject} | ${value} | ${unit} | | | |`, elevenFindings + eightPolicies);
    const found = claim(source, id);
    expect(found).toBeDefined();
    expect(found?.[4]).toBe(subject !== '整改到位13个');
  });

  it('takes a claim that it does not know for a part by its own name and compares it with nothing', () => {
    expect(claim(withClaims('| 1 | 群众满意度 | 98 | % | | | |'), 'elsewhere')).toBeUndefined();
    expect(claim(withClaims('| 1 | 走访群众 | 300 | 户 | | | |'), '走访群众')?.[4]).toBeUndefined();
  });

  it('does not let parts circle', () => {
    const source = withClaims('| 1 | 甲 | 5 | 个 | | 2 | |\n| 2 | 乙 | 5 | 个 | | 1 | |');
    expect(figures(source).length).toBeGreaterThan(0);
  });
});

describe('counts', () => {
  it('adds what is a part and leaves aside what is only included', () => {
    const rows =
      '| 1 | 反馈问题总数 | 11 | 个 | | | |\n| 2 | 已完成 | 11 | 个 | | 1 | |\n| 3 | 含立行立改 | 2 | 个 | | 1 | |';
    expect(claim(withClaims(rows), 'findings-total-parts')).toEqual(['findings-total-parts', '11', '11', '0', true]);
  });

  it('counts persons and person-times apart', () => {
    const talks = `
## 谈话与处理
| 问题序号 | 形式 | 人数 | 人次 |
| 1 | 提醒谈话 | 4 | 6 |
| 2 | 约谈 | 5 | 5 |
| 3 | 提醒谈话 | 3 | |`;
    const stated = (value: number, unit: string) =>
      claim(withClaims(`| 1 | 提醒谈话 | ${value} | ${unit} | | | |`, elevenFindings + talks), 'actions');
    expect(stated(9, '人次')?.[4]).toBe(true);
    expect(stated(7, '人')?.[4]).toBe(true);
    expect(stated(14, '人次')?.[4]).toBe(false);
  });

  it('does not count what is only planned, or what came after the cut-off day', () => {
    const policies = `
## 基本信息
| 统计截止日期 | 2023-09-30 |
## 制度清单
| 问题序号 | 制度名称 | 印发日期 | 状态 |
| 1 | 甲制度 | 2023-08-01 | 已印发 |
| 1 | 乙制度 | | 拟印发 |
| 1 | 丙制度 | 2023-10-09 | 已印发 |`;
    const found = claim(withClaims('| 1 | 制度 | 1 | 项 | | | |', elevenFindings + policies), 'policies');
    expect(found?.[4]).toBe(true);
  });

  it('is not computed over a status that cannot be read', () => {
    const source = withClaims('| 1 | 整改到位数 | 3 | 个 | | | |', findings(['已完成', 3], ['看情况', 1]));
    expect(claim(source, 'done')).toEqual(['done', '3', undefined, undefined, undefined]);
  });
});

describe('money', () => {
  const register = (rows: string) => `
## 追缴资金
| 问题序号 | 类别 | 项目 | 应追缴 | 已追缴 | 核减 | 日期 |
${rows}`;
  const simple = findings(['已完成', 3]);

  it('compares a part with the rows that name it', () => {
    const rows = register('| 1 | | 代缴养老保险 | 300 | 200 | | |\n| 2 | | 加油卡 | 50 | 50 | | |');
    const source = withClaims(
      '| 1 | 追缴资金 | 250 | 元 | | | |\n| 2 | 养老保险 | 200 | 元 | | 1 | |\n| 3 | 加油卡 | 50 | 元 | | 1 | |',
      simple + rows,
    );
    expect(figures(source).map(one => one[4])).toEqual([true, true, true]);
  });

  it('compares a total without parts with all there is', () => {
    const rows = register('| 1 | 追缴违规资金 | 甲 | 300 | 200 | | |\n| 2 | 挽回损失 | 乙 | | 50 | | |');
    const one = (subject: string, value: string) =>
      figures(withClaims(`| 1 | ${subject} | ${value} | 元 | | | |`, simple + rows))[0]?.[4];
    expect(one('追缴资金', '250')).toBe(true);
    expect(one('追缴违规资金', '200')).toBe(true);
    expect(one('追缴资金', '200')).toBe(true);
    expect(one('挽回损失', '50')).toBe(true);
    expect(one('应追缴资金', '300')).toBe(true);
    expect(one('未追缴资金', '100')).toBe(true);
    expect(one('追缴资金', '260')).toBe(false);
  });

  it('agrees with a figure rounded as it was typed', () => {
    const rows = register('| 1 | | 甲 | 521992.50 | 521992.50 | | |');
    const one = (value: string, unit: string) =>
      claim(withClaims(`| 1 | 追缴资金 | ${value} | ${unit} | | | |`, simple + rows), 'recovered')?.[4];
    expect(one('52.20', '万元')).toBe(true);
    expect(one('52.2', '万元')).toBe(true);
    expect(one('52.19', '万元')).toBe(false);
    expect(one('521993.5', '元')).toBe(false);
  });

  it('takes the allowed difference only with its reason', () => {
    const facts = (reason: string) => `
## 基本信息
| 允许差额 | 1 |
| 差额理由 | ${reason} |`;
    const ok = (reason: string) => claim(progressNotice + facts(reason), 'recovered')?.[4];
    expect(ok('银行手续费')).toBe(true);
    expect(ok('')).toBe(false);
  });

  it('is not computed over an amount that cannot be read', () => {
    const rows = register('| 1 | | 甲 | 300 | 约两百 | | |');
    expect(claim(withClaims('| 1 | 追缴资金 | 200 | 元 | | | |', simple + rows), 'recovered')?.[4]).toBeUndefined();
  });

  it('compares the office’s own 合计 with the rows above it', () => {
    const table = (total: number) => `
## 整改台账
| 序号 | 反馈问题 | 整改措施 | 整改结果 | 应追缴金额 | 已追缴金额 |
| 1 | 甲 | 清退 | 已完成 | 100.10 | 100.10 |
| 2 | 乙 | 清退 | 已完成 | 200.20 | 200.20 |
| 合计 | | | | ${total} | 300.30 |`;
    expect(figures(table(300.3)).map(one => one[4])).toEqual([true, true]);
    expect(figures(table(301.3)).map(one => [one[1], one[2], one[3], one[4]])[0]).toEqual([
      '301.30',
      '300.30',
      '1.00',
      false,
    ]);
  });
});

it('tells many findings that agree in one line a figure, and each that differs', () => {
  const n = 60;
  const each = (rowOf: (number: number) => string) =>
    Array.from({ length: n }, (_, index) => rowOf(index + 1)).join('\n');
  const source = `## 整改台账
| 序号 | 反馈问题 | 整改措施 | 整改结果 | 应追缴金额 |
${each(number => `| ${number} | 第${number}个问题 | 清退 | 整改中 | 100 |`)}
## 追缴资金
| 问题序号 | 项目 | 应追缴 |
${each(number => `| ${number} | 第${number}笔 | ${number === 7 ? 90 : 100} |`)}`;
  expect(figures(source)).toEqual([
    ['finding-7-due', '100.00', '90.00', '10.00', false],
    ['findings-due', '5900.00', '5900.00', '0.00', true],
  ]);
});

describe('published notices that add up', () => {
  it.each([
    [
      'a district culture bureau, 2023',
      findings(['已完成', 19], ['整改中', 6]),
      '| 1 | 反馈问题总数 | 25 | 个 | | | |\n| 2 | 已完成 | 19 | 个 | | 1 | |\n| 3 | 正在整改 | 6 | 个 | | 1 | |\n| 4 | 完成率 | 76 | % | | | |\n| 5 | 政务处分 | 0 | 人 | | | |',
    ],
    [
      'a city district, second round, 2023',
      findings(['已完成', 688], ['基本完成', 4], ['未完成', 5]),
      '| 1 | 反馈问题总数 | 697 | 个 | | | |\n| 2 | 已完成 | 688 | 个 | | 1 | |\n| 3 | 基本完成 | 4 | 个 | | 1 | |\n| 4 | 未完成 | 5 | 个 | | 1 | |\n| 5 | 完成率 | 98.71% | | | | |',
    ],
    [
      'a prefecture',
      findings(['已完成', 453], ['整改中', 18]),
      '| 1 | 反馈问题总数 | 471 | 个 | | | |\n| 2 | 整改到位数 | 453 | 个 | | 1 | |\n| 3 | 整改中 | 18 | 个 | | 1 | |\n| 4 | 完成率 | 96.18 | % | | | |',
    ],
    [
      'a university, 2017',
      findings(['已完成', 128], ['长期坚持', 22]),
      '| 1 | 整改任务 | 150 | 项 | | | |\n| 2 | 完成整改 | 128 | 项 | | 1 | |\n| 3 | 计划继续整改和长期整改 | 22 | 项 | | 1 | |',
    ],
    [
      'another university, 2017',
      findings(['已完成', 119], ['整改中', 20]),
      '| 1 | 反馈问题总数 | 139 | 个 | | | |\n| 2 | 完成整改 | 119 | 个 | | 1 | |\n| 3 | 持续整改 | 20 | 个 | | 1 | |\n| 4 | 整改完成率 | 85.6 | % | | | |',
    ],
    [
      'an audit rectification',
      `${findings(['已完成', 40], ['整改中', 10])}
## 追缴资金
| 问题序号 | 项目 | 应追缴 | 已追缴 | 单位 |
| 1 | 已上缴财政 | 215587.84 | 215587.84 | 万元 |
| 2 | 归还原渠道 | 35435.70 | 35435.70 | 万元 |`,
      '| 1 | 审计发现问题数 | 50 | 个 | | | |\n| 2 | 已整改 | 40 | 个 | | 1 | |\n| 3 | 正在整改 | 10 | 个 | | 1 | |\n| 4 | 整改问题金额 | 251023.54 | 万元 | 已追缴 | | |\n| 5 | 已上缴财政 | 215587.84 | 万元 | | 4 | |\n| 6 | 归还原渠道 | 35435.70 | 万元 | | 4 | |',
    ],
    [
      'a sub-company, 2022',
      `${findings(['已完成', 5])}
## 追缴资金
| 问题序号 | 项目 | 应追缴 | 已追缴 |
| 1 | 违规补贴 | 22159.5 | 22159.5 |`,
      '| 1 | 反馈问题总数 | 5 | 个 | | | |\n| 2 | 退还资金 | 22159.5 | 元 | | | |',
    ],
  ])('%s: every figure that can be compared holds, and no check on claims speaks', (_name, ledger, claims) => {
    const { reconciliations, diagnostics } = examined(withClaims(claims, ledger));
    expect(reconciliations.filter(one => one.ok === false)).toEqual([]);
    expect(reconciliations.filter(one => one.ok === true).length).toBeGreaterThanOrEqual(2);
    const onClaims = [
      'total-mismatch',
      'claim-mismatch',
      'claim-untraceable',
      'claim-missing',
      'untraced-money',
      'unreported-outstanding',
      'due-counted-as-recovered',
    ];
    expect(diagnostics.filter(one => onClaims.includes(one.check)).map(one => one.message.zh)).toEqual([]);
  });
});
