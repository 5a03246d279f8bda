import { text } from '../../model/text.js';
import type { NoticeFinding, NoticeStatus } from '../parsed.js';
import { statusNames } from '../to-ledger.js';
import { type Linting, type Remark, remark } from './linting.js';

const unfinished: ReadonlySet<NoticeStatus> = new Set(['not-started', 'in-progress', 'mostly-done']);

/** A finding that says of itself something else than the heading it stands under: 已完成的事项 … 整改结果：整改中. */
export function* statusConflicts(linting: Linting): Iterable<Remark> {
  for (const finding of linting.parsed.sections.flatMap(section => section.findings)) {
    const { heading, status, statusFrom } = finding;
    if (heading === undefined || status === undefined || statusFrom !== 'own') continue;
    const tooEarly = heading.status === 'done' && unfinished.has(status);
    const tooLate = heading.status === 'in-progress' && status === 'done' && !finding.longTerm;
    if (tooEarly || tooLate) yield conflict(finding, status, heading, tooEarly, linting);
  }
}

function conflict(
  finding: NoticeFinding,
  status: NoticeStatus,
  heading: NonNullable<NoticeFinding['heading']>,
  tooEarly: boolean,
  linting: Linting,
): Remark {
  return remark(linting, 'status-conflict', tooEarly ? 'error' : 'warning', `${finding.line}`, {
    line: finding.statusLine ?? finding.line,
    words: finding.statusText,
    also: [heading.line],
    finding: finding.number,
    found: statusNames[status],
    expected: statusNames[heading.status],
    message: text(
      `问题${finding.number}写“${statusNames[status]}”，却列在“${heading.text}”下面（第${heading.line}行）`,
      `finding ${finding.number} says ${status} but stands under “${heading.text}” (line ${heading.line})`,
    ),
    remedy: text('改正结果，或移到对应的标题下', 'correct the result, or move it under the right heading'),
  });
}
