import { describe, expect, it } from 'vitest';
import { lintNotice } from '../../src/notice/lint/index.js';
import { brief, linted, lintingOf, sourceOf } from './linted.js';

/** A sound notice of four finished findings and an open one. */
const sound = `中共甲市乙局党组关于巡察整改进展情况的通报
2023年3月15日至6月15日，市委第二巡察组对市乙局党组开展了巡察。7月28日反馈了巡察意见。
一、组织整改落实情况
截至2023年12月30日，反馈问题5个，已完成4个，正在推进1个，完成率80%。追缴资金24.5万元，其中：违规发放补贴8.3万元，多收培训费16.2万元。提醒谈话5人次，给予党纪政务处分2人。
二、集中整改期内已完成的整改事项（4项）
1.学习不系统。
整改情况：一是9月12日修订学习制度，集中学习6次。二是对2名干部进行提醒谈话2人次。
整改结果：已完成。
2.违规发放补贴。
整改情况：一是10月8日追缴违规发放补贴8.3万元。二是对3名责任人开展提醒谈话3人次。
整改结果：已完成。
3.违规收费。
整改情况：一是10月20日清退多收培训费16.2万元。二是对负有责任的5名人员分别给予党纪政务处分和组织处理。
整改结果：已完成。
4.租金收取不及时。
整改情况：拖欠两年的门面租金2760元于9月28日全部收取入账，合同重新签订。
整改结果：已完成。
三、正在推进的整改事项（1项）
5.办公用房未腾退。
整改情况：应腾退面积200平方米，已腾退150平方米，其余正在办理。
整改结果：正在整改。
四、下一步工作安排
联系电话：0000-1234567
中共甲市乙局党组
2024年1月5日`;

function said(...changes: readonly (readonly [string, string])[]) {
  let words = sound;
  for (const [from, to] of changes) {
    expect(words).toContain(from);
    words = words.replace(from, () => to);
  }
  return linted(sourceOf(words));
}

describe('what is right is not reported', () => {
  it('talks with persons, counted as persons and as times; sanctions of several kinds in one count; a debt that came in', () => {
    expect(said().map(one => one.diagnostic.message.zh)).toEqual([]);
  });

  it('what the office itself owed and paid, with a day that is over', () => {
    const paid = (day: string) =>
      said(['拖欠两年的门面租金2760元于9月28日全部收取入账', `${day}底前将拖欠的补贴312.6万元全部发放到户`]);
    expect(brief(paid('2023年10月'))).toEqual([]);
    expect(brief(paid('2024年2月'))).toContainEqual(['warning', 'promise-in-done', 16]);
  });

  it('more talks in the text than in the headline is', () => {
    expect(brief(said(['提醒谈话3人次', '提醒谈话4人次']))).toEqual([['error', 'claim-mismatch', 4]]);
  });

  it('a debt of which the text says that it is still owed is', () => {
    expect(brief(said(['拖欠两年的门面租金2760元于9月28日全部收取入账', '门面租金尚欠2760元']))).toContainEqual([
      'error',
      'done-money-outstanding',
      17,
    ]);
  });
});

describe('one cause is said once', () => {
  it('the only dated measure is too old, and the finding is done on it', () => {
    const remarks = said(['9月12日修订', '2022年9月12日修订']);
    expect(brief(remarks)).toEqual([['warning', 'measure-before-inspection', 7]]);
    expect(remarks[0]?.diagnostic.message.zh).toContain('写的是已完成，却没有注明日期在反馈以后的措施');
  });

  it('several old measures are summed up as well', () => {
    const remarks = said(['9月12日修订', '2022年9月12日修订'], ['二是对2名', '二是2022年10月8日对2名']);
    expect(brief(remarks).map(([, check]) => check)).toContain('done-on-old-measures');
  });

  it('one counted as done that is told as open', () => {
    const remarks = said(
      ['已完成4个，正在推进1个，完成率80%', '已完成5个，完成率100%'],
      ['（4项）', ''],
      ['（1项）', ''],
    );
    expect(brief(remarks).filter(([, check]) => check === 'claim-mismatch')).toHaveLength(1);
    const moved = said([
      '反馈问题5个，已完成4个，正在推进1个，完成率80%',
      '反馈问题5个，已完成3个，正在推进2个，完成率60%',
    ]);
    expect(brief(moved)).toEqual([['error', 'claim-mismatch', 4]]);
    expect(moved[0]?.diagnostic.message.zh).toBe(
      '“整改到位数”写3，文中是4；“整改中数”写2，文中是1：有1个问题的结果，这里和正文写得不一样',
    );
  });

  it('a finding that is missing, in the total, among the finished ones and in the heading', () => {
    const inTotal = said([
      '反馈问题5个，已完成4个，正在推进1个，完成率80%',
      '反馈问题6个，已完成5个，正在推进1个，完成率83.33%',
    ]);
    expect(brief(inTotal)).toEqual([['error', 'claim-mismatch', 4]]);
    expect(inTotal[0]?.diagnostic.message.zh).toMatch(/“反馈问题总数”写6.*“整改到位数”写5、文中是4，是同一个原因/u);
    const inHeading = said(
      ['反馈问题5个，已完成4个，正在推进1个，完成率80%', '反馈问题6个，已完成5个，正在推进1个，完成率83.33%'],
      ['（4项）', '（5项）'],
    );
    expect(brief(inHeading)).toEqual([['error', 'claim-mismatch', 5]]);
    expect(inHeading[0]?.diagnostic.message.zh).toMatch(/标题写5个.*第4行“反馈问题总数”写6.*第4行“整改到位数”写5/u);
  });

  it('a result that its heading contradicts, and the figures that count by the heading', () => {
    const remarks = said(['重新签订。\n整改结果：已完成', '重新签订。\n整改结果：正在整改']);
    expect(brief(remarks)).toEqual([['error', 'status-conflict', 17]]);
  });

  it('but two figures that are wrong each for itself are two', () => {
    const remarks = said(['反馈问题5个，已完成4个，正在推进1个，完成率80%', '反馈问题7个，已完成5个，正在推进1个']);
    expect(brief(remarks).filter(([, check]) => check === 'claim-mismatch').length).toBeGreaterThan(1);
  });

  it('and what a config switches off takes nothing else with it', () => {
    const words = sound.replace('9月12日修订', '2022年9月12日修订');
    const levels = { 'measure-before-inspection': 'off' } as const;
    const checks = lintNotice({ ...lintingOf(sourceOf(words)), levels }).map(one => one.diagnostic.check);
    expect(checks).toContain('done-on-old-measures');
    expect(checks).not.toContain('measure-before-inspection');
  });
});

describe('what is said helps', () => {
  it('a total that differs from its parts: the part that the text tells otherwise, not guesses at digits', () => {
    const [remark] = said(['多收培训费16.2万元。', '多收培训费15.2万元。']);
    expect(remark?.diagnostic.message.zh).toBe(
      '“追缴资金”写24.5万元，分项之和为23.5万元，相差+1万元（8.3＋15.2）。“多收培训费”这里写15.2万元，正文第13行写16.2万元，按正文的数合计正好对上',
    );
  });

  it('words of the text are quoted as they stand', () => {
    const copied = '加强日常巡查，建立问题台账，发现一起处置一起。';
    const remarks = said(
      ['集中学习6次。二是', `集中学习6次。二是${copied}三是`],
      ['违规发放补贴8.3万元。二是', `违规发放补贴8.3万元。二是${copied}三是`],
      ['多收培训费16.2万元。二是', `多收培训费16.2万元。二是${copied}三是`],
    );
    const told = remarks.find(one => one.diagnostic.check === 'copied-measure')?.diagnostic.message.zh;
    expect(told).toContain('建立问题台账');
  });

  it('a deadline is marked where it stands', () => {
    const words = sound.replace(
      '其余正在办理。',
      '其余正在办理。\n责任领导：某某某\n责任部门：办公室\n整改时限：2023年12月10日前',
    );
    const overdue = linted(sourceOf(words)).find(one => one.diagnostic.check === 'overdue');
    expect(overdue?.diagnostic.at.line).toBe(23);
  });

  it('a sum in another unit than in the headline is marked where it stands', () => {
    const [remark, ...others] = said(['多收培训费16.2万元。二是', '多收的培训费16.2元。二是']);
    expect(others).toEqual([]);
    expect(remark?.diagnostic).toMatchObject({ check: 'suspicious-scale', at: { line: 13 } });
    expect(remark?.diagnostic.message.zh).toBe(
      '“多收培训费”这里写16.2元，第4行写16.2万元，正好差一万倍，像是元和万元写错了',
    );
  });

  it('finished findings counted in the part on next steps', () => {
    const steps = (n: number) =>
      said(['四、下一步工作安排\n', `四、下一步工作安排\n对已完成的${n}个问题，适时开展“回头看”。\n`]);
    expect(steps(4)).toEqual([]);
    expect(brief(steps(5))).toEqual([['error', 'claim-mismatch', 23]]);
  });

  it('rule documents that the headline counts and the text does not name are a note', () => {
    const words = sound
      .replace('提醒谈话5人次', '完善制度3项。提醒谈话5人次')
      .replace('修订学习制度', '修订《学习制度》');
    const notes = lintNotice(lintingOf(sourceOf(words))).filter(one => one.diagnostic.message.zh.includes('制度'));
    expect(notes.map(({ diagnostic }) => [diagnostic.level, diagnostic.message.zh])).toEqual([
      ['info', '“制度”写3项，正文里写到名称的有1项，还差2项'],
    ]);
  });

  it('the foot of a page is no result', () => {
    expect(
      said(['重新签订。\n整改结果：已完成。', '重新签订。\n整改结果：\n— 2 —\n已完成。']).map(
        one => one.diagnostic.check,
      ),
    ).not.toContain('unknown-status');
  });

  it('a day without a year is not older than the inspection where nobody says when the feedback was', () => {
    const words = sound.replace('7月28日反馈了巡察意见。', '').replace('9月12日修订', '2月12日修订');
    expect(linted(sourceOf(words)).map(one => one.diagnostic.check)).not.toContain('measure-before-inspection');
    const dated = words.replace('2月12日修订', '2023年2月12日修订');
    expect(linted(sourceOf(dated)).map(one => one.diagnostic.check)).toContain('measure-before-inspection');
  });

  it('a total in 亿元 beside its parts in 万元 is told in 万元', () => {
    const [remark] = said([
      '追缴资金24.5万元，其中：违规发放补贴8.3万元',
      '追缴资金1.24亿元，其中：违规发放补贴8.3万元',
    ]);
    expect(remark?.diagnostic.message.zh).toContain('“追缴资金”写12400万元，分项之和为24.5万元');
  });

  it('persons who may have got both are to be verified, not an error', () => {
    const sanctions = (party: number) =>
      said(
        ['党纪政务处分2人。', `党纪政务处分6人，其中党纪处分${party}人、政务处分3人。`],
        ['给予党纪政务处分和组织处理', '作出处理'],
      );
    expect(brief(sanctions(4))).toEqual([['warning', 'total-mismatch', 4]]);
    expect(brief(sanctions(2))).toEqual([['error', 'total-mismatch', 4]]);
  });

  it('what is left of 应退 and 已退 is owed', () => {
    const owed = said(['拖欠两年的门面租金2760元于9月28日全部收取入账，', '应退押金25.6万元，已退22.4万元，'])
      .map(one => one.diagnostic)
      .find(one => one.check === 'done-money-outstanding');
    expect(owed?.message.zh).toContain('还有32,000.00元没有追缴（应追缴256,000.00元，已追缴224,000.00元）');
  });

  it('open findings counted before they are named', () => {
    const steps = (n: number) =>
      said(['四、下一步工作安排\n', `四、下一步工作安排\n对${n}个正在推进的问题抓紧整改。\n`]);
    expect(steps(1)).toEqual([]);
    expect(brief(steps(3))).toEqual([['error', 'claim-mismatch', 23]]);
  });

  it('the second of two equal numbers is the one that is missing', () => {
    const words = sound.replace('4.租金', '3.租金').replace('三、正在', '三、其他正在');
    const remarks = linted(sourceOf(words)).filter(one => one.diagnostic.check === 'finding-number');
    expect(remarks.map(one => one.diagnostic.message.zh)).toEqual([
      '有两个问题都编了3号（另一个在第12行），后面没有4号：这一个应当是4',
    ]);
  });

  it('results that add up to one too many, because one figure is one too great', () => {
    const remarks = said(['已完成4个，正在推进1个', '已完成4个，正在推进2个'], ['（1项）', '']);
    expect(brief(remarks)).toEqual([['error', 'total-mismatch', 4]]);
    expect(remarks[0]?.diagnostic.message.zh).toMatch(/加起来是6个.*“整改中数”写2、文中是1，是同一个原因/u);
  });

  it('a sum that the text tells under another name is told', () => {
    const words = sound.replace('违规发放补贴8.3万元，多收', '超范围津贴8.3万元，多收');
    const notes = (text: string) =>
      lintNotice(lintingOf(sourceOf(text))).filter(one => one.diagnostic.check === 'untraced-money');
    expect(notes(words)).toEqual([]);
    const untold = words
      .replaceAll('8.3万元', '9.1万元')
      .replace('违规发放补贴9.1万元', '违规发放补贴')
      .replace('24.5', '25.3');
    expect(notes(untold).map(one => one.diagnostic.message.zh)).toEqual(['1项金额共9.1万元，正文没有写到：超范围津贴']);
  });
});
