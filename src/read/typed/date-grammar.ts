import { day, daySpan, monthsSpan, type Span } from '../../model/day.js';
import { chineseNumber } from './numerals.js';

/** `why`: no year written or known · no such day · two readings · not a date at all. */
export type DateReading =
  | { readonly kind: 'date'; readonly span: Span }
  | { readonly kind: 'none'; readonly why: 'no-year' | 'unreal' | 'two-ways' | 'unknown' };

/** A ledger has no dates outside these years; 0202年 and 2203年 are typing errors. */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2100;

const UNKNOWN: DateReading = { kind: 'none', why: 'unknown' };
const UNREAL: DateReading = { kind: 'none', why: 'unreal' };
const TWO_WAYS: DateReading = { kind: 'none', why: 'two-ways' };
const NO_YEAR: DateReading = { kind: 'none', why: 'no-year' };

type Assumed = Span['assumed'];

/**
 * One date, half-width and without blanks (English dates with single ones), nothing before or after it.
 * `year` stands in where none is written; the span then says so.
 */
export function readOneDate(typed: string, year: number | undefined): DateReading {
  const text = withDigits(typed);
  return (
    readFull(text) ??
    readJoined(text) ??
    readPart(text, year) ??
    readMonthAndDay(text, year) ??
    readTwoDigitYear(text, year) ??
    readEnglish(text) ??
    readDamaged(text) ??
    UNKNOWN
  );
}

const SPELT = /[〇零○一二三四五六七八九十廿卅]+(?=年|月|日|号|季度)/g;

/** 二〇二三年七月二十八日 → 2023年7月28日; 元月 is January. */
export function withDigits(text: string): string {
  if (!/[〇零○一二三四五六七八九十廿卅元]/.test(text)) return text;
  return text.replace(/元月/g, '1月').replace(SPELT, spelt => String(chineseNumber(spelt) ?? spelt));
}

const SEPARATOR = '[-–—./\\\\。、,]';
const FULL = new RegExp(`^(\\d{4})(年|${SEPARATOR})(\\d{1,2})(月|${SEPARATOR})(\\d{1,2})([日号]?)$`);
const DASH = /[-–—]/;

function readFull(text: string): DateReading | undefined {
  const match = FULL.exec(text);
  if (match === null) return undefined;
  const [, year, first = '', month, second = '', last, ending] = match;
  // 2023.8-10 may be 10 August or August to October.
  const months = DASH.test(second) && !DASH.test(first) && ending === '' && Number(last) <= 12;
  return months && Number(last) > Number(month) ? TWO_WAYS : dayReading(year, month, last, text);
}

/** 20230728 and 202307. 201207 may be 2012-07 or 20-12-07 and is refused; from 2013 on there is one reading. */
function readJoined(text: string): DateReading | undefined {
  const full = /^((?:19|20)\d{2})(\d{2})(\d{2})$/.exec(text);
  if (full !== null) return dayReading(full[1], full[2], full[3], text);
  const month = /^((?:19|20)\d{2})(\d{2})$/.exec(text);
  if (month === null) return undefined;
  const asDay = day(2000 + Number(text.slice(0, 2)), Number(text.slice(2, 4)), Number(text.slice(4, 6)));
  return asDay === undefined ? monthReading(month[1], month[2], text) : TWO_WAYS;
}

const LEADING_YEAR = new RegExp(`^(?:(\\d{4})(年度?|${SEPARATOR})?|(\\d{2})年度?)`);

/** A month, a quarter, half a year, a year: 2022年12月, 2023.7, 2023年第三季度, 2023年上半年, 2023年, 7月中旬, 年底. */
function readPart(text: string, contextYear: number | undefined): DateReading | undefined {
  const leading = LEADING_YEAR.exec(text);
  const [whole = '', full, sign, short] = leading ?? [];
  const part = partOfYear(text.slice(whole.length), sign !== undefined || short !== undefined, full !== undefined);
  if (part === undefined || (part.month === 1 && part.count === 12 && leading === null)) return undefined;
  const year =
    full === undefined ? (short === undefined ? contextYear : twoDigitYear(short, contextYear)) : Number(full);
  if (year === undefined) return leading === null ? NO_YEAR : UNKNOWN;
  if (year < FIRST_YEAR || year > LAST_YEAR) return UNREAL;
  const assumed: Assumed = full === undefined ? 'year' : part.vague ? 'day' : undefined;
  return reading(monthsSpan(year, part.month, part.count, text), assumed);
}

type PartOfYear = { readonly month: number; readonly count: 1 | 3 | 6 | 12; readonly vague: boolean };

/** What follows the year. A bare number is a month only after 年 or a separator: 2023.7, but not 7. */
function partOfYear(rest: string, separated: boolean, fullYear: boolean): PartOfYear | undefined {
  if (rest === '') return { month: 1, count: 12, vague: false };
  const month = /^(\d{1,2})(?:月份?(上旬|中旬|下旬|初|中期?|底|末)?)?$/.exec(rest);
  if (month !== null) {
    if (rest.includes('月') ? fullYear && !separated : !separated) return undefined;
    return { month: Number(month[1]), count: 1, vague: month[2] !== undefined };
  }
  const quarter = /^(?:第?([1-4])季度?[底末]?|Q([1-4]))$/i.exec(rest);
  if (quarter !== null) return { month: Number(quarter[1] ?? quarter[2]) * 3 - 2, count: 3, vague: false };
  const half = /^(?:([上下])半年|H([12]))$/i.exec(rest);
  if (half !== null) return { month: half[1] === '上' || half[2] === '1' ? 1 : 7, count: 6, vague: false };
  const end = /^年?([底末初])$/.exec(rest);
  if (end === null || (!separated && !rest.startsWith('年'))) return undefined;
  return { month: end[1] === '初' ? 1 : 12, count: 1, vague: true };
}

/** 7月28日, 7.28: the year comes from the context. */
function readMonthAndDay(text: string, year: number | undefined): DateReading | undefined {
  const match = /^(\d{1,2})(?:月|[-./])(\d{1,2})[日号]?$/.exec(text);
  if (match === null) return undefined;
  // 2000 is a leap year, so that a 29 February passes here.
  if (day(2000, Number(match[1]), Number(match[2])) === undefined) return UNREAL;
  if (year === undefined) return NO_YEAR;
  return dayReading(String(year), match[1], match[2], text, 'year');
}

/** 23年7月28日, 23.7.28: only years near the ledger's own. */
function readTwoDigitYear(text: string, contextYear: number | undefined): DateReading | undefined {
  const match = /^(\d{2})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})[日号]?$/.exec(text);
  if (match === null) return undefined;
  const year = twoDigitYear(match[1] ?? '', contextYear);
  return year === undefined ? UNKNOWN : dayReading(String(year), match[2], match[3], text, 'year');
}

/** 23 → 2023 within 15 years of the context's year; without one, within 2005–2035. */
function twoDigitYear(digits: string, contextYear: number | undefined): number | undefined {
  const year = 2000 + Number(digits);
  return Math.abs(year - (contextYear ?? 2020)) <= 15 ? year : undefined;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH_NAME =
  '(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\\.?';
const DAY_FIRST = new RegExp(`^(\\d{1,2})(?:st|nd|rd|th)?[ -]${MONTH_NAME},?[ -](\\d{4})$`, 'i');
const MONTH_FIRST = new RegExp(`^${MONTH_NAME} (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})$`, 'i');
const MONTH_YEAR = new RegExp(`^${MONTH_NAME},?[ -](\\d{4})$`, 'i');

/** 28 July 2023, Jul 28, 2023, July 2023, 7/28/2023; 7/8/2023 has two readings. */
function readEnglish(text: string): DateReading | undefined {
  const dayFirst = DAY_FIRST.exec(text);
  if (dayFirst !== null) return dayReading(dayFirst[3], monthOf(dayFirst[2]), dayFirst[1], text);
  const monthFirst = MONTH_FIRST.exec(text);
  if (monthFirst !== null) return dayReading(monthFirst[3], monthOf(monthFirst[1]), monthFirst[2], text);
  const monthYear = MONTH_YEAR.exec(text);
  if (monthYear !== null) return monthReading(monthYear[2], monthOf(monthYear[1]), text);
  const slashed = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4})$/.exec(text);
  if (slashed === null) return undefined;
  const [, first, second, year] = slashed;
  const american = dayReading(year, first, second, text);
  const european = dayReading(year, second, first, text);
  if (american.kind === 'date' && european.kind === 'date' && first !== second) return TWO_WAYS;
  return american.kind === 'date' ? american : european;
}

function monthOf(name: string | undefined): string {
  return String(MONTHS.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1);
}

/**
 * A mistyped date that has one reading only: 2024717日 (the signs dropped), 2023年7日28日, 2023年年7月28日,
 * 2O23年7月28日 (a letter for the zero), 2023年7月日 (the day never filled in: the month).
 */
function readDamaged(text: string): DateReading | undefined {
  const mended = text
    .replace(/(?<=\d)[oO](?=\d)/g, '0')
    .replace(/(?<=\d)[lI](?=\d)/g, '1')
    .replace(/([年月日])\1+/g, '$1')
    .replace(/([-./])\1+/g, '$1')
    .replace(/(?<=\d)[日号](?=\d)/, '月')
    .replace(/^(\d{4}年\d{1,2}月\d{1,2})月$/, '$1日')
    .replace(/(?<=年|月)[-./](?=\d)|(?<=\d)[-./](?=年|月|日)/g, '');
  if (/^\d{4}年\d{1,2}月日$/.test(mended)) return damaged(readPart(mended.slice(0, -1), undefined));
  if (mended !== text) {
    const again = readFull(mended) ?? readPart(mended, undefined);
    return again === undefined ? undefined : damaged(again);
  }
  const joined = /^(\d{4})[年./-]?(\d{3,4})[日号]?$/.exec(text);
  if (joined === null) return undefined;
  const [, year = '', rest = ''] = joined;
  const readings = [1, 2].flatMap(at => {
    const split = dayReading(year, rest.slice(0, at), rest.slice(at), text, 'damaged');
    return rest.length - at <= 2 && split.kind === 'date' ? [split] : [];
  });
  const [only] = readings;
  if (only === undefined) return UNREAL;
  return readings.length > 1 ? TWO_WAYS : only;
}

function damaged(read: DateReading | undefined): DateReading | undefined {
  return read?.kind === 'date' ? { kind: 'date', span: { ...read.span, assumed: 'damaged' } } : read;
}

function dayReading(
  year: string | undefined,
  month: string | undefined,
  dayOfMonth: string | undefined,
  text: string,
  assumed?: Assumed,
): DateReading {
  const y = Number(year);
  const found = y < FIRST_YEAR || y > LAST_YEAR ? undefined : day(y, Number(month), Number(dayOfMonth));
  return found === undefined ? UNREAL : reading(daySpan(found, text), assumed);
}

function monthReading(year: string | undefined, month: string | undefined, text: string): DateReading {
  return reading(monthsSpan(Number(year), Number(month), 1, text), undefined);
}

function reading(span: Span | undefined, assumed: Assumed): DateReading {
  if (span === undefined) return UNREAL;
  return { kind: 'date', span: assumed === undefined ? span : { ...span, assumed } };
}
