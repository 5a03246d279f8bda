import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  certainlyAfter,
  certainlyBefore,
  type Day,
  day,
  daysBetween,
  dayToSerial,
  formatDayZh,
  isDay,
  lastDayOfMonth,
  monthsSpan,
  partsOf,
  serialToDay,
} from '../../src/model/day.js';

function on(text: string): Day {
  if (!isDay(text)) throw new Error(`no such day: ${text}`);
  return text;
}

/** JavaScript's own calendar, at UTC, as the independent judge; offset from 1 January 1970. */
const dayNumber = fc.integer({ min: -200_000, max: 2_000_000 });
function judged(n: number): Day {
  return on(new Date(n * 86_400_000).toISOString().slice(0, 10));
}

describe('a day', () => {
  it.each(['2024-02-29', '2000-02-29', '2023-12-31', '0001-01-01', '9999-12-31'])('%s is one', text => {
    expect(isDay(text)).toBe(true);
  });

  it.each([
    '2023-02-29',
    '1900-02-29',
    '2023-13-01',
    '2023-00-10',
    '2023-06-31',
    '2023-7-28',
    '2023/07/28',
    '0000-01-01',
    '２０２３-07-28',
    '',
  ])('%s is none', text => {
    expect(isDay(text)).toBe(false);
  });

  it('agrees with another calendar on every count', () => {
    fc.assert(
      fc.property(dayNumber, fc.integer({ min: -50_000, max: 50_000 }), (n, step) => {
        expect(addDays(judged(n), step)).toBe(judged(n + step));
        expect(daysBetween(judged(n), judged(n + step))).toBe(step);
      }),
    );
  });

  it('adds months and stays inside the month', () => {
    expect(addMonths(on('2023-07-28'), 3)).toBe('2023-10-28');
    expect(addMonths(on('2023-08-31'), 6)).toBe('2024-02-29');
    expect(addMonths(on('2024-01-31'), -2)).toBe('2023-11-30');
    expect(addMonths(on('2023-11-30'), 2)).toBe('2024-01-30');
  });

  it('counts the 94 days from feedback to the cut-off', () => {
    expect(daysBetween(on('2023-07-28'), on('2023-10-30'))).toBe(94);
  });

  it('knows month ends and how a date is written', () => {
    expect(lastDayOfMonth(2024, 2)).toBe('2024-02-29');
    expect(formatDayZh(on('2023-07-08'))).toBe('2023年7月8日');
    expect(partsOf(on('2023-07-08'))).toEqual({ year: 2023, month: 7, day: 8 });
    expect(day(2023, 2, 29)).toBeUndefined();
    expect(day(2023, 1.5, 1)).toBeUndefined();
    expect(() => addDays(on('9999-12-31'), 1)).toThrow(RangeError);
  });

  it('does not call a month before or after a day inside it', () => {
    const span = monthsSpan(2023, 7, 1, '2023年7月');
    if (span === undefined) throw new Error('July exists');
    expect(certainlyBefore(span, on('2023-07-28'))).toBe(false);
    expect(certainlyBefore(span, on('2023-08-01'))).toBe(true);
    expect(certainlyAfter(span, on('2023-07-28'))).toBe(false);
    expect(certainlyAfter(span, on('2023-06-30'))).toBe(true);
    expect(monthsSpan(2023, 12, 3, '')).toBeUndefined();
  });
});

describe('an Excel serial', () => {
  it.each([
    ['1', '1900-01-01'],
    ['59', '1900-02-28'],
    ['61', '1900-03-01'],
    ['45135', '2023-07-28'],
    ['45135.75', '2023-07-28'],
    ['45134.99999999999', '2023-07-28'],
    ['4.5135E4', '2023-07-28'],
    ['2958465', '9999-12-31'],
  ])('%s is %s', (serial, expected) => {
    expect(serialToDay(serial, false)).toBe(expected);
  });

  it('of 29 February 1900 or outside the calendar is no day', () => {
    for (const serial of ['60', '60.5', '0', '-1', '2958466', 'abc', ''])
      expect(serialToDay(serial, false)).toBeUndefined();
  });

  it('counts from 1904 in a workbook made on an old Mac', () => {
    expect(serialToDay('0', true)).toBe('1904-01-01');
    expect(serialToDay('43673', true)).toBe('2023-07-28');
    expect(dayToSerial(on('2023-07-28'), true)).toBe(43673);
  });

  it('comes back from the day it stands for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_958_465 }), fc.boolean(), (serial, system1904) => {
        const found = serialToDay(String(serial), system1904);
        if (found !== undefined) expect(dayToSerial(found, system1904)).toBe(serial);
        else expect(serial === 60 || (system1904 && serial > 2_957_003)).toBe(true);
      }),
    );
  });

  it('does not exist before 1900', () => {
    expect(() => dayToSerial(on('1899-12-31'))).toThrow(RangeError);
    expect(() => dayToSerial(on('1903-12-31'), true)).toThrow(RangeError);
  });
});
