import { formatDayZh } from '../../model/day.js';
import { text } from '../../model/text.js';
import { findDates } from '../../read/typed/date.js';
import { noticeDate } from '../figures.js';
import { fold } from '../fold.js';
import { damagedDate } from '../import-diagnostics.js';
import { type Linting, placed, type Remark, remark } from './linting.js';

/** 2月30日, 13月, 24:00 are no dates: a month and day of a calendar that has none. */
const impossible = /(\d{1,2})月(\d{1,2})日/gu;
const lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Dates that are none as they stand, and a date of signature before the day up to which the text reports. */
export function* dates(linting: Linting): Iterable<Remark> {
  for (const line of linting.source.lines) {
    if (!/\d/.test(line.text)) continue;
    for (const found of findDates(line.text, {})) {
      if (found.span.assumed !== 'damaged') continue;
      yield placed(damagedDate(noticeDate(found.span, line.number)), line.text, found.span.text);
    }
    for (const match of fold(line.text).matchAll(impossible)) {
      const [words, month, day] = match;
      const days = lengths[Number(month) - 1];
      if (days !== undefined && Number(day) >= 1 && Number(day) <= days) continue;
      yield remark(linting, 'assumed-date', 'warning', `${line.number}|${words}`, {
        line: line.number,
        words,
        found: words,
        message: text(`没有“${words}”这一天`, `there is no such day as ${words}`),
        remedy: text('对照文件改正日期', 'correct the date from the document'),
      });
    }
  }
  yield* signedBefore(linting);
}

function* signedBefore(linting: Linting): Iterable<Remark> {
  const { asOf } = linting.parsed.inspection;
  if (asOf === undefined) return;
  for (const line of linting.source.lines.slice(-6)) {
    const words = line.text.trim();
    const [found] = /^[\d〇○零一二三四五六七八九十年月日\s]+$/u.test(fold(words)) ? findDates(words, {}) : [];
    if (found === undefined || found.span.precision !== 'day' || found.span.assumed !== undefined) continue;
    if (found.span.to >= asOf) continue;
    yield remark(linting, 'date-order', 'error', `signed|${line.number}`, {
      line: line.number,
      words,
      found: found.span.to,
      expected: `≥ ${asOf}`,
      message: text(
        `落款日期${formatDayZh(found.span.to)}早于正文的“截至${formatDayZh(asOf)}”`,
        `signed on ${found.span.to}, before the day up to which it reports (${asOf})`,
      ),
      remedy: text('改正落款日期，或改正“截至”', 'correct the date of signature or the as-of date'),
    });
  }
}
