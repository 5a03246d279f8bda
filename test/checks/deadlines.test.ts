import { describe, expect, it } from 'vitest';
import { inspected, ledgerWith, placesOf, reports } from '../support/reports.js';

const columns = '序号|反馈问题|整改措施|整改时限|延期至|整改结果|完成日期|审核状态|申请销号日期|审核日期';
const rows = (...list: string[]) => inspected(ledgerWith(columns, ...list), '集中整改期（月） | 3');

describe('overdue and due soon', () => {
  it('counts the days past the last day', () => {
    expect(reports('overdue', rows('1|甲|措施|2023-10-20||整改中||||')).map(one => one.found)).toEqual(['10']);
  });

  it('counts from an extension, at its cell', () => {
    expect(placesOf('overdue', rows('1|甲|措施|2023-09-20|2023-10-20|整改中||||'))).toEqual(['warning 整改台账!E2']);
  });

  it('takes 立行立改 and 集中整改期内 for the end of the period', () => {
    expect(reports('overdue', rows('1|甲|措施|立行立改||整改中||||')).map(one => one.found)).toEqual(['2']);
    expect(placesOf('overdue', rows('1|甲|措施|集中整改期内||整改中||||'), { asOf: '2023-10-28' })).toEqual([]);
  });

  it('is once a finding, at the row that is worst', () => {
    const found = reports(
      'overdue',
      rows('1|甲|措施|2023-10-20||整改中||||', '||措施|2023-09-20||整改中||||', '||措施|||已完成||||'),
    );
    expect(found.map(one => [one.found, one.count, one.at.row, one.shownOn])).toEqual([['40', 2, 3, [2, 3]]]);
  });

  it('comes back with a returned review', () => {
    expect(placesOf('overdue', rows('1|甲|措施|2023-09-20||已完成|2023-09-18|已退回|2023-09-19|2023-10-08'))).toEqual([
      'warning 整改台账!D2',
    ]);
  });

  it.each([
    ['done', '1|甲|措施|2023-09-20||已完成||||'],
    ['long-term', '1|甲|措施|2023-09-20||长期坚持||||'],
    ['长期坚持 as deadline', '1|甲|措施|长期坚持||整改中||||'],
    ['withdrawn', '1|甲|措施|2023-09-20||不再纳入||||'],
    ['closed', '1|甲|措施|2023-09-20||整改中||已销号||'],
    ['10月底前 on the 30th', '1|甲|措施|10月底前||整改中||||'],
    ['a status that cannot be read', '1|甲|措施|2023-09-20||弄好啦哈||||'],
  ])('%s is not overdue', (_why, row) => {
    expect(placesOf('overdue', rows(row))).toEqual([]);
  });

  it('lists what is due within 30 days in one line, the nearest first', () => {
    const found = reports(
      'due-soon',
      rows('1|甲|措施|2023-11-29||整改中||||', '2|乙|措施|2023-10-30||整改中||||', '3|丙|措施|2023-11-30||整改中||||'),
    );
    expect(found.map(one => [one.level, one.count, one.at.row])).toEqual([['info', 2, 3]]);
    expect(found[0]?.message.zh).toContain('问题2（0天）、问题1（30天）');
  });
});

describe('done after the period', () => {
  const late = (row: string) => placesOf('outside-period', rows(row));

  it('warns of a completion after its end', () => {
    expect(late('1|甲|措施|||已完成|2023-10-29|||')).toEqual(['warning 整改台账!G2']);
    expect(late('1|甲|措施|||已完成|2023-10-28|||')).toEqual([]);
  });

  it.each([
    ['长期坚持', '1|甲|措施|长期坚持||已完成|2023-10-29|||'],
    ['a granted extension', '1|甲|措施||2023-10-31|已完成|2023-10-29|||'],
    ['a later deadline', '1|甲|措施|年底前||已完成|2023-10-29|||'],
    ['a month that may lie inside', '1|甲|措施|||已完成|2023年10月|||'],
  ])('leaves %s alone', (_why, row) => {
    expect(late(row)).toEqual([]);
  });
});
