import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gapsOf } from '../../src/checks/numbering-gaps.js';
import { inspected, ledgerWith } from '../support/reports.js';
import { examined } from '../support/workbook.js';

describe('gaps in a run of numbers', () => {
  it('present and missing numbers together are 1 to the highest', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 20 }), numbers => {
        const { missing, repeated } = gapsOf(numbers.map(number => ({ number, item: number })));
        const all = [...numbers, ...missing.map(gap => gap.number)].sort((a, b) => a - b);
        expect(all).toEqual(Array.from({ length: Math.max(...numbers) }, (_, index) => index + 1));
        expect(repeated).toEqual([]);
        for (const gap of missing) {
          if (gap.after !== undefined) expect(gap.after).toBeLessThan(gap.number);
          if (gap.before !== undefined) expect(gap.before).toBeGreaterThan(gap.number);
        }
      }),
    );
  });
});

describe('a ledger that is sorted otherwise', () => {
  const rows = [
    '1|（一）学习方面|学习不深入|每月学习一次|2022-10-07|张某|10月底前|已完成',
    '2|（一）学习方面|记录不全|将安排专人记录||李某|2023-09-30|整改中',
    '4|（三）作风方面|走访不够|已向编办汇报||张某|长期坚持|长期坚持',
    '5|（三）作风方面|制度不健全|下一步修订三项制度||||已完成',
    '6|（三）作风方面|台账不全|补登台账|2023-08-20|李某|择机|弄好啦',
    '6|（三）作风方面|账目不清|每季对账|2023年年9月1日|李某|10月底前|未整改',
  ];
  const columns = '序号|聚焦方面|反馈问题|整改措施|措施日期|责任领导|整改时限|整改结果';
  /** What is said, without where it stands and in which order findings are named. */
  const said = (list: readonly string[]) =>
    examined(inspected(ledgerWith(columns, ...list)))
      .diagnostics.map(one => `${one.check} ${one.level} ${one.count}`)
      .sort();

  it('is told the same', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), shuffled => {
        expect(said(shuffled)).toEqual(said(rows));
      }),
      { numRuns: 40 },
    );
  });

  it('is told the same ids on every run', () => {
    const ids = () => examined(inspected(ledgerWith(columns, ...rows))).diagnostics.map(one => one.id);
    expect(ids()).toEqual(ids());
    expect(new Set(ids()).size).toBe(ids().length);
  });
});
