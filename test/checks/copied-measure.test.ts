import { describe, expect, it } from 'vitest';
import { ledgerWith, placesOf, reports } from '../support/reports.js';

const long = '提高政治站位，加强组织领导，压实整改责任';
const measures = (...list: string[]) =>
  ledgerWith(
    '序号|反馈问题|整改措施|整改结果',
    ...list.map((one, index) => `${index + 1}|第${index}个事项|${one}|整改中`),
  );

describe('one measure under many findings', () => {
  it('is told once, with all its cells', () => {
    expect(
      reports('copied-measure', measures(long, '另一条措施', `${long}。`, long)).map(one => [one.count, one.at.row]),
    ).toEqual([[3, 2]]);
  });

  it.each([
    ['同上', measures(long, '同上', '同上')],
    ['见问题1', measures(long, '见问题1', '同问题1措施')],
    ['items of a cell', measures(`一是${long}。二是甲事。`, `一是乙事。二是${long}。`, long)],
  ])('sees through %s', (_way, source) => {
    expect(reports('copied-measure', source)).toHaveLength(1);
  });

  it.each([
    ['two findings may share one', measures(long, long)],
    ['short ones are alike by nature', measures('每月学习一次', '每月学习一次', '每月学习一次')],
    ['见问题9 that does not exist points nowhere', measures(long, long, '见问题9')],
  ])('%s', (_why, source) => {
    expect(placesOf('copied-measure', source)).toEqual([]);
  });

  it('counts findings, not rows', () => {
    const source = ledgerWith(
      '序号|反馈问题|具体问题|整改措施|整改结果',
      `1|甲|子一|${long}|整改中`,
      `||子二|${long}|整改中`,
      `||子三|${long}|整改中`,
    );
    expect(placesOf('copied-measure', source)).toEqual([]);
  });
});
