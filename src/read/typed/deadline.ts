import { addDays, addMonths, type Day, day, partsOf, type Span } from '../../model/day.js';
import type { Cell } from '../../model/grid.js';
import { parseDate } from './date.js';
import { readOneDate } from './date-grammar.js';
import { compact, isNothing, toHalfWidth } from './normalise.js';
import { chineseNumber, NUMERAL_CHARS } from './numerals.js';
import { type Bad, BLANK, bad, brokenFormula, type Parsed, value } from './parsed.js';

export type DeadlineContext = {
  readonly feedback?: Day | undefined;
  /** 集中整改期, in months from the feedback. */
  readonly periodMonths?: number | undefined;
  /** For a date without a year when no feedback date is known. */
  readonly year?: number | undefined;
};

/**
 * 整改时限. `last` is the last day on which it is still in time; without it (no feedback date, no period, working days)
 * nothing can be overdue. `longTerm`: …并长期坚持 stands beside it. A `long-term` deadline is never overdue.
 */
export type Deadline =
  | { readonly kind: 'date'; readonly last: Day; readonly longTerm: boolean; readonly text: string }
  | { readonly kind: 'period'; readonly last?: Day; readonly longTerm: boolean; readonly text: string }
  | { readonly kind: 'immediate'; readonly last?: Day; readonly longTerm: boolean; readonly text: string }
  | { readonly kind: 'long-term'; readonly text: string };

const LONG_TERM =
  /长期|持续|常态|长效|经常|始终|日常|坚持|每(?:半?年|个?季度?|个?月|周|日|天)|全年|定期|一直|不断|常抓/;
const EVERY = /每(?:半?年|个?季度?|个?月|周|日|天)/;
const IMMEDIATE =
  /立即|立行|立整|立查|立知|立改|即知|即行|即查|即改|即时|即刻|边查边改|边学边改|边整边改|马上|当场|现场整改|随时|第一时间/;
const WHOLE_PERIOD =
  /集中整改|整改期|整改阶段|规定(?:的)?(?:时间|期限|时限|时期)|(?:时限|期限)(?:之|以)?内|限期|按期|按时|如期|要求时间/;

/**
 * The deadline in a cell. A month, quarter or half year ends on its last day (10月底前, 第四季度, 上半年, 年底前); 上旬
 * and 初 on the 10th, 中旬 on the 20th. A date without a year is the first of its kind on or after the feedback. Of
 * several dates the latest counts. A date beats a period, a period 立行立改, and that 长期.
 */
export function parseDeadline(cell: Cell | undefined, context: DeadlineContext): Parsed<Deadline> {
  if (cell === undefined) return BLANK;
  if (cell.kind !== 'text') {
    if (cell.kind === 'boolean') return notADeadline();
    const date = parseDate(cell, { year: context.year });
    if (date.kind !== 'value') return date.kind === 'bad' ? (brokenFormula(cell) ?? notADeadline()) : date;
    return value({ kind: 'date', last: date.value.to, longTerm: false, text: cell.text });
  }
  return isNothing(cell.text) ? BLANK : textDeadline(cell.text, context);
}

/** A longer text in this column is a story, not a deadline. */
const LONGEST = 300;

function textDeadline(text: string, context: DeadlineContext): Parsed<Deadline> {
  if (text.length > LONGEST) return notADeadline();
  const half = toHalfWidth(text).trim();
  const whole = parseDate({ kind: 'text', text: half.replace(/(?:之前|以前|前|之内|以内|内|完成)+$/, '') }, {});
  if (whole.kind === 'value' && whole.value.assumed !== 'year') {
    return value({ kind: 'date', last: lastOf(whole.value), longTerm: false, text });
  }
  const typed = spelledOut(compact(half.replace(/\s*[\r\n]+\s*/g, '、')));
  const longTerm = LONG_TERM.test(typed);
  const { last, rest, trouble } = readDates(typed, context);
  if (trouble !== undefined) return trouble;
  if (last !== undefined && !EVERY.test(typed)) {
    // A figure left over means that part of the deadline was not understood.
    return /\d/.test(rest) ? notADeadline() : value({ kind: 'date', last, longTerm, text });
  }
  const period = readPeriod(rest, context);
  if (period !== undefined) return value(withLast({ kind: 'period', longTerm, text }, period.last));
  if (/\d/.test(rest)) return notADeadline();
  if (IMMEDIATE.test(typed)) return value(withLast({ kind: 'immediate', longTerm, text }, endOfPeriod(context)));
  return longTerm ? value({ kind: 'long-term', text }) : notADeadline();
}

function withLast(
  deadline: { kind: 'period' | 'immediate'; longTerm: boolean; text: string },
  last: Day | undefined,
): Deadline {
  return last === undefined ? deadline : { ...deadline, last };
}

function notADeadline(): Bad {
  return bad(
    '一个日期（2023年10月31日、10月底前），或“集中整改期内”“3个月内”“立行立改”“长期坚持”',
    'a deadline: a date (2023-10-31, 10月底前), or 集中整改期内, 3个月内, 立行立改, 长期坚持',
  );
}

/** 10-12月 → 10月至12月, 10月15-20日 → 10月15日至10月20日. */
function spelledOut(typed: string): string {
  return typed
    .replace(/(?<!\d)(\d{1,2})[-–—~至到](?=\d{1,2}月)/g, '$1月至')
    .replace(/(\d{1,2}月)(\d{1,2})日?[-–—~至到](?=\d{1,2}日)/g, '$1$2日至$1');
}

const CN = '[〇零○一二三四五六七八九十]';
const WRITTEN_YEAR = `(?:(?:\\d{4}|${CN}{4})年度?|(?:今|本|当|同|明|次)年度?)`;
const MONTH = `(?:\\d{1,2}|${CN}{1,2}|元)月(?:(?:\\d{1,2}|${CN}{1,3})[日号]|份?(?:上旬|中旬|下旬|初|中期?|月?底|月?末)|份)?`;
const PART = `(?:${MONTH}|第?[一二三四1-4]季度[底末]?|[上下]半年|年?[底末]|年内)`;
/** The lookbehind keeps 3个月 (a period) and the tail of a longer number out. */
const DATE = new RegExp(
  `(?<![\\d.])(?:${WRITTEN_YEAR}${PART}?|${MONTH}|第?[一二三四1-4]季度[底末]?|[上下]半年|(?<![半一二两三四五六七八九十])年[底末内]|\\d{4}([-./])\\d{1,2}(?:\\1\\d{1,2})?(?!\\d)|\\d{1,2}\\.\\d{1,2}(?![\\d.]))`,
  'g',
);
/** 2023年8月起, 2023年8月至长期: a beginning, not an end. */
const IS_START = /^(?:起|开始|以来|以后|之后|后|(?:至|到|[-–—~]+)(?:长期|持续|今后|以后))/;

type Dates = { readonly last: Day | undefined; readonly rest: string; readonly trouble?: Bad };

function readDates(typed: string, context: DeadlineContext): Dates {
  let last: Day | undefined;
  let rest = '';
  let at = 0;
  for (const match of typed.matchAll(DATE)) {
    rest += typed.slice(at, match.index);
    at = match.index + match[0].length;
    const after = typed.slice(at);
    if (/^\d{1,2}月$/.test(match[0]) && /^(?:之|以)?内/.test(after))
      return { last: undefined, rest: '', trouble: monthOrMonths() };
    if (IS_START.test(after) || EVERY.test(typed)) continue;
    const found = resolve(match[0], context, last);
    if (found === 'no-year') return { last: undefined, rest: '', trouble: withoutYear() };
    if (found === undefined) return { last: undefined, rest: '', trouble: notADeadline() };
    if (last === undefined || found > last) last = found;
  }
  return { last, rest: rest + typed.slice(at) };
}

function monthOrMonths(): Bad {
  return bad(
    '写清楚的时限：“3月内”可以是3月底前，也可以是3个月内',
    'a clear deadline: "3月内" may be by the end of March or within three months',
  );
}

function withoutYear(): Bad {
  return bad(
    '带年份的时限，例如 2023年10月底前（基本信息里没有反馈日期，无法推断年份）',
    'a deadline with its year (no feedback date is given to infer it from)',
  );
}

/** The last day of one date as written. A date without a year comes on or after `after`, else the feedback. */
function resolve(typed: string, context: DeadlineContext, after: Day | undefined): Day | 'no-year' | undefined {
  const base = context.year ?? (context.feedback === undefined ? undefined : partsOf(context.feedback).year);
  const relative = /^(今|本|当|同|明|次)年(?!底|末|内)度?|^(今|本|当|同|明|次)年/.exec(typed);
  if (relative !== null) {
    if (base === undefined) return 'no-year';
    const year = relative[0].startsWith('明') || relative[0].startsWith('次') ? base + 1 : base;
    return lastIn(year, typed.slice(relative[0].length));
  }
  if (/^(?:\d{4}|[〇零○一二三四五六七八九]{4}年)/.test(typed)) {
    const read = readOneDate(typed.replace(/年内$/, '年').replace(/(?<=月)月(?=底|末)/, ''), undefined);
    return read.kind === 'date' ? lastOf(read.span) : undefined;
  }
  const floor = after ?? context.feedback;
  if (floor !== undefined) {
    const { year } = partsOf(floor);
    const sameYear = lastIn(year, typed);
    return sameYear !== undefined && sameYear >= floor ? sameYear : (lastIn(year + 1, typed) ?? sameYear);
  }
  return base === undefined ? 'no-year' : lastIn(base, typed);
}

/** 底, 年底, 年内 or nothing is the year's end; everything else as after 2023年. */
function lastIn(year: number, part: string): Day | undefined {
  if (/^(?:年?[底末内])?$/.test(part)) return day(year, 12, 31);
  const dotted = part.includes('.') ? `${year}.${part}` : `${year}年${part}`;
  const read = readOneDate(dotted.replace(/月月(?=底|末)/, '月'), undefined);
  return read.kind === 'date' ? lastOf(read.span) : undefined;
}

/** 10月上旬 ends on the 10th, 10月中旬 on the 20th. */
function lastOf(span: Span): Day {
  if (span.precision !== 'month' || span.assumed !== 'day') return span.to;
  const days = /上旬|月初/.test(span.text) ? 9 : /月中/.test(span.text) ? 19 : undefined;
  return days === undefined ? span.to : addDays(span.from, days);
}

const LENGTH = new RegExp(`(\\d{1,3}|[${NUMERAL_CHARS}]+|半)个?(半)?(工作日|月|天|日|周|星期|年)`);
/** Counted from something else than the feedback, whose date is not known here. */
const OTHER_START = /方案|审批|批复|批准|下发|印发|到位后|验收|条件/;

/** 3个月内, 半年内, 60天内 from the feedback; 集中整改期内 to the end of the period. */
function readPeriod(typed: string, context: DeadlineContext): { readonly last: Day | undefined } | undefined {
  const match = LENGTH.exec(typed);
  if (match !== null && /内|个|天|周|工作日|期|时间|^[^前]*(?:月|年)$/.test(typed)) {
    const [, digits = '', half, unit = ''] = match;
    const count = digits === '半' ? 0.5 : /^\d/.test(digits) ? Number(digits) : chineseNumber(digits);
    if (count === undefined) return undefined;
    if (context.feedback === undefined || OTHER_START.test(typed)) return { last: undefined };
    return { last: addLength(context.feedback, half === undefined ? count : count + 0.5, unit) };
  }
  return WHOLE_PERIOD.test(typed) ? { last: endOfPeriod(context) } : undefined;
}

/** Undefined for working days: the public holidays are set anew every year, so no program knows them. */
function addLength(from: Day, count: number, unit: string): Day | undefined {
  if (unit === '年') return addMonths(from, count * 12);
  if (unit === '月') return addDays(addMonths(from, Math.floor(count)), Number.isInteger(count) ? 0 : 15);
  if (unit === '周' || unit === '星期') return addDays(from, count * 7);
  return unit === '工作日' || !Number.isInteger(count) ? undefined : addDays(from, count);
}

function endOfPeriod(context: DeadlineContext): Day | undefined {
  const { feedback, periodMonths } = context;
  return feedback === undefined || periodMonths === undefined ? undefined : addMonths(feedback, periodMonths);
}
