import { certainlyBefore, type Day, day, partsOf, type Span } from '../model/day.js';
import type { Finding, LedgerRow } from '../read/main.js';
import { findDates, mayHoldDate } from '../read/typed/date.js';
import { readMarks } from '../read/typed/measures.js';
import type { Examining } from './check.js';
import { narrativeOf } from './narrative.js';
import { once } from './once.js';

/** A date at which something is said to have been done. */
export type Dated = { readonly span: Span; readonly offset: number };

/** In front of a date that says which matter is meant, not when it was dealt with: 对2021年的账目, 退回2020年3月多发的补贴. */
const objectBefore =
  /(?:对|就|关于|涉及|追回|退还|退回|清退|补缴|追缴|收回|上缴|核查|清理|核对|查找|梳理|复查|核销|冲销|整改|补登|补录|补记|补签|补办|补齐|补发|公开|公示|公布|填报|完善|整理|统计|抽查|排查|检查|盘点)(?:了)?$/u;
/** 对2019—2021年: the first year of a span of years. */
const spanBefore = /\d{4}年?(?:[—–\-~、至到]+|[和及与])$/u;
/** Behind a date: 2020年3月多发的, 2021年6月违规. 至今 and 以来 are known to the reader of dates. */
const objectAfter =
  /^(?:[^，。；;,]{0,6})(?:反馈的|多发|超发|滥发|违规|超标|重复|虚报|套取|冒领|少缴|漏缴|欠缴|未缴|拖欠|挂账|形成的|发生的|产生的|存在的|签订的|购买的|发放的)/u;

/** Several checks ask for the same dates, and rows of different findings may say the same. */
const datesOfTexts = once((_: Examining) => new Map<string, readonly (readonly Dated[])[]>());
const undated: readonly (readonly Dated[])[] = [];

/**
 * The dates in what a row says was done, item by item (一是… 二是…); background (documents, grounds, the matter itself)
 * left out. A date that names no year is read in the year of the feedback and marked as assumed.
 */
export function datesIn(written: string, examining: Examining): readonly (readonly Dated[])[] {
  if (!mayHoldDate(written)) return undated;
  const ofTexts = datesOfTexts(examining);
  const known = ofTexts.get(written);
  if (known !== undefined) return known;
  const { feedback } = examining.ledger.facts.values;
  const year = partsOf(feedback?.from ?? examining.asOf).year;
  const { before, items } = readMarks(written);
  const parts = items.length === 0 ? [written] : [before, ...items.map(item => item.text)];
  const dates = parts.map(part =>
    findDates(part, { year })
      .filter(one => !one.background && !isObject(part, one.offset, one.length))
      .map(({ span, offset }) => ({ span, offset })),
  );
  ofTexts.set(written, dates);
  return dates;
}

/** A date that says which matter is meant, not when it was dealt with. */
export function isObject(part: string, offset: number, length: number): boolean {
  const span = spanBefore.exec(part.slice(Math.max(0, offset - 8), offset))?.[0].length ?? 0;
  const start = offset - span;
  return objectBefore.test(part.slice(Math.max(0, start - 4), start)) || objectAfter.test(part.slice(offset + length));
}

/** Whether a date may lie on a day of the range; one without a year in any year of it. */
export function mayLieWithin(span: Span, from: Day, to: Day): boolean {
  if (span.assumed !== 'year') return span.from <= to && span.to >= from;
  const { month, day: dayOfMonth } = partsOf(span.from);
  for (let { year } = partsOf(from); year <= partsOf(to).year; year += 1) {
    const shifted = day(year, month, Math.min(dayOfMonth, 28));
    const length = partsOf(span.to).day;
    const end = day(year, partsOf(span.to).month, length) ?? shifted;
    if (shifted !== undefined && end !== undefined && shifted <= to && end >= from) return true;
  }
  return false;
}

/** Written with its year, and over before the day. */
export function surelyBefore(span: Span, limit: Day): boolean {
  return span.assumed !== 'year' && certainlyBefore(span, limit);
}

/** 2022-12-01, 2022-12, 2022: as precise as it was written. */
export function spanText(span: Span): string {
  if (span.precision === 'day') return span.from;
  if (span.precision === 'month') return span.from.slice(0, 7);
  if (span.precision === 'year') return span.from.slice(0, 4);
  return `${span.from}/${span.to}`;
}

/** Days on which registers say that something was done for a finding: policies issued, talks held, money received. */
export function registerDates(examining: Examining): ReadonlyMap<number, readonly Span[]> {
  const { policies, actions, meetings, recoveries } = examining.ledger.registers;
  const dates = new Map<number, Span[]>();
  const add = (numbers: readonly number[], span: Span | undefined) => {
    if (span === undefined) return;
    for (const number of numbers) {
      const list = dates.get(number);
      if (list === undefined) dates.set(number, [span]);
      else list.push(span);
    }
  };
  const numbersOf = (reference: (typeof policies.rows)[number]['data']['reference']) =>
    reference?.kind === 'findings' ? reference.numbers : [];
  for (const { data } of policies.rows) add(numbersOf(data.reference), data.issued);
  for (const { data } of actions.rows) add(numbersOf(data.reference), data.date);
  for (const { data } of meetings.rows) add(numbersOf(data.reference), data.date);
  for (const { data } of recoveries.rows) add(numbersOf(data.reference), data.date);
  return dates;
}

type FindingDates = { readonly measures: readonly Span[]; readonly completions: readonly Span[] };

const datesOfFindings = once((_: Examining) => new Map<Finding, FindingDates>());

/** Everything a finding's rows date; `measures` without 完成日期. */
export function findingDates(finding: Finding, examining: Examining): FindingDates {
  const known = datesOfFindings(examining);
  let dates = known.get(finding);
  if (dates === undefined) {
    dates = datesOfRows(finding.rows, examining);
    known.set(finding, dates);
  }
  return dates;
}

function datesOfRows(rows: readonly LedgerRow[], examining: Examining): FindingDates {
  const measures: Span[] = [];
  const completions: Span[] = [];
  for (const row of rows) {
    if (row.data.measureDate !== undefined) measures.push(row.data.measureDate);
    if (row.data.doneDate !== undefined) completions.push(row.data.doneDate);
    const narrative = narrativeOf(row);
    if (narrative === undefined) continue;
    for (const item of datesIn(narrative.text, examining)) for (const { span } of item) measures.push(span);
  }
  return { measures, completions };
}

/** 立行立改: by its kind, its deadline, or its own words. */
export function isImmediate(row: LedgerRow): boolean {
  return (
    row.data.kind === 'immediate' ||
    row.data.deadline?.kind === 'immediate' ||
    /立行立改|立知立改|即知即改|立查立改|边巡边改|边查边改|立即整改/u.test(row.data.progress ?? row.data.measure ?? '')
  );
}
