import { describe, expect, it } from 'vitest';
import { inspected, ledgerWith, placesOf } from '../support/reports.js';

const columns = '序号|反馈问题|整改类型|整改措施|措施日期|整改进展|完成日期|整改结果';
const old = (row: string, rest = '') => placesOf('done-on-old-measures', inspected(ledgerWith(columns, row)) + rest);
const undated = (row: string, rest = '') => placesOf('done-undated', inspected(ledgerWith(columns, row)) + rest);

describe('what 已完成 rests on', () => {
  it('is old work when every dated measure is older than the feedback', () => {
    const row = '1|甲||措施|2022-10-07|||已完成';
    expect(old(row)).toEqual(['warning 整改台账!H2']);
    // One cause, one diagnostic: it is dated, only too early.
    expect(undated(row)).toEqual([]);
  });

  it('is undated when no date lies after the feedback', () => {
    const row = '1|甲||措施||已经全部整改||已完成';
    expect(undated(row)).toEqual(['warning 整改台账!H1']);
    expect(old(row)).toEqual([]);
  });

  it.each([
    ['one new measure beside old ones', '1|甲||措施|2022-10-07|2023年9月5日重新印发||已完成'],
    ['a date without a year that can lie after the feedback', '1|甲||措施||9月26日约谈||已完成'],
    ['a month after the feedback', '1|甲||措施|2023年8月|||已完成'],
    ['立行立改 during the inspection', '1|甲|立行立改|更换门牌|2023-05-10|||已完成'],
    ['a completion that is still to come: after-as-of tells it', '1|甲||措施||全部整改|2023-12-20|已完成'],
    ['what is not done', '1|甲||措施|2022-10-07|||整改中'],
  ])('%s is neither', (_why, row) => {
    expect([...old(row), ...undated(row)]).toEqual([]);
  });

  it('may be dated by 完成日期 or a register', () => {
    expect(undated('1|甲||措施||全部整改|2023-09-20|已完成')).toEqual([]);
    expect(
      undated(
        '1|甲||措施||制度已修订||已完成',
        '\n## 制度清单\n| 问题序号 | 制度名称 | 印发日期 |\n| 1 | 考勤制度 | 2023-09-20 |',
      ),
    ).toEqual([]);
    expect(
      old(
        '1|甲||措施|2022-10-07|||已完成',
        '\n## 追缴资金\n| 问题序号 | 已追缴（元） | 日期 |\n| 1 | 500 | 2023-09-20 |',
      ),
    ).toEqual([]);
  });

  it('is not asked where the feedback is unknown', () => {
    expect(placesOf('done-undated', ledgerWith(columns, '1|甲||措施||全部整改||已完成'))).toEqual([]);
  });
});
