import { describe, expect, it } from 'vitest';
import { numbersText } from '../../src/checks/numbering-gaps.js';
import { inspected, ledgerWith, placesOf, reports } from '../support/reports.js';

const numbered = (...numbers: (number | string)[]) =>
  ledgerWith(
    '序号|反馈问题|整改措施|整改结果',
    ...numbers.map((number, index) => `${number}|第${index}个事项|措施|整改中`),
  );

describe('numbers of findings', () => {
  it('tells every gap in one diagnostic', () => {
    const [one, ...others] = reports('finding-number', numbered(1, 4, 5, 7));
    expect(others).toEqual([]);
    expect(one).toMatchObject({ count: 3, level: 'error', at: { row: 3, col: 1 } });
    expect(one?.message.zh).toContain('缺2、3、6（共3个）');
    expect(one?.message.zh).toContain('或为不公开事项');
  });

  it('tells a number that two findings share, at the second', () => {
    const found = reports('finding-number', numbered(1, 2, 2, 3));
    expect(found.map(one => [one.at.row, one.found])).toEqual([[4, '2']]);
  });

  it('counts numbers, not their order: a ledger may be sorted otherwise', () => {
    expect(placesOf('finding-number', numbered(3, 1, 2))).toEqual([]);
  });

  it('is silent where 范围 is 部分', () => {
    expect(placesOf('finding-number', inspected(numbered(1, 4), '范围 | 部分'))).toEqual([]);
  });

  it('counts up to 反馈问题总数', () => {
    expect(reports('finding-number', inspected(numbered(1, 2), '反馈问题总数 | 4'))[0]?.message.zh).toContain('缺3、4');
  });

  it('lets each focus area begin at 1', () => {
    const source = ledgerWith(
      '聚焦方面|序号|反馈问题|整改措施|整改结果',
      '（一）学习方面|1|甲|措施|整改中',
      '（一）学习方面|2|乙|措施|整改中',
      '（二）作风方面|1|丙|措施|整改中',
      '（二）作风方面|2|丁|措施|整改中',
    );
    expect(placesOf('finding-number', source)).toEqual([]);
  });

  it('finds the gap inside such an area', () => {
    const source = ledgerWith(
      '聚焦方面|序号|反馈问题|整改措施|整改结果',
      '（一）学习方面|1|甲|措施|整改中',
      '（一）学习方面|2|乙|措施|整改中',
      '（二）作风方面|1|丙|措施|整改中',
      '（二）作风方面|3|丁|措施|整改中',
    );
    expect(
      reports('finding-number', source).map(one => [one.at.row, one.message.zh.includes('“（二）作风方面”里')]),
    ).toEqual([[5, true]]);
  });

  it('lets blocks begin at 1 where no focus area is written', () => {
    expect(placesOf('finding-number', numbered(1, 2, 3, 1, 2))).toEqual([]);
  });

  it('does not take a number a row for numbers of findings', () => {
    const source = ledgerWith(
      '序号|反馈问题|整改措施|整改结果',
      '1|甲|措施一|整改中',
      '2|甲|措施二|整改中',
      '3|乙|措施三|整改中',
      '4|乙|措施四|整改中',
    );
    expect(placesOf('finding-number', source)).toEqual([]);
  });

  it('does not look for gaps in codes', () => {
    expect(placesOf('finding-number', numbered(3101, 3102, 3207))).toEqual([]);
  });

  it('reads the number in the finding itself where that is where it stands', () => {
    const source = ledgerWith('反馈问题|整改措施|整改结果', '1.学习不深入|措施|整改中', '3.制度不健全|措施|整改中');
    expect(placesOf('finding-number', source)).toEqual(['error 整改台账!A3']);
  });

  it('writes runs of numbers shortly', () => {
    expect(numbersText([8, 9, 14, 15, 16, 20], '至', '、')).toBe('8、9、14至16、20');
  });
});
