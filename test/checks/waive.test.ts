import { describe, expect, it } from 'vitest';
import { examined } from '../support/workbook.js';

const ledger = `## 整改台账
| 序号 | 反馈问题 | 整改措施 | 整改结果 | 应追缴金额 | 已追缴金额 |
| 1 | 学习不深入 | 每月学习 | 已完成 | 100 | 40 |
| 2 | 违规发放补贴 | 清退补贴 | 已完成 | 200 | 50 |`;
const exception = (target: string, object: string, until = '', reason = '分期到账，已核实') =>
  `${ledger}\n## 核实说明\n| 提示编号 | 对象 | 理由 | 批准人 | 到期日 |\n| ${target} | ${object} | ${reason} | 李某 | ${until} |`;

/** Numbers of the findings whose outstanding money is waived. */
const waived = (source: string) =>
  examined(source)
    .diagnostics.filter(one => one.check === 'done-money-outstanding' && one.waived)
    .map(one => one.finding);
const expired = (source: string) => examined(source).diagnostics.filter(one => one.check === 'exception-expired');
const idOf = (finding: number) =>
  examined(ledger).diagnostics.find(one => one.check === 'done-money-outstanding' && one.finding === finding)?.id ?? '';

describe('核实说明', () => {
  it.each([
    '已完成但仍有未追缴资金',
    'Done with money outstanding',
    'done-money-outstanding',
    ' 已完成但仍有未追缴资金。',
  ])('names a check by its title or id: %s', target => {
    expect(waived(exception(target, ''))).toEqual([1, 2]);
    expect(waived(exception(target, '2'))).toEqual([2]);
    expect(waived(exception(target, '问题1'))).toEqual([1]);
    expect(waived(exception(target, '1-2'))).toEqual([1, 2]);
    expect(waived(exception(target, '全部'))).toEqual([1, 2]);
  });

  it('names one diagnostic by its number, in either column', () => {
    expect(waived(exception(idOf(2), ''))).toEqual([2]);
    expect(waived(exception('已完成但仍有未追缴资金', idOf(1)))).toEqual([1]);
  });

  it('covers a diagnostic about several findings only when it names them all', () => {
    const about = (object: string) =>
      examined(exception('没有责任领导', object)).diagnostics.find(one => one.check === 'no-leader')?.waived;
    expect(about('1')).toBe(false);
    expect(about('1、2')).toBe(true);
    expect(about('')).toBe(true);
  });

  it('does not hold without a reason, for another finding, or for another check', () => {
    expect(waived(exception('done-money-outstanding', '', '', ''))).toEqual([]);
    expect(waived(exception('done-money-outstanding', '3'))).toEqual([]);
    expect(waived(exception('金额为负数', ''))).toEqual([]);
  });

  it('holds on its last day and not after; then what it covered counts again and the row is told', () => {
    const until = (day: string) => exception('done-money-outstanding', '1', day);
    expect(waived(until('2023-10-30'))).toEqual([1]);
    expect(expired(until('2023-10-30'))).toEqual([]);
    expect(waived(until('2023-10-29'))).toEqual([]);
    expect(expired(until('2023-10-29'))).toMatchObject([
      { level: 'error', at: { sheet: '核实说明', header: '到期日' } },
    ]);
  });

  it('is not mentioned when it expired and nothing is left that it covered', () => {
    expect(expired(exception('金额为负数', '', '2023-01-01'))).toEqual([]);
  });

  it('covers neither its own expiry nor a check that did not finish', () => {
    const source = `${exception('done-money-outstanding', '1', '2023-10-29')}\n| exception-expired | | 知道了 | 李某 | |`;
    expect(expired(source).map(one => one.waived)).toEqual([false]);
  });
});
