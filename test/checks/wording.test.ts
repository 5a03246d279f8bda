import { describe, expect, it } from 'vitest';
import { ledgerWith, placesOf, reports } from '../support/reports.js';

const columns = '序号|反馈问题|具体问题|整改措施|整改进展|整改结果';
const told = (progress: string, result = '已完成', finding = '经费保障不够') =>
  ledgerWith(columns, `1|${finding}||采取措施|${progress}|${result}`);

describe('promises in what is done', () => {
  it.each([
    ['建立台账，确保在规定时间内全部整改到位', '确保'],
    ['将进一步加大力度', '将进一步'],
    ['将于年底完成', '将于'],
    ['将在2023年12月底前退回', '将在2023年12月底前'],
    ['拟出台管理办法', '拟出台'],
    ['力争早日见效', '力争'],
    ['下一步继续走访', '下一步'],
    ['正在推进有关工作', '正在推进'],
  ])('%s', (text, word) => {
    expect(reports('promise-in-done', told(text)).map(one => one.found?.split('、')[0])).toEqual([word]);
  });

  it.each([
    ['拟定三项制度'],
    ['草拟并印发三项制度'],
    ['完善制度，确保了资金安全'],
    ['完善制度，确保资金使用规范'],
    ['将三项制度汇编成册'],
    ['已将欠款全部退回'],
    ['努力争取到资金30万元'],
    ['开展模拟演练一次'],
    ['将军路站点已更换门牌'],
  ])('%s is none', text => {
    expect(placesOf('promise-in-done', told(text))).toEqual([]);
  });

  it('are right in the measure beside a progress, and in what is not done', () => {
    expect(placesOf('promise-in-done', ledgerWith(columns, '1|甲||将于9月底前退回|9月20日退回|已完成'))).toEqual([]);
    expect(placesOf('promise-in-done', told('下一步将继续走访', '整改中'))).toEqual([]);
    expect(placesOf('promise-in-done', told('下一步将继续走访', '长期坚持'))).toEqual([]);
  });

  it('are read in the measure where there is no progress', () => {
    expect(placesOf('promise-in-done', ledgerWith(columns, '1|甲||将于9月底前退回||已完成'))).toEqual([
      'warning 整改台账!D2',
    ]);
  });

  it('are found in rows that leave 整改结果 to the finding’s first row', () => {
    expect(placesOf('promise-in-done', ledgerWith(columns, '1|甲||措施|已退回|已完成', '|||措施|将继续推进|'))).toEqual(
      ['warning 整改台账!E3'],
    );
  });
});

describe('effort without a result', () => {
  it.each([
    ['已向财政部门递交报告，努力争取资金', '递交报告、努力争取'],
    ['已三次向市领导汇报有关情况', '汇报'],
    ['与主管部门沟通协调', '沟通、协调'],
  ])('%s', (text, words) => {
    expect(reports('effort-only', told(text)).map(one => one.found)).toEqual([words]);
  });

  it.each([
    ['a result beside it', told('已递交报告，资金已到账')],
    ['a finding that nobody reported', told('已向市委汇报3次', '已完成', '重大事项未及时请示报告')],
    ['what is not done', told('正在向编办汇报', '整改中')],
    [
      'another measure of the finding with a result',
      ledgerWith(columns, '1|甲||措施|已向市领导汇报|已完成', '|||措施|印发管理办法|已完成'),
    ],
  ])('%s', (_why, source) => {
    expect(placesOf('effort-only', source)).toEqual([]);
  });

  it('is judged sub-finding by sub-finding', () => {
    const source = ledgerWith(
      columns,
      '1|甲|编制未理顺|措施|已向编办汇报|已完成',
      '||制度不健全|措施|印发管理办法|已完成',
    );
    expect(placesOf('effort-only', source)).toEqual(['warning 整改台账!E2']);
  });
});

describe('nothing to verify', () => {
  const check = 'nothing-verifiable';

  it('is said once of all findings that name nothing', () => {
    const source = ledgerWith(columns, '1|甲||措施|提高认识，取得成效|已完成', '2|乙||措施|加强领导，改进作风|已完成');
    expect(reports(check, source).map(one => one.count)).toEqual([2]);
  });

  it.each([['开展走访三次'], ['走访32户'], ['印发考勤制度'], ['学习《条例》'], ['9月完成整改'], ['签订承诺书']])(
    '%s can be looked up',
    text => {
      expect(placesOf(check, told(text))).toEqual([]);
    },
  );

  it('is not said where evidence or a register stands behind it', () => {
    expect(placesOf(check, ledgerWith(`${columns}|佐证材料`, '1|甲||措施|改进作风|已完成|照片.jpg'))).toEqual([]);
    expect(
      placesOf(check, `${told('改进作风')}\n## 谈话与处理\n| 问题序号 | 形式 | 人次 |\n| 1 | 提醒谈话 | 3 |`),
    ).toEqual([]);
  });
});

describe('a progress that repeats the measure', () => {
  const pair = (measure: string, progress: string, result = '已完成') =>
    ledgerWith(columns, `1|甲||${measure}|${progress}|${result}`);

  it('is seen through 已, 了 and punctuation', () => {
    expect(placesOf('result-repeats-measure', pair('一是修订完善考勤制度；', '已修订完善了考勤制度。'))).toEqual([
      'warning 整改台账!E2',
    ]);
  });

  it.each([
    ['with a date', pair('9月20日前修订考勤制度并印发', '9月20日前修订考勤制度并印发')],
    ['short', pair('修订制度', '修订制度')],
    ['with more than the plan', pair('修订完善考勤制度', '修订完善考勤制度并组织培训2次')],
    ['not done', pair('修订完善考勤制度', '修订完善考勤制度', '整改中')],
  ])('%s is fine', (_why, source) => {
    expect(placesOf('result-repeats-measure', source)).toEqual([]);
  });
});

it('a text that is merged over several rows is spoken of once', () => {
  const source = ledgerWith(columns, '1|甲|子一|措施|力争早日见效|已完成', '||子二|措施|^|已完成');
  expect(reports('promise-in-done', source).map(one => one.count)).toEqual([1]);
});
