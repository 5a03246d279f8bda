import type { Place } from '../model/diagnostic.js';
import { text } from '../model/text.js';
import type { Finding } from '../read/main.js';
import { placeIn } from '../reconcile/place.js';
import { type Check, type Examining, type Found, findingName } from './check.js';
import { isImmediate, spanText, surelyBefore } from './dated.js';
import { findingsOfRows, hasRecovered, type RecoveryRow } from './recovery-rows.js';

export const recoveryBeforeFeedback: Check = {
  id: 'recovery-before-feedback',
  level: 'warning',
  title: text('追缴早于反馈', 'Recovered before the feedback'),
  about: text(
    '作为本轮整改成果的追缴，到账日期应在反馈以后；上一轮的问题、立行立改除外。',
    'Money offered as a result of this round comes in after the feedback; findings about an earlier round and immediate measures aside.',
  ),
  why: text(
    '反馈以前就到账的钱不是这次整改追回来的，写进成果会被指为凑数。',
    'Money that came in before the feedback is no result of this rectification.',
  ),
  remedy: text(
    '核对到账日期；确属反馈以前到账的，不计入本轮成果，并在备注说明',
    'check the date; what really came in earlier is left out of this round’s results, with a note',
  ),
  example: `
    ## 基本信息
    | 巡察开始 | 2023-03-15 |
    | 反馈日期 | 2023-07-28 |
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 违规发放补贴 | 清退补贴 | 已完成 |
    ## 追缴资金
    | 问题序号 | 项目 | 应追缴 | 已追缴 | 日期 |
    | 1 | 违规补贴 | 5000 | 5000 | «2022-03-10» |
    --- 正常
    ## 基本信息
    | 巡察开始 | 2023-03-15 |
    | 反馈日期 | 2023-07-28 |
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 违规发放补贴 | 清退补贴 | 已完成 |
    | 2 | 上轮巡察反馈的欠款没有清退到位 | 继续清退 | 整改中 |
    ## 追缴资金
    | 问题序号 | 项目 | 应追缴 | 已追缴 | 日期 |
    | 1 | 违规补贴 | 5000 | 5000 | 2023-07 |
    | 2 | 欠款 | 9000 | 5000 | 2022-03-10 |`,
  run: early,
};

/** The finding is about what an earlier round fed back: its money came in over the years. */
const earlierRound =
  /(?:上|前|往|历|以前|此前)(?:一|几|两|次|年|届)*(?:轮|次|届)|历[轮次]|上[轮次届]|(?:巡视|巡察|审计|检查)整改(?:落实)?(?:不到位|不彻底|不力)|整改不到位/u;

function* early(examining: Examining): Iterable<Found> {
  const { ledger } = examining;
  const { feedback, inspectionFrom } = ledger.facts.values;
  if (feedback === undefined) return;
  const findingOf = findingsOfRows(examining);
  const groups = new Map<string, { finding: Finding | undefined; before: boolean; rows: RecoveryRow[] }>();
  for (const row of ledger.registers.recoveries.rows) {
    const { date, reference, note, item } = row.data;
    if (date === undefined || !hasRecovered(row) || !surelyBefore(date, feedback.from)) continue;
    // What the office found by itself owes nothing to the feedback.
    if (reference?.kind === 'self' || /立行立改|自查自纠|上轮|上一轮/u.test(`${note ?? ''}${item ?? ''}`)) continue;
    const finding = findingOf(row);
    const before = inspectionFrom !== undefined && surelyBefore(date, inspectionFrom.from);
    if (finding !== undefined && aboutEarlierRound(finding)) continue;
    if (!before && finding?.rows.some(isImmediate) === true) continue;
    const key = `${finding?.label ?? ''}|${before}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { finding, before, rows: [row] });
    else group.rows.push(row);
  }
  for (const { finding, before, rows } of groups.values()) yield foundOf(examining, finding, before, rows);
}

function aboutEarlierRound(finding: Finding): boolean {
  return earlierRound.test(finding.title) || finding.subFindings.some(sub => earlierRound.test(sub.title));
}

function foundOf(
  { ledger }: Examining,
  finding: Finding | undefined,
  before: boolean,
  rows: readonly RecoveryRow[],
): Found {
  const { feedback, inspectionFrom } = ledger.facts.values;
  const [first, ...rest] = rows.map((row): Place => placeIn(ledger.registers.recoveries.header, row.number, 'date'));
  const limit = (before ? inspectionFrom : feedback)?.from ?? '';
  const days = [...new Set(rows.flatMap(row => (row.data.date === undefined ? [] : [spanText(row.data.date)])))];
  const name = finding === undefined ? text('追缴资金', '追缴资金') : findingName(finding);
  const shown = days.slice(0, 6);
  return {
    ...(before ? { level: 'error' as const } : {}),
    message: text(
      `${name.zh}的追缴在${shown.join('、')}到账，早于${before ? '巡察开始' : '反馈'}（${limit}），不是本轮整改追回的`,
      `money of ${name.en} came in on ${shown.join(', ')}, before the ${before ? 'inspection began' : 'feedback'} (${limit})`,
    ),
    at: first ?? {},
    also: rest,
    found: days[0] ?? '',
    expected: `≥ ${limit}`,
    ...(finding === undefined ? {} : { finding }),
    object: `${finding?.label ?? 'register'}|${before}`,
  };
}
