import { expect, it } from 'vitest';
import { inspected, ledgerWith, reports } from '../support/reports.js';

const done = (...dates: string[]) =>
  ledgerWith(
    '序号|反馈问题|整改措施|整改时限|完成日期|整改结果',
    ...dates.map((date, index) => `${index + 1}|问题${index}号|措施|10月底前|${date}|已完成`),
  );

it('counts dates without a year in one line', () => {
  const found = reports('assumed-date', done('9月20日', '2023-09-21', '10月8日'));
  expect(found.map(one => [one.level, one.count])).toEqual([['info', 2]]);
  expect(found[0]?.message.zh).toContain('9月20日→2023-09-20');
});

it('takes the year before when the day is still to come', () => {
  expect(reports('assumed-date', done('12月20日'))[0]?.message.zh).toContain('12月20日→2022-12-20');
});

it('warns of a date that looks mistyped, apart from the others', () => {
  const found = reports('assumed-date', done('2023年年9月20日', '9月20日'));
  expect(found.map(one => [one.level, one.count, one.at.row])).toEqual([
    ['info', 1, 3],
    ['warning', 1, 2],
  ]);
});

it('is silent on deadlines', () => {
  expect(reports('assumed-date', done('2023-09-20'))).toEqual([]);
});

it('says it of 基本信息 too', () => {
  const found = reports('assumed-date', inspected(done('2023-09-20'), '整改方案日期 | 8月10日'));
  expect(found.map(one => [one.at.sheet, one.at.row])).toEqual([['基本信息', 5]]);
});
