import { describe, expect, it } from 'vitest';
import { headerKey, unitIn } from '../../src/read/headers.js';
import { ledgerOf, workbook } from '../support/workbook.js';

const read = (source: string) => ledgerOf(workbook(source).grid);
const bound = (source: string) => {
  const { header } = read(source).main;
  return Object.fromEntries([...header.columns].map(([key, column]) => [key, column.header]));
};

describe('a header is bound to a field', () => {
  it.each([
    ['整 改 措 施', '整改措施'],
    ['整改措施（如何整改）', '整改措施'],
    ['整改措施：', '整改措施'],
    ['整改台帐', '整改台账'],
    ['ＮＯ．', 'no.'],
    ['Due Date', 'duedate'],
  ])('%s is compared as %s', (written, key) => {
    expect(headerKey(written)).toBe(key);
  });

  it('完成情况 is a status where it holds statuses', () => {
    expect(
      bound(`
      ## 整改台账
      | 序号 | 反馈问题 | 整改措施 | 完成情况 |
      | 1 | 学习不深入 | 每月学习一次 | 已完成 |
      | 2 | 制度不健全 | 修订三项制度 | 正在推进 |`),
    ).toMatchObject({ result: '完成情况' });
  });

  it('完成情况 is the progress where it tells what was done, beside a status of another name', () => {
    expect(
      bound(`
      ## 整改台账
      | 序号 | 反馈问题 | 整改措施 | 完成情况 | 状态 |
      | 1 | 学习不深入 | 每月学习一次 | 已组织学习三次，覆盖全体党员 | 已完成 |
      | 2 | 制度不健全 | 修订三项制度 | 三项制度已提交会议审议 | 整改中 |`),
    ).toMatchObject({ progress: '完成情况', result: '状态' });
  });

  it('整改情况 is a status too where it holds statuses and nothing else does', () => {
    expect(
      bound(`
      ## 整改台账
      | 序号 | 主要问题 | 整改措施 | 整改情况 |
      | 1 | 学习不深入 | 每月学习一次 | 已完成整改 |
      | 2 | 制度不健全 | 修订三项制度 | 正在整改 |`),
    ).toMatchObject({ result: '整改情况' });
  });

  it('具体问题 holds the findings where it is the only column of problems', () => {
    const { main, issues } = read(`
      ## 整改台账
      | 序号 | 具体问题 | 整改措施 | 整改结果 |
      | 1 | 学习不深入 | 每月学习一次 | 整改中 |
      | 2 | 制度不健全 | 修订三项制度 | 整改中 |`);
    expect([main.findings.map(finding => finding.title), issues]).toEqual([['学习不深入', '制度不健全'], []]);
  });

  it('an exact name beats an alias', () => {
    expect(
      bound(`
      ## 整改台账
      | 序号 | 问题 | 反馈问题 | 措施 | 整改措施 | 整改结果 |
      | 1 | 一般 | 学习不深入 | 简 | 每月学习一次 | 整改中 |`),
    ).toMatchObject({ finding: '反馈问题', measure: '整改措施' });
  });

  it('整改时间 with dates is 措施日期, not the deadline', () => {
    expect(
      bound(`
      ## 整改台账
      | 序号 | 反馈问题 | 整改措施 | 整改时间 | 整改时限 | 整改结果 |
      | 1 | 学习不深入 | 每月学习一次 | 2023-09-01 | 长期坚持 | 整改中 |`),
    ).toMatchObject({ measureDate: '整改时间', deadline: '整改时限' });
  });

  it('unknown columns are kept and ignored', () => {
    const { main } = read(`
      ## 整改台账
      | 序号 | 反馈问题 | 整改措施 | 天气 | 整改结果 |
      | 1 | 学习不深入 | 每月学习一次 | 晴 | 整改中 |`);
    expect(main.header.unknown).toEqual([{ col: 4, header: '天气' }]);
  });
});

describe('the unit of an amount', () => {
  const due = (source: string) => String(read(source).main.rows[0]?.data.due?.yuan);
  const table = (header: string, cell: string, rest = '', restCell = '') => `
      ## 整改台账
      | 序号 | 反馈问题 | 整改措施 | ${header} | 整改结果 | ${rest} |
      | 1 | 违规发放补贴 | 清退补贴 | ${cell} | 整改中 | ${restCell} |`;

  it.each([
    ['应追缴金额（万元）', '1.8', '', '', '18000.00'],
    ['应追缴金额(元)', '1.8', '', '', '1.80'],
    ['应追缴金额（元）', '503.3万元', '', '', '5033000.00'],
    ['应追缴金额（元）', '1.8', '金额单位', '万元', '18000.00'],
    ['应追缴金额', '1.49亿', '', '', '149000000.00'],
    ['应追缴金额', '￥18,000.50', '', '', '18000.50'],
  ])('%s | %s | %s %s', (header, cell, rest, restCell, yuan) => {
    expect(due(table(header, cell, rest, restCell))).toBe(yuan);
  });

  it('stands in the title above the header', () => {
    expect(
      due(`
      ## 整改台账
      | 巡察整改台账 | | | | 单位：万元 |
      | 序号 | 反馈问题 | 整改措施 | 应追缴金额 | 整改结果 |
      | 1 | 违规发放补贴 | 清退补贴 | 1.8 | 整改中 |`),
    ).toBe('18000.00');
  });

  it('is the default of 基本信息, and 元 in the end', () => {
    const sheet = table('应追缴金额', '1.8');
    expect(due(`## 基本信息\n| 默认金额单位 | 万元 |\n${sheet}`)).toBe('18000.00');
    expect(due(sheet)).toBe('1.80');
    expect(read(sheet).issues.map(issue => issue.kind)).toEqual(['assumed-unit']);
  });

  it('is not taken from a blank 金额单位 cell', () => {
    expect(due(table('应追缴金额（万元）', '1.8', '金额单位', ''))).toBe('18000.00');
  });

  it('reads only what names one', () => {
    expect([unitIn('（万元）'), unitIn('单位：亿元'), unitIn('（人）')]).toEqual(['万元', '亿元', undefined]);
  });
});

describe('a status column that holds shares, marks or ticks', () => {
  const statusOf = (written: string) => {
    const { main, issues } = ledgerOf(
      workbook(`
      ## 台账
      | 序号 | 反馈问题 | 整改措施 | 整改结果 |
      | 1 | 学习不深入 | 每月学习一次 | ${written} |`).grid,
    );
    expect(issues.filter(issue => issue.kind === 'unreadable')).toEqual([]);
    return main.rows[0]?.data.result?.status;
  };

  it.each([
    ['80%', 'in-progress'],
    ['0%', 'not-started'],
    ['100%', 'done'],
    ['0.35', 'in-progress'],
    ['0', 'not-started'],
    ['1', 'done'],
    ['√', 'done'],
    ['TRUE', 'done'],
    ['FALSE', 'in-progress'],
    ['已全部整改到位', 'done'],
    ['正在办理', 'in-progress'],
    ['—', undefined],
    ['无', undefined],
  ])('%s is %s', (written, status) => expect(statusOf(written)).toBe(status));
});
