import { formatDayZh } from '../model/day.js';
import { text } from '../model/text.js';
import type { Check, Examining, Found } from './check.js';
import { oldDates, oldFound } from './old-measures.js';

export const measureBeforeInspection: Check = {
  id: 'measure-before-inspection',
  level: 'error',
  title: text('措施早于巡察', 'Measure before the inspection'),
  about: text(
    '巡察开始以前做的事不能算整改措施；《》里的、文号里的、“自、根据、依据”后面的日期是背景，不算。',
    'What was done before the inspection began is no rectification; dates in 《》, document numbers and after 自, 根据, 依据 are background.',
  ),
  why: text(
    '把几年前的工作写成整改成果，是通报被质疑的常见原因。',
    'Old work presented as a result of the rectification costs trust.',
  ),
  remedy: text(
    '换成反馈之后采取的措施；日期写错的请改正；确是背景的，用“自……以来”等说法写清',
    'give what was done after the feedback; correct a wrong date; make clear what is only background',
  ),
  example: `
    ## 基本信息
    | 项目 | 内容 |
    | 巡察开始 | 2023-03-15 |
    | 反馈日期 | 2023-07-28 |
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 措施日期 | 整改结果 |
    | 1 | 推广不够 | 纳入考核内容 | «2020-12-01» | 已完成 |
    | 2 | 编制未理顺 | «已于2022年12月向市委编办请示» | | 已完成 |
    --- 正常
    ## 基本信息
    | 项目 | 内容 |
    | 巡察开始 | 2023-03-15 |
    | 反馈日期 | 2023-07-28 |
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 措施日期 | 整改结果 |
    | 1 | 推广不够 | 根据2022年10月印发的办法，重新纳入考核 | 2023-09-01 | 已完成 |
    | 2 | 欠款未收 | 追回2021年3月多发的补贴 | 2023-08-01 | 已完成 |
    | 3 | 制度陈旧 | 修订《考勤办法》（2019年5月印发） | 2023-08-15 | 已完成 |`,
  run: early,
};

function* early(examining: Examining): Iterable<Found> {
  const began = examining.ledger.facts.values.inspectionFrom;
  if (began === undefined) return;
  for (const old of oldDates(examining)) {
    if (old.when !== 'before-inspection') continue;
    yield oldFound(examining, old, old.key === 'measureDate' ? 'error' : 'warning', {
      zh: `在巡察开始（${formatDayZh(began.from)}）以前，不是这次整改的措施`,
      en: `lies before the inspection began (${began.from}): no measure of this rectification`,
    });
  }
}
