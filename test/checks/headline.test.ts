import { describe, expect, it } from 'vitest';
import { eightPolicies, elevenFindings, headlineClaims, progressNotice } from '../reconcile/headline.js';
import { examined } from '../support/workbook.js';

const { diagnostics } = examined(progressNotice);
const of = (check: string) => diagnostics.filter(one => one.check === check);

describe('the money and the claims of a notice that went wrong', () => {
  it('finds the total one yuan too high, and the digit that may be wrong', () => {
    expect(of('total-mismatch')).toMatchObject([
      { level: 'error', found: '521993.50', expected: '521992.50', at: { sheet: '通报数据', row: 3, header: '数值' } },
    ]);
    const [one] = of('total-mismatch');
    expect(one?.message.zh).toContain('相差+1.00元');
    expect(one?.message.zh).toContain('285,358.50＋49,672.12＋18,000.00＋154,000.00＋14,961.88');
    expect(one?.message.zh).toContain('可能的原因：合计可能有一位数字写错');
    expect(one?.also).toHaveLength(5);
  });

  it('finds 13 claimed and 11 listed, and where the 13 may come from', () => {
    expect(of('claim-mismatch')).toMatchObject([{ level: 'error', found: '13', expected: '11' }]);
    expect(of('claim-mismatch')[0]?.message.zh).toContain('最大的问题序号');
  });

  it('finds the finding that is done with 5,033,000 yuan outstanding', () => {
    expect(of('done-money-outstanding')).toMatchObject([{ level: 'error', finding: 13, found: '5033000.00' }]);
    expect(of('done-money-outstanding')[0]?.message.zh).toContain('应追缴11,733,000.00元，已追缴6,700,000.00元');
  });

  it('finds the money that is due and counted as recovered: 335,030.62, 64.2 percent', () => {
    expect(of('due-counted-as-recovered')).toMatchObject([{ found: '335030.62', count: 3 }]);
    expect(of('due-counted-as-recovered')[0]?.message.zh).toContain('64.2%');
  });

  it('finds no row for any of the five sums, told once', () => {
    expect(of('untraced-money')).toMatchObject([{ level: 'error', found: '521992.50', count: 5 }]);
  });

  it('finds the outstanding money that nobody reported, and the talks that nobody listed', () => {
    expect(of('unreported-outstanding')).toMatchObject([{ level: 'error', expected: '5033000.00' }]);
    expect(of('claim-untraceable')).toMatchObject([{ level: 'error', found: '19', expected: '0' }]);
    expect(of('claim-missing')).toHaveLength(1);
  });

  it('says nothing of the 8 policies, of 1173.3 − 670 = 503.3, and of nothing else about money', () => {
    const money = [
      'recovered-exceeds-due',
      'mixed-units',
      'suspicious-scale',
      'repeated-amount',
      'negative-amount',
      'recovery-before-feedback',
    ];
    expect(diagnostics.filter(one => money.includes(one.check))).toEqual([]);
    expect(diagnostics.filter(one => one.message.zh.includes('制度'))).toEqual([]);
  });

  it('reads the verbs of a notice, 应追缴代缴养老保险, where 口径 is blank', () => {
    const verbs = headlineClaims.replaceAll('| 代缴', '| 应追缴代缴').replaceAll('| 应追缴 |', '| |');
    const { diagnostics: again } = examined(elevenFindings + eightPolicies + verbs);
    expect(again.filter(one => one.check === 'due-counted-as-recovered').map(one => one.found)).toEqual(['335030.62']);
  });

  it('speaks of no claim while 通报数据 is empty', () => {
    const empty = `${elevenFindings}${eightPolicies}\n## 通报数据\n| 编号 | 事项 | 数值 | 单位 | 口径 |`;
    const onClaims = /^(?:claim-|total-|untraced|unreported|due-counted)/;
    for (const source of [empty, elevenFindings]) {
      expect(examined(source).diagnostics.filter(one => onClaims.test(one.check))).toEqual([]);
    }
  });
});
