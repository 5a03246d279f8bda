import { text } from '../../model/text.js';
import { fold } from '../fold.js';
import { markerNumber } from '../markers.js';
import type { NoticeClaim, NoticeFinding, NoticeStatus } from '../parsed.js';
import { type Linting, type Remark, remark } from './linting.js';

const number = '(\\d{1,3}|[一二三四五六七八九十]{1,3})';

/** "对尚未完成的2个问题" in a text that tells of one. Counts in headings are looked at on their own. */
export function* countsInPassing(linting: Linting): Iterable<Remark> {
  const findings = linting.parsed.sections.flatMap(section => section.findings);
  if (findings.length > 0 && findings.every(finding => finding.status !== undefined))
    yield* behindTheFindings(findings, linting);
}

const states: readonly (readonly [string, readonly NoticeStatus[], NoticeClaim['of']])[] = [
  [
    '(?:尚未|未|没有)(?:全部)?(?:完成|整改到位|办结|销号)(?:整改)?',
    ['not-started', 'in-progress', 'mostly-done'],
    '未完成数',
  ],
  ['(?:正在|继续)(?:整改|推进|办理)', ['in-progress'], '整改中数'],
  ['基本完成(?:整改)?', ['mostly-done'], '基本完成数'],
  ['(?:需要?)?长期(?:坚持|整改)', ['long-term'], '长期坚持数'],
  ['已(?:经|全部)?(?:完成|整改到位|整改完成|办结|销号)(?:整改)?', ['done'], '整改到位数'],
];

function* behindTheFindings(findings: readonly NoticeFinding[], linting: Linting): Iterable<Remark> {
  const last = Math.max(...findings.map(finding => finding.line));
  for (const { number: line, text: words } of linting.source.lines) {
    if (line <= last || isTold(findings, line)) continue;
    const folded = fold(words);
    for (const [state, of, subject] of states) {
      const pattern = new RegExp(
        `(?:对|把|将)(?:于|剩余)?的?(?:${state}的?${number}[个项](?:问题|事项)|${number}[个项]${state}的(?:问题|事项))`,
        'gu',
      );
      for (const match of folded.matchAll(pattern)) {
        const stated = markerNumber(match[1] ?? match[2] ?? '');
        const listed = findings.filter(finding => finding.status !== undefined && of.includes(finding.status)).length;
        if (stated === undefined || stated === listed) continue;
        // The headline says so, too: said once, there.
        if (linting.parsed.claims.some(one => one.of === subject && Number(one.value) === stated)) continue;
        yield wrongCount(linting, line, match[0], stated, listed);
      }
    }
  }
}

/** Lines that belong to a finding count villages and cases, not findings. */
function isTold(findings: readonly NoticeFinding[], line: number): boolean {
  return findings.some(finding =>
    [...finding.measures, ...finding.progress, ...finding.next].some(part => part.line === line),
  );
}

function wrongCount(linting: Linting, line: number, words: string, stated: number, listed: number): Remark {
  return remark(linting, 'claim-mismatch', 'error', `passing|${line}|${words}`, {
    line,
    words: words.trim(),
    found: String(stated),
    expected: String(listed),
    message: text(
      `“${words.trim()}”写${stated}个，前面写到的是${listed}个`,
      `“${words.trim()}” says ${stated}; ${listed} are told above`,
    ),
    remedy: text('改正这个数，或补上漏列的问题', 'correct the figure or complete the list'),
  });
}
