declare const real: unique symbol;

/**
 * A real calendar date, `YYYY-MM-DD`, years 0001 to 9999, without time or zone. Days compare with `<` and `===`.
 * Everything here is integer arithmetic on the Gregorian calendar: a `Date` would bring a time zone along and be a day
 * off somewhere.
 */
export type Day = string & { readonly [real]: true };

/**
 * A date as precisely as it was written: a month is its first to its last day. `range` is two or more dates in one
 * place (8月5日至7日), first to last.
 * `assumed`: `year` – no year was written; `day` – only a vague part of a month (中旬, 月底); `damaged` – mistyped,
 * but with one reading only.
 */
export type Span = {
  readonly from: Day;
  readonly to: Day;
  readonly precision: 'day' | 'month' | 'quarter' | 'half' | 'year' | 'range';
  /** As it was typed. */
  readonly text: string;
  readonly assumed?: 'year' | 'day' | 'damaged';
};

export function isDay(text: string): text is Day {
  if (text.length !== 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return false;
  return isReal(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10));
}

/** The day with this year, month (1–12) and day (1–31); undefined when there is no such day. */
export function day(year: number, month: number, dayOfMonth: number): Day | undefined {
  if (!isReal(year, month, dayOfMonth)) return undefined;
  const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(dayOfMonth)}`;
  return isDay(text) ? text : undefined;
}

/** Year, month (1–12) and day of month (1–31). */
export function partsOf(value: Day): { readonly year: number; readonly month: number; readonly day: number } {
  return { year: digits(value, 0, 4), month: digits(value, 5, 7), day: digits(value, 8, 10) };
}

/** RangeError outside the years 0001 to 9999. */
export function addDays(value: Day, n: number): Day {
  return fromNumber(toNumber(value) + n);
}

/** The same day of a later (or earlier) month, or the last of that month: 31 January and a month is 28 February. */
export function addMonths(value: Day, n: number): Day {
  const { year, month, day: dayOfMonth } = partsOf(value);
  const months = year * 12 + (month - 1) + n;
  const toYear = Math.floor(months / 12);
  const toMonth = months - toYear * 12 + 1;
  return certain(toYear, toMonth, Math.min(dayOfMonth, daysInMonth(toYear, toMonth)));
}

/** Days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return toNumber(to) - toNumber(from);
}

export function lastDayOfMonth(year: number, month: number): Day {
  return certain(year, month, daysInMonth(year, month));
}

export function daySpan(value: Day, text: string): Span {
  return { from: value, to: value, precision: 'day', text };
}

/** First to last day of `count` months: a month, a quarter, half a year, a year. Undefined when there is no such month. */
export function monthsSpan(year: number, month: number, count: 1 | 3 | 6 | 12, text: string): Span | undefined {
  const from = day(year, month, 1);
  if (from === undefined || month + count - 1 > 12) return undefined;
  const precision = count === 1 ? 'month' : count === 3 ? 'quarter' : count === 6 ? 'half' : 'year';
  return { from, to: lastDayOfMonth(year, month + count - 1), precision, text };
}

/** Every day the span may mean lies before the day. */
export function certainlyBefore(span: Span, value: Day): boolean {
  return span.to < value;
}

/** Every day the span may mean lies after the day. */
export function certainlyAfter(span: Span, value: Day): boolean {
  return span.from > value;
}

/** `2023年7月28日`. */
export function formatDayZh(value: Day): string {
  const { year, month, day: dayOfMonth } = partsOf(value);
  return `${year}年${month}月${dayOfMonth}日`;
}

/** Excel's last day, 31 December 9999, in the 1900 system. */
const LAST_SERIAL = 2_958_465;
/** The 1904 system counts from 0 on 1 January 1904, which is 1462 in the 1900 system (Excel's own constant). */
const SYSTEM_1904 = 1462;

/**
 * The day of an Excel serial (decimal text; the fraction is the time of day and dropped).
 * 1900 system: 1 is 1 January 1900, and 60 is a 29 February 1900 that never was (inherited from Lotus 1-2-3): undefined,
 * as is anything outside 1900–9999. 15 significant digits count, as in Excel: 45134.99999999999 is 45135.
 */
export function serialToDay(serialText: string, system1904: boolean): Day | undefined {
  if (!/^\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2})?$/.test(serialText)) return undefined;
  const whole = Math.floor(Number(Number(serialText).toPrecision(15)));
  const serial = system1904 ? whole + SYSTEM_1904 : whole;
  if (serial < 1 || serial > LAST_SERIAL || (serial === 60 && !system1904)) return undefined;
  return fromNumber(SERIAL_ZERO + (serial < 60 ? serial + 1 : serial));
}

/** The whole Excel serial of a day. RangeError before 1900 (1904 in the 1904 system), where Excel has none. */
export function dayToSerial(value: Day, system1904 = false): number {
  const days = toNumber(value) - SERIAL_ZERO;
  const serial = days < 61 ? days - 1 : days;
  const result = system1904 ? serial - SYSTEM_1904 : serial;
  if (serial < 1 || result < 0) throw new RangeError(`Excel has no serial for ${value}.`);
  return result;
}

function isReal(year: number, month: number, dayOfMonth: number): boolean {
  return (
    Number.isInteger(year) &&
    year >= 1 &&
    year <= 9999 &&
    Number.isInteger(month) &&
    month >= 1 &&
    month <= 12 &&
    Number.isInteger(dayOfMonth) &&
    dayOfMonth >= 1 &&
    dayOfMonth <= daysInMonth(year, month)
  );
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function certain(year: number, month: number, dayOfMonth: number): Day {
  const found = day(year, month, dayOfMonth);
  if (found === undefined) throw new RangeError(`No such day: ${year}-${month}-${dayOfMonth}`);
  return found;
}

/** The number that the decimal digits of a piece of text make; NaN when one of them is none. */
function digits(text: string, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

function two(n: number): string {
  return n < 10 ? `0${n}` : String(n);
}

/** Days in four centuries, and in a century that begins after a leap century's end. */
const ERA = 146_097;

/**
 * Days since 1 March 0000. Counting years from March puts the leap day last, so that a month's start is a linear formula
 * (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
 */
function toNumber(value: Day): number {
  const { year, month, day: dayOfMonth } = partsOf(value);
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + dayOfMonth - 1;
  return era * ERA + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
}

/** The inverse of `toNumber`; RangeError outside the years 0001 to 9999. */
function fromNumber(days: number): Day {
  const era = Math.floor(days / ERA);
  const dayOfEra = days - era * ERA;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const dayOfMonth = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  return certain(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfMonth);
}

/** 30 December 1899 as `toNumber` counts: serial 61, 1 March 1900, is 61 days later. */
const SERIAL_ZERO = 693_899;
