import { formatDayZh } from '../model/day.js';
import { text } from '../model/text.js';
import type { Check, Examining, Found } from './check.js';
import { findingDates, mayLieWithin, registerDates } from './dated.js';
import { aboutFindings, labelsOf, labelsOfEn } from './places.js';

export const doneUndated: Check = {
  id: 'done-undated',
  level: 'warning',
  title: text('已完成但看不出什么时候做的', 'Done, undated'),
  about: text(
    '已完成的问题至少有一个反馈之后的日期：措施日期、完成日期、整改进展里的日期，或附表里的印发、到账日期。',
    'A finished finding has at least one date after the feedback: 措施日期, 完成日期, a date in 整改进展, or one in a register.',
  ),
  why: text(
    '没有日期，就说不清是不是这次整改做的。',
    'Without a date nobody can tell whether it was done in this rectification.',
  ),
  remedy: text('在整改进展里写明时间，或填“完成日期”', 'name the time in 整改进展, or fill 完成日期'),
  example: `
    ## 基本信息
    | 项目 | 内容 |
    | 反馈日期 | 2023-07-28 |
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改进展 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 9月20日组织专题学习 | 已完成 |
    | 2 | 制度不健全 | 修订三项制度 | 三项制度已修订 | «已完成» |
    --- 正常
    ## 基本信息
    | 项目 | 内容 |
    | 反馈日期 | 2023-07-28 |
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改进展 | 完成日期 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 9月20日组织专题学习 | | 已完成 |
    | 2 | 制度不健全 | 修订三项制度 | 三项制度已修订 | 2023-09-28 | 已完成 |
    | 3 | 请假不规范 | 修订考勤制度 | 考勤制度已修订 | | 已完成 |
    ## 制度清单
    | 问题序号 | 制度名称 | 印发日期 |
    | 3 | 考勤制度 | 2023-09-20 |`,
  run: undated,
};

function* undated(examining: Examining): Iterable<Found> {
  const { ledger, states, asOf } = examining;
  const { feedback } = ledger.facts.values;
  if (feedback === undefined) return;
  const registered = registerDates(examining);
  const done = states.filter(state => state.status === 'done');
  const missing = done.filter(({ finding }) => {
    if (finding.rows.some(row => row.bad.has('measureDate') || row.bad.has('doneDate') || row.bad.has('progress')))
      return false;
    const { measures, completions } = findingDates(finding, examining);
    const spans = [...measures, ...(registered.get(finding.number ?? finding.index + 1) ?? [])];
    // Only old dates: that is `done-on-old-measures` (or 立行立改, which is fine).
    if (spans.length > 0 && spans.every(span => span.assumed !== 'year' && span.to < feedback.from)) return false;
    // A day after the as-of date is `after-as-of`; here it only matters that there is one.
    return ![...spans, ...completions].some(span =>
      span.assumed === 'year' ? mayLieWithin(span, feedback.from, asOf) : span.to >= feedback.from,
    );
  });
  if (missing.length === 0) return;
  yield {
    message: text(
      `${missing.length}个已完成的问题看不出什么时候做的，没有一个反馈（${formatDayZh(feedback.from)}）之后的日期：问题${labelsOf(missing)}`,
      `${missing.length} finished findings have no date after the feedback (${feedback.from}): ${labelsOfEn(missing)}`,
    ),
    ...aboutFindings(ledger, missing, 'result', missing.length === states.length),
    object: 'all',
  };
}
