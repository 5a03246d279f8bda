import { describe, expect, it } from 'vitest';
import { yuan } from '../../src/model/money.js';
import { noticeContent, noticeLines } from '../../src/notice/write/index.js';
import { listed, moneyWords, sentence } from '../../src/notice/write/words.js';
import { examined } from '../support/workbook.js';
import { soundLedger } from './support/sample.js';

const lines = (edition: 'public' | 'internal', workbook = soundLedger) =>
  noticeLines(noticeContent(examined(workbook), edition));

describe('the public edition', () => {
  it('prints what is 社会公开, numbered through, and says how many of how many', () => {
    expect(lines('public')).toEqual([
      '甲市乙局党组',
      '关于巡察整改进展情况的通报',
      '2023年3月15日至6月15日，巡察组对甲市乙局党组开展了巡察。2023年7月28日，巡察组反馈了巡察意见。按照党务公开原则和有关要求，现将整改进展情况通报如下。',
      '一、组织整改落实情况',
      '（一）专题研究部署。2023年8月5日，召开党组会，研究巡察反馈意见。2023年8月25日，召开推进会。2023年9月25日，召开推进会，调度资金清退。',
      '（二）制定整改方案。2023年8月20日，印发整改方案（乙党组〔2023〕12号）。逐项制定整改措施3条。',
      '（三）加强调度推进。召开推进会2次，研究解决实际问题6个。',
      '（四）健全制度、严肃问责。建立完善制度1项。开展提醒谈话5人次。',
      '截至2023年10月30日，巡察反馈问题4个，本通报公开2个。公开的问题中，已完成1个，正在整改1个，完成率50%。公开的问题涉及应追缴资金1200.50元，已追缴200.25元，尚未追缴1000.25元。',
      '二、已完成的整改事项',
      '（一）聚焦政治建设方面',
      '1.理论学习不深入。一是学习计划没有落实。二是研讨不多。',
      '整改进展情况：一是制定年度学习计划。二是组织专题研讨4次；每次形成记录。',
      '整改结果：已完成。',
      '三、尚未完成的整改事项',
      '（一）聚焦群众身边问题方面',
      '2.违规发放补贴。',
      '整改措施：清退违规补贴。',
      '整改进展情况：2023年9月18日已收回首批款项，应追缴资金1200.50元，已追缴200.25元，尚未追缴1000.25元。',
      '整改结果：整改中。',
      '四、下一步工作安排',
      '（一）抓好尚未完成的整改事项。“违规发放补贴”问题，尚未追缴1000.25元，未完成的原因是部分人员已调离。整改时限为2023年12月31日，继续抓好整改。',
      '（二）巩固整改成果。对已完成的整改事项适时回看，防止问题反弹。',
    ]);
  });

  it('says nothing of what is not public: no words, no money, no rule, no talk of it, and no person', () => {
    const text = lines('public').join('\n');
    for (const kept of ['公车', '个人事项', '300', '诫勉', '张某', '李某', '王某', '赵某', '办公室', '计财股'])
      expect(text).not.toContain(kept);
  });

  it('leaves out what happened after 统计截止日期', () => {
    expect(lines('public').join('')).not.toContain('统计截止以后');
  });

  it('prints of a finding that is public in part only its public rows, with their own money', () => {
    const partly = soundLedger.replace(
      '| | | | | 组织专题研讨4次；每次形成记录 | 2023-09-12 | | | | | | 已完成 | 2023-09-20 | | | 第1盒 | | |',
      '| | | | | 组织专题研讨4次；每次形成记录 | 2023-09-12 | | | | | | 已完成 | 2023-09-20 | 500 | 500 | 第1盒 | 不公开 | |',
    );
    const text = lines('public', partly).join('\n');
    expect(text).toContain('整改进展情况：制定年度学习计划。\n');
    expect(text).not.toContain('500');
    expect(text).not.toContain('专题研讨');
  });
});

describe('the internal edition', () => {
  it('has 党内通报, too', () => {
    const text = lines('internal').join('\n');
    expect(text).toContain('巡察反馈问题4个，本次党内通报3个。通报的问题中，已完成2个，正在整改1个，完成率66.67%。');
    expect(text).toContain('2.公车管理不规范。\n整改进展情况：修订公车管理办法，应追缴资金300元，已追缴300元。');
    expect(text).toContain('建立完善制度2项。');
    expect(text).not.toContain('个人事项');
    expect(text).not.toContain('党务公开');
  });
});

describe('what the ledger does not say is not said', () => {
  it('facts', () => {
    const bare = soundLedger.replace(/## 基本信息[\s\S]*?## 整改台账/, '## 整改台账');
    const text = lines('public', bare);
    expect(text[0]).toBe('（单位名称）');
    expect(text[2]).toBe('按照党务公开原则和有关要求，现将整改进展情况通报如下。');
    expect(text.join('')).not.toMatch(/undefined|NaN|null/);
  });

  it('registers', () => {
    const bare = soundLedger.slice(0, soundLedger.indexOf('## 制度清单'));
    const text = lines('public', bare).join('\n');
    expect(text).toContain('一、组织整改落实情况\n2023年8月20日，印发整改方案');
    expect(text).not.toMatch(/召开|建立完善|谈话|制定整改方案。/);
  });

  it('focus areas', () => {
    const text = lines(
      'public',
      `## 整改台账
       | 序号 | 反馈问题 | 整改措施 | 整改结果 | 公开范围 |
       | 1 | 学习不深入 | 每月学习 | 已完成 | 社会公开 |`,
    );
    expect(text.slice(text.indexOf('二、已完成的整改事项'))).toEqual([
      '二、已完成的整改事项',
      '1.学习不深入。',
      '整改进展情况：每月学习。',
      '整改结果：已完成。',
      '三、下一步工作安排',
      '对已完成的整改事项适时回看，防止问题反弹。',
    ]);
  });

  it('prints no figure over money that could not be read', () => {
    const text = lines('public', soundLedger.replace('1200.50 | 200.25', '若干 | 200.25')).join('\n');
    expect(text).not.toContain('应追缴资金');
    expect(text).not.toContain('尚未追缴');
  });
});

describe('sentences', () => {
  it.each([
    ['制定计划', '制定计划。'],
    ['制定计划。', '制定计划。'],
    ['制定计划；', '制定计划。'],
    ['行不行？', '行不行？'],
    [' 制定\n计划 ', '制定计划。'],
    ['', ''],
  ])('%j', (written, wanted) => expect(sentence(written)).toBe(wanted));

  it('marks several statements; one of several sentences is one sentence', () => {
    expect(listed([])).toBe('');
    expect(listed(['学习'])).toBe('学习。');
    expect(listed(['学习。讨论；记录'])).toBe('学习，讨论，记录。');
    expect(listed(['学习“规定。”的要求'])).toBe('学习“规定。”的要求。');
    // What asks or exclaims cannot be joined by commas.
    expect(listed(['学了没有？学了'])).toBe('一是学了没有？学了。');
    expect(listed(['学习', '讨论'])).toBe('一是学习。二是讨论。');
  });

  it('prints money in 元 with every digit', () => {
    const money = (due: string, recovered: string, outstanding: string) =>
      moneyWords({ due: yuan(due), recovered: yuan(recovered), outstanding: yuan(outstanding), reduced: undefined });
    expect(money('11733000', '6700000', '5033000')).toBe('应追缴资金11733000元，已追缴6700000元，尚未追缴5033000元');
    expect(money('521992.5', '521992.5', '0')).toBe('应追缴资金521992.50元，已追缴521992.50元');
    expect(moneyWords({ due: undefined, recovered: yuan('3'), outstanding: undefined, reduced: undefined })).toBe(
      '已追缴资金3元',
    );
    expect(moneyWords({ due: undefined, recovered: undefined, outstanding: undefined, reduced: undefined })).toBe('');
  });
});
