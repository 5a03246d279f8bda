import { text } from '../../model/text.js';
import type { NoticeFinding } from '../parsed.js';
import { type Linting, type Remark, remark } from './linting.js';

/**
 * A finding with more particulars than measures. A notice need not answer them one by one; where all others do, the one
 * that does not stands out.
 */
export function* fewerAnswers(linting: Linting): Iterable<Remark> {
  const findings = linting.parsed.sections
    .flatMap(section => section.findings)
    .filter(finding => finding.subFindings.length >= 2 && finding.measures.length >= 2);
  const short = findings.filter(finding => finding.measures.length < finding.subFindings.length);
  const stands = findings.length - short.length >= 4 && short.length * 4 <= findings.length;
  for (const finding of short) yield fewer(finding, stands, linting);
}

function fewer(finding: NoticeFinding, stands: boolean, linting: Linting): Remark {
  const subs = finding.subFindings.length;
  const measures = finding.measures.length;
  return remark(linting, 'fewer-measures', stands ? 'warning' : 'info', String(finding.line), {
    line: finding.measures[0]?.line ?? finding.line,
    also: [finding.line],
    finding: finding.number,
    found: String(measures),
    expected: String(subs),
    message: text(
      `问题${finding.number}列了${subs}个具体问题，整改只写了${measures}条${stands ? '（别的问题都逐条回应了）' : ''}`,
      `finding ${finding.number} has ${subs} particulars and ${measures} measures`,
    ),
    remedy: text('看看是不是漏答了一条', 'see whether one was left unanswered'),
  });
}
