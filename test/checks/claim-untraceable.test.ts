import { describe, expect, it } from 'vitest';
import { ledgerWith, reports } from '../support/reports.js';

const ledger = ledgerWith('序号|反馈问题|整改措施|整改结果', '1|学习不深入|每月学习一次|整改中');
const actions = (...rows: string[]) =>
  `\n## 谈话与处理\n| 问题序号 | 形式 | 人数 | 人次 |\n${rows.map(row => `| ${row} |`).join('\n')}`;
const meetings = (...rows: string[]) =>
  `\n## 会议调度\n| 类型 | 日期 | 解决问题数 |\n${rows.map(row => `| ${row} |`).join('\n')}`;
const claim = (row: string) => `\n## 通报数据\n| 编号 | 事项 | 数值 | 单位 | 口径 | 说明 |\n| ${row} |`;
const found = (source: string) =>
  reports('claim-untraceable', ledger + source).map(one => [one.level, one.found, one.expected]);

describe('talks', () => {
  it('are an error when none of that kind is listed: 约谈 is not 提醒谈话', () => {
    const source = actions('1|约谈|5|5') + claim('1|谈话|19|人次|提醒谈话|');
    expect(found(source)).toEqual([['error', '19', '0']]);
    expect(reports('claim-untraceable', ledger + source)[0]?.message.zh).toContain('没有这一类');
  });

  it('are a warning with the shortfall when some are', () => {
    const source = actions('1|提醒谈话|5|5') + claim('1|提醒谈话|19|人次||');
    expect(found(source)).toEqual([['warning', '19', '5']]);
    expect(reports('claim-untraceable', ledger + source)[0]?.message.zh).toContain('还差14人次');
  });

  it('are a warning when 说明 names the register that has them', () => {
    expect(found(claim('1|提醒谈话|19|人次||见机关谈话登记簿'))).toEqual([['warning', '19', '0']]);
  });

  it('of any form count for 谈话', () => {
    expect(found(actions('1|约谈|5|5', '1|提醒谈话|14|14') + claim('1|谈话|19|人次||'))).toEqual([]);
  });

  it('counted in persons and claimed in person-times ask for 口径, not for more rows', () => {
    const source = actions('1|提醒谈话|19|12') + claim('1|提醒谈话|19|人次||');
    expect(found(source)).toEqual([]);
    expect(reports('claim-mismatch', ledger + source).map(one => one.level)).toEqual(['warning']);
  });
});

describe('meetings', () => {
  const four = meetings(
    '推进会|2023-08-05|2',
    '推进会|2023-08-07|1',
    '整改推进会|2023-09-01|3',
    '推进会|2023-09-20|',
    '民主生活会|2023-10-30|',
  );

  it('are counted by their kind, and what they solved is added', () => {
    expect(found(four + claim('1|推进会|4|次||'))).toEqual([]);
    expect(found(four + claim('1|解决问题数|6|个||'))).toEqual([]);
    expect(found(four + claim('1|民主生活会|1|次||'))).toEqual([]);
  });

  it('of a kind of their own are counted by its name, not with all others', () => {
    const own = `${four}\n| 党工委会议 | 2023-08-03 | |\n| 党工委（扩大）会议 | 2023-08-09 | |`;
    expect(found(own + claim('1|党工委会议|1|次||'))).toEqual([]);
    expect(found(own + claim('1|会议|7|次||'))).toEqual([]);
    expect(found(own + claim('1|召开整改工作会议|7|次||'))).toEqual([]);
  });

  it('are short by one', () => expect(found(four + claim('1|推进会|5|次||'))).toEqual([['warning', '5', '4']]));
});

it('says once, as information, that a figure of no register was not compared', () => {
  expect(found(claim('1|走访群众|300|户||'))).toMatchObject([['info', undefined, undefined]]);
});
