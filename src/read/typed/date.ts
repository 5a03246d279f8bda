import { type Day, day, daySpan, isDay, monthsSpan, type Span, serialToDay } from '../../model/day.js';
import type { Cell } from '../../model/grid.js';
import { readOneDate } from './date-grammar.js';
import { compact, isNothing, toHalfWidth } from './normalise.js';
import { type Bad, BLANK, bad, brokenFormula, type Parsed, value } from './parsed.js';

export { type FoundDate, findDates, mayHoldDate } from './dates-in-text.js';

/** `year` is taken, and reported as assumed, where the text has none. */
export type DateContext = { readonly year?: number | undefined };

const ISO_MONTH = /^(\d{4})-(\d{2})$/;

/**
 * The date in a cell, as precisely as it is written. Several dates or a period in one cell are one span of precision
 * `range`. Bad, never guessed: a day or month that does not exist, 7/8/2023 (which is the month?), the number 2023.1
 * (January, or October with its 0 dropped), 2023111日 (1月11日 or 11月1日), 至今, a deadline (…前).
 */
export function parseDate(cell: Cell | undefined, context: DateContext): Parsed<Span> {
  if (cell === undefined) return BLANK;
  if (cell.kind === 'date') return dateCell(cell.text);
  if (cell.kind === 'text')
    return isDay(cell.text) ? value(daySpan(cell.text, cell.text)) : textDate(cell.text, context);
  if (cell.kind === 'number') return numberDate(cell.text, context);
  return brokenFormula(cell) ?? notADate();
}

function dateCell(text: string): Parsed<Span> {
  if (isDay(text)) return value(daySpan(text, text));
  const match = ISO_MONTH.exec(text);
  const month = match === null ? undefined : monthsSpan(Number(match[1]), Number(match[2]), 1, text);
  return month === undefined ? notADate() : value(month);
}

/** Serials of 1954 to 2119: below are counts and years, above 20230728 and its like. */
const FIRST_SERIAL = 20_000;
const LAST_SERIAL = 80_000;

/** A number in a date column: a serial whose format was lost, 20230728, 202307, 2023, or 2023.7 that Excel took for a number. */
function numberDate(text: string, context: DateContext): Parsed<Span> {
  const number = Number(text);
  if (number >= FIRST_SERIAL && number <= LAST_SERIAL) {
    const found = serialToDay(text, false);
    return found === undefined ? notADate() : value(daySpan(found, text));
  }
  // Excel drops a trailing 0: 2023.1 was 2023.1 or 2023.10, and 7.2 was 7.2 or 7.20.
  if (/^\d{4}\.1$|^\d{1,2}\.[123]$/.test(text)) {
    return bad(
      `写全的日期：${text} 分不清末尾的 0 是否被表格软件去掉，请写成 2023年1月 或 2023年10月 的样子`,
      `a full date: in ${text} a trailing 0 may have been dropped; write it like 2023-01 or 2023-10`,
    );
  }
  return textDate(text, context);
}

const TIME = /[ T]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:Z|[+-]\d{2}:?\d{2}|[AP]M)?$/i;
const TIME_ZH = /(?:上午|下午|中午|早上|晚上?|凌晨)?(?:\d{1,2}[时点:](?:\d{1,2}分?|半|整)?)?$/;
const WEEKDAY = /\(?(?:星期|周|礼拜)[一二三四五六日天]\)?/g;
/** Words that add nothing to a single date: 截至…, 已于…完成. */
const BEFORE = /^(?:截至|截止到?|已?于|已在|在)(?=[\d〇一二])/;
const AFTER = /(?<=[日号月\d])(?:起|开始|当天|已?完成(?:整改)?|整改(?:完成|到位)|印发|召开|反馈)$/;
/** 年　月　日 with nothing filled in. */
const EMPTY_FORM = /^年?月日?$/;

/** Room for a dozen dates; a longer text in a date column is a story. */
const LONGEST = 200;

function textDate(text: string, context: DateContext): Parsed<Span> {
  if (isNothing(text)) return BLANK;
  if (text.length > LONGEST) return notADate();
  const half = toHalfWidth(text).trim();
  // English dates need their blanks, everything else is better without.
  const english = /[A-Za-z]{3}/.test(half);
  const lines = half.replace(TIME, '').replace(/\s*[\r\n]+\s*/g, '、');
  const typed = (english ? lines.replace(/\s+/g, ' ') : compact(lines)).replace(WEEKDAY, '');
  const core = typed
    .replace(/[。;,、!'.]+$|^'/g, '')
    .replace(BEFORE, '')
    .replace(AFTER, '');
  if (EMPTY_FORM.test(core)) return BLANK;
  if (/至今|为止$/.test(core)) {
    return bad(
      '有头有尾的日期，例如 2023年8月1日至10月30日（不写“至今”）',
      'a date or a period with an end, not "until now"',
    );
  }
  if (/前$|以内$|之内$/.test(core)) {
    return bad(
      '实际日期，例如 2023年7月28日（“…前”是期限，应填在整改时限）',
      'an actual date ("before …" is a deadline)',
    );
  }
  const timeless = core.length > 6 ? core.replace(TIME_ZH, '') : core;
  const read = readOneDate(timeless, context.year);
  if (read.kind === 'date') return value({ ...read.span, text });
  const several = read.why === 'two-ways' ? undefined : readSeveral(timeless, context.year, text);
  return several ?? explain(read.why, timeless);
}

function explain(why: 'no-year' | 'unreal' | 'two-ways' | 'unknown', typed: string): Bad {
  if (why === 'no-year') return bad('带年份的日期，例如 2023年7月28日', 'a date with its year, such as 2023-07-28');
  if (why === 'unreal') {
    return bad(
      `历法上有的日期（${typed} 不存在），例如 2023年7月28日`,
      `a date that exists (${typed} does not), such as 2023-07-28`,
    );
  }
  if (why === 'two-ways') {
    return bad(
      `只有一种读法的日期（${typed} 可以读成两个日子），例如 2023年7月28日`,
      `a date with one reading (${typed} has two), such as 2023-07-28`,
    );
  }
  return notADate();
}

function notADate(): Bad {
  return bad('日期，例如 2023年7月28日 或 2023-07-28', 'a date, such as 2023-07-28');
}

const LIST = /[、,;]|和|及(?!时)/;
const RANGES = [/至|到|~|—+|–/g, /-+/g] as const;

/** 8月5日、8月7日 or 3月15日至6月15日: later parts take year and month from the part before. */
function readSeveral(typed: string, year: number | undefined, text: string): Parsed<Span> | undefined {
  const listed = typed.split(LIST).filter(part => part !== '');
  if (listed.length > 1) {
    const spans = readInTurn(listed, year);
    return spans === undefined ? undefined : value(joined(spans, text));
  }
  for (const separator of RANGES) {
    const readings = [...typed.matchAll(separator)].flatMap(match => {
      const ends = [typed.slice(0, match.index), typed.slice(match.index + match[0].length)];
      const spans = readInTurn(ends, year);
      const [first, last] = spans ?? [];
      return spans === undefined || first === undefined || last === undefined
        ? []
        : [{ spans, ordered: first.from <= last.from }];
    });
    const [reading] = readings;
    if (reading === undefined) continue;
    if (readings.length > 1) return explain('two-ways', typed);
    if (!reading.ordered) {
      return bad('先开始后结束的起止日期', 'a period that ends after it begins');
    }
    return value(joined(reading.spans, text));
  }
  return undefined;
}

function readInTurn(parts: readonly string[], year: number | undefined): Span[] | undefined {
  const spans: Span[] = [];
  for (const [at, part] of parts.entries()) {
    const previous = spans.at(-1);
    const span = previous === undefined ? readFirst(part, parts[at + 1] ?? '', year) : readLater(part, previous, year);
    if (span === undefined) return undefined;
    spans.push(span);
  }
  return spans;
}

/** 2023年8-10月 and 8月5-7日: the first part leaves its 月 or 日 to the last. */
function readFirst(part: string, next: string, year: number | undefined): Span | undefined {
  const ending = /^\d{1,2}([月日])$/.exec(next)?.[1] ?? '';
  for (const candidate of /\d$/.test(part) && ending !== '' ? [part + ending] : [part]) {
    const read = readOneDate(candidate, year);
    if (read.kind === 'date') return read.span;
  }
  return undefined;
}

function readLater(part: string, previous: Span, year: number | undefined): Span | undefined {
  const from = previous.from;
  const inheritedYear = Number(from.slice(0, 4));
  const dayOnly = /^(\d{1,2})[日号]?$/.exec(part);
  if (dayOnly !== null && previous.precision === 'day') {
    const found = day(inheritedYear, Number(from.slice(5, 7)), Number(dayOnly[1]));
    return found === undefined ? undefined : keepAssumed(daySpan(found, part), previous);
  }
  // 2023.8-10: a bare number after a month is a month.
  const monthOnly = /^(\d{1,2})$/.exec(part);
  const read = readOneDate(monthOnly !== null && previous.precision === 'month' ? `${part}月` : part, year);
  if (read.kind === 'date' && read.span.assumed !== 'year') return read.span;
  const inherited = readOneDate(monthOnly === null ? part : `${part}月`, inheritedYear);
  if (inherited.kind !== 'date') return undefined;
  // The year stands in the part before: it is read, not assumed.
  const { assumed, ...span } = inherited.span;
  return keepAssumed(assumed === undefined || assumed === 'year' ? span : inherited.span, previous);
}

function keepAssumed(span: Span, previous: Span): Span {
  return span.assumed === undefined && previous.assumed !== undefined ? { ...span, assumed: previous.assumed } : span;
}

function joined(spans: readonly Span[], text: string): Span {
  let from: Day | undefined;
  let to: Day | undefined;
  let assumed: Span['assumed'];
  for (const span of spans) {
    if (from === undefined || span.from < from) from = span.from;
    if (to === undefined || span.to > to) to = span.to;
    assumed ??= span.assumed;
  }
  if (from === undefined || to === undefined) throw new RangeError('No dates to join.');
  const base = { from, to, precision: 'range', text } as const;
  return assumed === undefined ? base : { ...base, assumed };
}
