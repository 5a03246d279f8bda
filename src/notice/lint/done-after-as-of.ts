import { formatDayZh } from '../../model/day.js';
import { text } from '../../model/text.js';
import { deedsOf } from '../deeds.js';
import type { NoticeDate, NoticeFinding, NoticeMeasure } from '../parsed.js';
import { type Linting, type Remark, remark } from './linting.js';

/** 截至9月13日 and, under what is done, a training of 9月30日: it lies after the day up to which the notice reports. */
export function* doneAfterAsOf(linting: Linting): Iterable<Remark> {
  const { asOf } = linting.parsed.inspection;
  if (asOf === undefined) return;
  for (const finding of linting.parsed.sections.flatMap(section => section.findings)) {
    for (const deed of deedsOf(finding)) {
      if (!isDone(finding, deed)) continue;
      for (const date of deed.dates) {
        if (!isLater(date, asOf) || isAhead(deed.text, date.text)) continue;
        yield remark(linting, 'after-as-of', 'warning', `${date.line}|${date.value}`, {
          line: date.line,
          words: date.text,
          finding: finding.number,
          found: date.value,
          expected: `≤ ${asOf}`,
          message: text(
            `问题${finding.number}写的是已完成，做法的日期${date.text}却在“截至${formatDayZh(asOf)}”以后`,
            `finding ${finding.number} is done, but ${date.value} lies after the day up to which the text reports (${asOf})`,
          ),
          remedy: text('日期晚于“截至”日期：改正日期，或改“截至”', 'correct the date or the as-of date'),
        });
      }
    }
  }
}

/** A measure that reports its own result is as far as that says. */
function isDone(finding: NoticeFinding, deed: NoticeMeasure): boolean {
  const sub = deed.answers === undefined ? undefined : finding.subFindings[deed.answers];
  return (deed.result?.status ?? sub?.result?.status ?? finding.status) === 'done';
}

function isLater(date: NoticeDate, asOf: string): boolean {
  if (date.assumed === 'damaged') return false;
  if (date.precision === 'day') return date.value > asOf;
  return date.precision === 'month' && date.value > asOf.slice(0, 7);
}

/** 计划12月底前办结: said of what is to come, which other rules look at. */
function isAhead(told: string, date: string): boolean {
  const at = told.indexOf(date);
  const clause = /[^。；;，,]*$/u.exec(told.slice(0, at))?.[0] ?? '';
  return (
    /计划|预计|拟|将|争取|力争|确保|要求|明确|约定|延期至|有效期|为期/u.test(clause) ||
    /^(?:底|末)?(?:之)?前/u.test(told.slice(at + date.length))
  );
}
