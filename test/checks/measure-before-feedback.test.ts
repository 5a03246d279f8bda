import { describe, expect, it } from 'vitest';
import { inspected, ledgerWith, placesOf, reports } from '../support/reports.js';

const check = 'measure-before-feedback';
const columns = '序号|反馈问题|整改类型|整改措施|措施日期|整改时限|整改结果';

describe('measures older than the feedback', () => {
  it('warns of one taken during the inspection', () => {
    expect(placesOf(check, inspected(ledgerWith(columns, '1|甲||组织学习|2023-05-10||已完成')))).toEqual([
      'warning 整改台账!E2',
    ]);
  });

  it.each([
    ['its kind', '1|甲|立行立改|更换门牌|2023-05-10||已完成'],
    ['its deadline', '1|甲||更换门牌|2023-05-10|立行立改|已完成'],
    ['its words', '1|甲||边巡边改，更换门牌|2023-05-10||已完成'],
  ])('only notes 立行立改, by %s', (_by, row) => {
    const found = reports(check, inspected(ledgerWith(columns, row)));
    expect(found.map(one => [one.level, one.count])).toEqual([['info', 1]]);
  });

  it('notes all of them in one line', () => {
    const source = inspected(
      ledgerWith(columns, '1|甲|立行立改|更换门牌|2023-05-10||已完成', '2|乙|立行立改|清理杂物|2023-05-11||已完成'),
    );
    expect(reports(check, source).map(one => one.count)).toEqual([2]);
  });

  it('does not speak of dates without a year: they may lie after it', () => {
    expect(placesOf(check, inspected(ledgerWith(columns, '1|甲||5月10日组织学习|||已完成')))).toEqual([]);
  });

  it('leaves the day of the feedback alone', () => {
    expect(placesOf(check, inspected(ledgerWith(columns, '1|甲||专题研究|2023-07-28||已完成')))).toEqual([]);
  });
});
