import { formatDayZh } from '../model/day.js';
import { text } from '../model/text.js';
import { type Check, cellPlace, type Examining, type Found, findingName } from './check.js';
import { findingDates, isImmediate, registerDates, spanText, surelyBefore } from './dated.js';

export const doneOnOldMeasures: Check = {
  id: 'done-on-old-measures',
  level: 'warning',
  title: text('靠反馈以前的工作算完成', 'Done on old measures'),
  about: text(
    '已完成的问题，写了日期的措施至少有一条在反馈之后；巡察期间立行立改的也算。',
    'Of the dated measures of a finished finding at least one lies after the feedback; 立行立改 during the inspection counts.',
  ),
  why: text(
    '反馈之后什么都没做，却写已完成，等于没有整改。',
    'When everything dated is older than the feedback, nothing was rectified.',
  ),
  remedy: text(
    '补写反馈之后做了什么、什么时候做的；确实没有新措施的，结果改为“整改中”',
    'say what was done after the feedback and when; if nothing was, the result is 整改中',
  ),
  example: `
    ## 基本信息
    | 项目 | 内容 |
    | 巡察开始 | 2023-03-15 |
    | 反馈日期 | 2023-07-28 |
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 措施日期 | 整改结果 |
    | 1 | 推广不够 | 纳入考核内容 | 2020-12-01 | «已完成» |
    | | | 下发推广通知 | 2022-10-07 | 已完成 |
    --- 正常
    ## 基本信息
    | 项目 | 内容 |
    | 巡察开始 | 2023-03-15 |
    | 反馈日期 | 2023-07-28 |
    ## 整改台账
    | 序号 | 反馈问题 | 整改类型 | 整改措施 | 措施日期 | 整改结果 |
    | 1 | 推广不够 | | 纳入考核内容 | 2022-10-07 | 已完成 |
    | | | | 9月26日重新下发通知 | | 已完成 |
    | 2 | 门牌破损 | 立行立改 | 更换门牌 | 2023-05-10 | 已完成 |`,
  run: onOld,
};

function* onOld(examining: Examining): Iterable<Found> {
  const { ledger, states } = examining;
  const { feedback, inspectionFrom } = ledger.facts.values;
  if (feedback === undefined) return;
  const registered = registerDates(examining);
  for (const { finding, status } of states) {
    if (status !== 'done' || finding.rows.some(row => row.bad.has('measureDate') || row.bad.has('progress'))) continue;
    const { measures } = findingDates(finding, examining);
    const spans = [...measures, ...(registered.get(finding.number ?? finding.index + 1) ?? [])];
    if (spans.length === 0 || !spans.every(span => surelyBefore(span, feedback.from))) continue;
    const began = inspectionFrom?.from;
    const atOnce = finding.rows.some(isImmediate);
    if (atOnce && began !== undefined && spans.some(span => span.to >= began)) continue;
    const newest = spans.reduce((latest, span) => (span.to > latest.to ? span : latest));
    const name = findingName(finding);
    yield {
      message: text(
        `${name.zh}写的是已完成，但注明日期的措施都在反馈（${formatDayZh(feedback.from)}）以前，最近的是${spanText(newest)}`,
        `${name.en} is marked done, but all its dated measures are older than the feedback (${feedback.from}); the latest is ${spanText(newest)}`,
      ),
      at: cellPlace(ledger, finding.first, 'result'),
      finding,
      found: spanText(newest),
      object: finding.label,
    };
  }
}
