import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeNotice } from '../../src/notice/decode.js';
import { lintNotice } from '../../src/notice/lint/index.js';
import { corpus } from './corpus.js';
import { brief, linted, lintingOf, marked, sourceOf } from './linted.js';
import { planted } from './planted.js';

/** A notice with nothing wrong in it, in which every kind of figure occurs. */
const sound = `中共甲市乙局党组关于巡察整改进展情况的通报
2023年3月15日至6月15日，市委第二巡察组对市乙局党组开展了巡察。7月28日反馈了巡察意见。
一、组织整改落实情况
局党组召开专题会议3次，制定整改措施12条。
截至2023年12月30日，反馈问题6个，已完成4个，正在推进1个，长期坚持1个，完成率66.67%。追缴违规资金12.5万元，其中：补贴8.3万元，差旅费4.2万元。制定制度3项，含修订1项。
二、已完成的整改事项
（一）聚焦党的领导方面
1.学习不系统。一是计划不细。二是记录不全。
整改进展情况：一是制定学习计划，集中学习6次。二是补齐记录12份。
整改结果：已完成。
2.违规发放补贴。
整改进展情况：一是2023年9月12日，追缴补贴8.3万元。二是修订《津贴补贴管理办法》。
整改结果：已完成。
（二）聚焦作风建设方面
3.差旅报销不规范。一是标准不清。二是审核不严。
整改进展情况：一是出台《差旅费管理办法》。二是追缴差旅费4.2万元。
整改结果：已完成。
4.督办不经常。
整改进展情况：一是建立督办清单。二是每月通报1次，已通报4次。
整改结果：已完成。
三、尚未完成和需要长期坚持的整改事项
（一）聚焦作风建设方面
5.办公用房未腾退。
整改进展情况：应腾退面积200平方米，已腾退150平方米，其余正在办理。
整改结果：正在整改。
6.服务意识不强。
整改进展情况：一是设立服务窗口3个。二是回访群众85人次。
整改结果：长期坚持。
四、下一步工作安排
（一）继续抓好未完成事项。对尚未完成的整改事项，倒排工期。
（二）巩固整改成果。健全长效机制。
联系电话：0000-1234567
中共甲市乙局党组
2024年1月5日`;

function broken(changes: readonly (readonly [string, string])[]) {
  let text = sound;
  for (const [from, to] of changes) {
    expect(text).toContain(from);
    text = text.replace(from, () => to);
  }
  return sourceOf(text);
}

describe('what is right is not reported', () => {
  it('in a notice with nothing wrong', () => {
    expect(linted(sourceOf(sound)).map(one => one.diagnostic.message.zh)).toEqual([]);
  });

  it.each(corpus())('in $name: $expected.manner', async ({ expected, decode }) => {
    expect(brief(linted(await decode()))).toEqual(expected.lint ?? []);
  });

  it('in two thirds of the corpus there is nothing at all to object to', () => {
    const all = corpus();
    expect(all.filter(one => one.expected.lint === undefined).length * 3).toBeGreaterThan(all.length * 2);
  });

  it('in the ways in which one thing can be said', () => {
    for (const changes of [
      [['反馈问题6个，已完成4个，正在推进1个，长期坚持1个', '反馈问题6个，已完成4个，未完成2个']],
      [['反馈问题6个，已完成4个', '共反馈2个方面6个问题，已完成4个']],
      [['6.服务意识不强。\n', '6.服务意识不强。（巡察期间立行立改）\n']],
      [['对尚未完成的整改事项，倒排工期', '对5号问题倒排工期']],
      [['制定制度3项，含修订1项', '制定制度9项']],
      [['联系电话：0000-1234567', '联系电话：0000-1234567，邮箱：office@city.gov.example']],
      [
        [
          '追缴违规资金12.5万元，其中：补贴8.3万元，差旅费4.2万元',
          '追缴违规资金125000元，其中：补贴8.3万元，差旅费42000元',
        ],
      ],
      [['2024年1月5日', '2023年12月30日']],
    ] satisfies [string, string][][]) {
      expect(
        linted(broken(changes)).map(one => one.diagnostic.message.zh),
        JSON.stringify(changes),
      ).toEqual([]);
    }
  });
});

describe('what is wrong is reported at its place', () => {
  it.each([
    [
      'a total that is not the sum of its parts',
      [['差旅费4.2万元。制定', '差旅费4.3万元。制定']],
      'total-mismatch',
      5,
      '追缴违规资金12.5万元',
    ],
    ['results that do not add up', [['正在推进1个', '正在推进3个']], 'total-mismatch', 5, '反馈问题6个'],
    ['a rate that does not follow', [['完成率66.67%', '完成率66.76%']], 'rate-mismatch', 5, '66.76%'],
    ['more included than there is', [['含修订1项', '含修订4项']], 'nested-count', 5, '含修订4项'],
    [
      'findings counted and not listed',
      [
        ['反馈问题6个', '反馈问题7个'],
        ['已完成4个', '已完成5个'],
        ['66.67', '71.43'],
      ],
      'claim-mismatch',
      5,
      '反馈问题7个',
    ],
    [
      'a missing number',
      [
        ['4.督办', '5.督办'],
        ['5.办公', '6.办公'],
        ['6.服务', '7.服务'],
      ],
      'finding-number',
      18,
      '督办不经常',
    ],
    [
      'numbers out of order',
      [
        ['3.差旅', '4.差旅'],
        ['4.督办', '3.督办'],
      ],
      'finding-number',
      18,
      '3',
    ],
    ['a missing part', [['四、下一步', '五、下一步']], 'section-number', 29, '五、'],
    [
      'a missing focus area',
      [['（二）聚焦作风建设方面\n3', '（三）聚焦作风建设方面\n3']],
      'section-number',
      14,
      '（三）',
    ],
    ['a repeated heading number', [['（二）巩固', '（一）巩固']], 'section-number', 31, '（一）'],
    ['a lost item', [['一是计划不细。二是记录不全', '一是计划不细。三是记录不全']], 'marker-gap', 8, '三是记录不全。'],
    [
      'a result that its heading contradicts',
      [['已通报4次。\n整改结果：已完成', '已通报4次。\n整改结果：整改中']],
      'status-conflict',
      20,
      '整改中',
    ],
    [
      'a result that is no word for one',
      [['85人次。\n整改结果：长期坚持', '85人次。\n整改结果：长期坚挺']],
      'unknown-status',
      28,
      '长期坚挺',
    ],
    ['a promise among what is done', [['已通报4次', '确保年底前整改到位']], 'promise-in-done', 19, '确保'],
    [
      'money owed under what is done',
      [['追缴补贴8.3万元。二是', '应追缴补贴10万元，已追缴8.3万元，尚有1.7万元未追缴。二是']],
      'done-money-outstanding',
      13,
      '已完成',
    ],
    [
      'a rest that does not follow',
      [['应腾退面积200平方米，已腾退150平方米，其余正在办理', '应追缴20万元，已追缴12万元，尚欠9万元']],
      'total-mismatch',
      24,
      '9万元',
    ],
    [
      'a measure older than the inspection',
      [['2023年9月12日，追缴', '2022年9月12日，追缴']],
      'measure-before-inspection',
      12,
      '2022年9月12日',
    ],
    ['a day that there is not', [['2023年9月12日，追缴', '2023年9月31日，追缴']], 'assumed-date', 12, '9月31日'],
    ['a signature before the as-of date', [['2024年1月5日', '2023年12月5日']], 'date-order', 34, '2023年12月5日'],
    ['a private mobile number', [['0000-1234567', '13000000000']], 'private-data', 32, '13000000000'],
    ['two totals of findings', [['7月28日反馈了巡察意见', '7月28日反馈了7个问题']], 'claim-conflict', 5, '反馈问题6个'],
    [
      'unfinished ones that are nowhere',
      [
        ['三、尚未完成和需要长期坚持的整改事项', '三、其他事项'],
        ['正在整改。', '已完成。'],
        ['长期坚持。\n四', '已完成。\n四'],
        ['已完成4个，正在推进1个，长期坚持1个，完成率66.67%', '已完成6个，完成率100%'],
      ],
      'unfinished-nowhere',
      30,
      '未完成事项',
    ],
  ] satisfies [string, [string, string][], string, number, string][])('%s', (_, changes, check, line, words) => {
    const source = broken(changes);
    const found = linted(source).filter(one => one.diagnostic.check === check);
    expect(found.map(one => [one.diagnostic.at.line, marked(source, one)])).toContainEqual([line, words]);
  });

  it.each(planted)('and nothing else in $notice', async ({ notice, changes, objections }) => {
    const one = corpus().find(({ name }) => name === notice);
    const text = changes.reduce((changed, [from, to]) => {
      expect(changed).toContain(from);
      return changed.replace(from, () => to);
    }, one?.text() ?? '');
    const source = await decodeNotice(Buffer.from(text), notice);
    expect(brief(linted(source))).toEqual(objections);
  });

  it('once, not once for each way in which it can be found', () => {
    const cases: readonly [[string, string][], number][] = [
      [[['差旅费4.2万元。制定', '差旅费4.3万元。制定']], 1],
      [[['四、下一步', '五、下一步']], 1],
      [[['0000-1234567', '13000000000']], 1],
      [[['含修订1项', '含修订4项']], 1],
    ];
    for (const [changes, count] of cases) expect(brief(linted(broken(changes)))).toHaveLength(count);
  });

  it('in words for a text, not for a workbook', () => {
    const all = corpus().filter(one => one.expected.lint !== undefined);
    expect(all.length).toBeGreaterThan(5);
    return Promise.all(
      all.map(async one => {
        for (const { diagnostic } of lintNotice(lintingOf(await one.decode()))) {
          expect(
            `${diagnostic.message.zh}${diagnostic.remedy.zh}`.replaceAll('台账.xlsx', '').replace('有台账的', ''),
          ).not.toMatch(/台账(?!》)|单元格|追缴资金里|通报数据|“口径”|基本信息/);
          expect(diagnostic.at.line).toBeGreaterThan(0);
          expect(diagnostic.also.every(place => place.line !== undefined)).toBe(true);
        }
      }),
    );
  });
});

it('keeps a level that the config sets, and what it switches off', () => {
  const source = broken([['完成率66.67%', '完成率66.76%']]);
  const levels = { 'rate-mismatch': 'info', 'claim-untraceable': 'off' } as const;
  const remarks = lintNotice({ ...lintingOf(source), levels });
  expect(remarks.find(one => one.diagnostic.check === 'rate-mismatch')?.diagnostic.level).toBe('info');
  expect(remarks.some(one => one.diagnostic.check === 'claim-untraceable')).toBe(false);
});

/** A real notice that lies beside the project on its authors' machine; its text is not part of the project. */
const example = new URL('../../../shared/notice-example.txt', import.meta.url);

describe.runIf(existsSync(example))('a real notice', () => {
  it('is reported for what a careful reader finds, and for nothing that is right', async () => {
    const source = await decodeNotice(readFileSync(example), 'notice-example.txt');
    const all = lintNotice(lintingOf(source));
    const checks = new Set(all.map(one => one.diagnostic.check));
    for (const check of [
      'total-mismatch',
      'claim-mismatch',
      'claim-missing',
      'claim-untraceable',
      'finding-number',
      'section-number',
      'done-money-outstanding',
      'due-counted-as-recovered',
      'untraced-money',
      'unreported-outstanding',
      'unfinished-nowhere',
      'measure-before-inspection',
      'measure-before-feedback',
      'done-on-old-measures',
      'done-not-delivered',
      'fewer-measures',
      'effort-only',
      'promise-in-done',
      'period-missing',
      'private-data',
    ])
      expect(checks, check).toContain(check);
    const total = all.find(one => one.diagnostic.check === 'total-mismatch')?.diagnostic;
    expect(total?.message.zh).toContain('521,993.50元，分项之和为521,992.50元，相差+1.00元');
    // 8 rule documents are stated and named, and 1173.3 − 670 = 503.3.
    expect(all.filter(one => /制度”写|503\.3.*算出来/.test(one.diagnostic.message.zh))).toEqual([]);
    expect(all.filter(one => one.diagnostic.check === 'total-mismatch')).toHaveLength(1);
  });
});
