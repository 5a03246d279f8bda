import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeNotice } from '../../src/notice/decode.js';
import { lintNotice } from '../../src/notice/lint/index.js';
import { readNotice } from '../../src/notice/read-notice.js';
import { lintingOf, sourceOf } from './linted.js';

/** Seconds of processor time: the clock on the wall also counts what else the machine does. */
async function secondsFor(work: () => Promise<unknown>): Promise<number> {
  const from = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1e6;
}

async function read(text: string, name = 'notice.txt') {
  return readNotice(await decodeNotice(Buffer.from(text), name));
}

function longNotice(findings: number): string {
  const head =
    '中共某县某局党组关于巡察整改进展情况的通报\n2023年3月1日至5月31日，县委第一巡察组对某局党组进行了巡察，2023年7月3日反馈意见。\n一、整改进展情况\n';
  const body = Array.from({ length: findings }, (_, index) => {
    const area =
      index % 10 === 0
        ? `（${['一', '二', '三', '四', '五', '六', '七', '八', '九'][(index / 10) % 9]}）聚焦某方面\n`
        : '';
    return `${area}${index + 1}.某项工作落实不到位。一是学习不够。二是检查不严。\n整改进展情况：一是2023年8月${(index % 28) + 1}日召开会议${(index % 9) + 1}次，修订《某项管理办法》。二是追缴违规资金${index + 1}.5万元，其中已上缴3万元。\n整改结果：已完成。\n`;
  });
  return head + body.join('');
}

describe('hard texts', () => {
  it('reads two megabytes in seconds', async () => {
    const text = longNotice(990);
    const long = text + '这是一段很长的说明文字，讲的是学习情况。'.repeat(40_000);
    expect(Buffer.byteLength(long)).toBeGreaterThan(2_000_000);
    const seconds = await secondsFor(async () => {
      const parsed = await read(long);
      expect(parsed.sections.flatMap(section => section.findings)).toHaveLength(990);
    });
    expect(seconds).toBeLessThan(8);
  });

  it('reads thousands of findings whose numbers have run out under one heading', async () => {
    const seconds = await secondsFor(() => read(longNotice(4000)));
    expect(seconds).toBeLessThan(12);
  });

  it('checks a thousand findings in seconds', async () => {
    const source = sourceOf(longNotice(990));
    const seconds = await secondsFor(async () => expect(lintNotice(lintingOf(source)).length).toBeGreaterThan(0));
    expect(seconds).toBeLessThan(12);
  });

  it('says what is wrong with any text made of the pieces of notices, and breaks on none', () => {
    const pieces = fc.constantFrom(
      '一、',
      '（一）',
      '（三）',
      '1.',
      '3.',
      '（1）',
      '①',
      '一是',
      '三是',
      '问题2：',
      '整改情况：',
      '整改结果：',
      '已完成',
      '整改中',
      '已完戍',
      '截至2023年10月30日，',
      '反馈问题13个',
      '已完成11个',
      '其中：',
      '含立行立改20个',
      '完成率200%',
      '本通报公开9个',
      '追缴资金521993.5元',
      '应追缴3万元',
      '尚欠-1元',
      '提醒谈话19人次',
      '制定《',
      '》',
      '（',
      '）',
      '2023年13月',
      '2月30日',
      '学习不深入。',
      '对还没有完成整改的，',
      '13000000000',
      '。',
      '；',
      '\n',
      '\n',
      '\n',
      '\u202e',
      '\ud800',
      '\t',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 80 }), list => {
        const source = sourceOf(`关于巡察整改情况的通报\n一、整改情况\n1.学习不系统。\n整改情况：${list.join('')}`);
        for (const { diagnostic, from, length } of lintNotice(lintingOf(source))) {
          expect(diagnostic.check).not.toBe('internal');
          const line = source.lines[(diagnostic.at.line ?? 0) - 1]?.text ?? '';
          expect(from + length).toBeLessThanOrEqual(line.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['one endless line', '一是整改'.repeat(200_000)],
    ['nothing but opening quotes', '关于“《（'.repeat(200_000)],
    ['nothing but digits', `通报${'1'.repeat(500_000)}`],
    ['nothing but dates', '2023年1月1日'.repeat(60_000)],
    [
      'deep numbering',
      Array.from({ length: 3000 }, (_, index) => `${'1.'.repeat(1)}${'（1）'.repeat(index % 9)}问题不到位`).join('\n'),
    ],
    [
      'every marker in turn',
      ['第一部分 甲', '一、乙', '（一）丙', '1.丁', '1.1 戊', '（1）己', '①庚', 'a.辛', '问题1：壬']
        .join('\n')
        .concat('\n')
        .repeat(2000),
    ],
    [
      'thousands of parts of one finding',
      `某局党组关于巡察整改情况的通报\n一、党建方面\n1.学习不深入\n${Array.from({ length: 4000 }, (_, at) => `（${(at % 90) + 1}）关于计划不细的问题。一是制定计划。`).join('\n')}`,
    ],
    [
      'one request again and again',
      `某局党组关于巡察整改情况的通报\n1.学习不深入\n2.管理不严\n3.作风不实\n${'整改要求：\n1.提高认识。\n'.repeat(6000)}`,
    ],
    [
      'lines broken at the edge of a page',
      `某局党组关于巡察整改情况的通报\n${'　　整改情况：一是建立巡查机制并且每周开展检查一次发现\n问题立即整改到位确保各项工作落到实处。\n'.repeat(6000)}`,
    ],
    ['deeply nested tags', `<div>${'<div>'.repeat(20_000)}问题整改情况通报${'</div>'.repeat(20_000)}</div>`],
  ])('answers %s in seconds', async (name, text) => {
    const seconds = await secondsFor(() => read(text, name.endsWith('tags') ? 'notice.html' : 'notice.txt'));
    expect(seconds).toBeLessThan(8);
  });

  it('never fails on anything made of the words of notices, and drops no finding text', async () => {
    const word = fc.constantFrom(
      '一、',
      '（一）',
      '1.',
      '（1）',
      '①',
      '一是',
      '二是',
      '整改情况：',
      '整改结果：',
      '已完成',
      '问题1：',
      '《办法》',
      '“两中心”',
      '不到位',
      '。',
      '；',
      '\n',
      '\n',
      '召开会议3次',
      '追缴5万元',
      '2023年7月',
      '下一步',
      '聚焦党建方面',
      '\t',
      '（',
      '）',
      '《',
      '关于',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 60 }), async words => {
        const text = `关于巡察整改情况的通报\n${words.join('')}`;
        const parsed = await read(text);
        const lines = text.split('\n').length;
        for (const finding of parsed.sections.flatMap(section => section.findings)) {
          expect(finding.line).toBeLessThanOrEqual(lines);
          for (const measure of finding.measures) expect(measure.text.trim()).not.toBe('');
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('what a marker is not', () => {
  it('leaves slogans, titles and figures alone', async () => {
    const parsed = await read(`某局党组关于巡察整改情况的通报
一、整改情况
1.“一是一、二是二”的作风不牢。
整改情况：一是学习《一是》一书。二是落实“一、二、三”工作法和“1+2”机制。三是投入1.5万元，其中（1）类0.5万元。
整改结果：已完成。
2.“两中心”建设不快。
整改情况：统一是非标准，建成3.0版本平台。
整改结果：已完成。`);
    expect(parsed.sections.flatMap(section => section.findings).map(finding => finding.measures.length)).toEqual([
      3, 1,
    ]);
  });
});
