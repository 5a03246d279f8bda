import { expect, it } from 'vitest';
import { inspected, ledgerWith, placesOf, reports } from '../support/reports.js';

const done = (...dates: string[]) =>
  ledgerWith(
    '序号|反馈问题|整改措施|整改结果|完成日期',
    ...dates.map((date, index) => `${index + 1}|事项${index}|措施|已完成|${date}`),
  );

it('warns of completions that are still to come, by the as-of date and not by the clock', () => {
  expect(placesOf('after-as-of', done('2023-10-31'), { asOf: '2023-10-30' })).toEqual(['warning 整改台账!E2']);
  expect(placesOf('after-as-of', done('2023-10-31'), { asOf: '2023-10-31' })).toEqual([]);
});

it('warns when 统计截止日期 looks out of date', () => {
  const found = reports('after-as-of', inspected(done('2023-10-20', '2023-09-01'), '统计截止日期 | 2023-09-30'));
  expect(found.map(one => [one.at.sheet, one.at.header, one.also.length])).toEqual([['基本信息', '统计截止日期', 1]]);
});

it('lets a month that holds the as-of date be', () => {
  expect(placesOf('after-as-of', inspected(done('2023年10月'), '统计截止日期 | 2023-10-15'))).toEqual([]);
});
