import type { Diagnostic } from '../model/diagnostic.js';
import { type Text, text } from '../model/text.js';
import { deedsOf } from './deeds.js';
import { lineDiagnostic } from './line-diagnostic.js';
import type { NoticeDate, ParsedNotice } from './parsed.js';

/** What is to be said about the reading itself: lines that belong to nothing, dates that are damaged. */
export function importDiagnostics(parsed: ParsedNotice): readonly Diagnostic[] {
  return [...unplaced(parsed), ...damagedDates(parsed)];
}

function unplaced(parsed: ParsedNotice): readonly Diagnostic[] {
  const [first, ...others] = parsed.unplaced;
  if (first === undefined) return [];
  const count = parsed.unplaced.length;
  return [
    lineDiagnostic('unplaced-line', 'info', '', {
      line: first.line,
      also: others.map(one => one.line),
      count,
      found: first.text.trim(),
      message: text(
        `${count}行文字没能归到任何问题，没有写进台账`,
        `${count} lines belong to no finding and are not in the workbook`,
      ),
      remedy: text(
        '请对照原文看一遍：是问题或措施的，手工补进台账；是落款、说明的，不用管',
        'compare with the text: add by hand what is a finding or a measure; closing lines need nothing',
      ),
    }),
  ];
}

function damagedDates(parsed: ParsedNotice): readonly Diagnostic[] {
  const dates = parsed.sections
    .flatMap(section => section.findings)
    .flatMap(deedsOf)
    .flatMap(measure => measure.dates);
  return dates.filter(date => date.assumed === 'damaged').map(date => damagedDate(date));
}

/** A date that is no date as it stands ("2024717日"), with what it was read as. */
export function damagedDate(date: NoticeDate): Diagnostic {
  const message: Text = text(
    `日期“${date.text}”写得不对，按${date.value}理解`,
    `the date “${date.text}” is damaged; read as ${date.value}`,
  );
  return lineDiagnostic('assumed-date', 'warning', `${date.line}|${date.text}`, {
    line: date.line,
    found: date.text,
    expected: date.value,
    message,
    remedy: text('请改成完整的年月日', 'write the full date'),
  });
}
