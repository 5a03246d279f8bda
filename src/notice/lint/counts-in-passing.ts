import { text } from '../../model/text.js';
import { fold } from '../fold.js';
import { markerNumber } from '../markers.js';
import type { NoticeFinding, NoticeStatus } from '../parsed.js';
import { type Linting, type Remark, remark } from './linting.js';

const number = '(\\d{1,3}|[一二三四五六七八九十]{1,3})';

/** "已完成的整改事项（11项）" above ten findings, and "对尚未完成的2个问题" in a text that tells of one. */
export function* countsInPassing(linting: Linting): Iterable<Remark> {
  const findings = linting.parsed.sections.flatMap(section => section.findings);
  yield* inHeadings(linting);
  if (findings.length > 0 && findings.every(finding => finding.status !== undefined))
    yield* behindTheFindings(findings, linting);
}

const counted = new RegExp(`[（(]\\s*共?\\s*${number}\\s*[个项条](?:问题|事项)?\\s*[)）]\\s*[。：:]?\\s*$`, 'u');

function* inHeadings(linting: Linting): Iterable<Remark> {
  const under = new Map<number, number>();
  for (const section of linting.parsed.sections) {
    const lines = new Set<number>();
    for (const { heading } of section.findings) {
      const line = heading?.line ?? section.line;
      lines.add(line);
      under.set(line, (under.get(line) ?? 0) + 1);
    }
    if (!lines.has(section.line)) under.set(section.line, (under.get(section.line) ?? 0) + section.findings.length);
  }
  for (const [line, listed] of under) {
    const match = counted.exec(linting.lineText(line));
    const stated = markerNumber(match?.[1] ?? '');
    if (match === null || stated === undefined || stated === listed) continue;
    yield wrongCount(linting, line, match[0], stated, listed, text('下面列了', 'listed below'));
  }
}

const states: readonly (readonly [string, readonly NoticeStatus[]])[] = [
  ['(?:尚未|未|没有)(?:全部)?(?:完成|整改到位|办结|销号)(?:整改)?', ['not-started', 'in-progress', 'mostly-done']],
  ['(?:正在|继续)(?:整改|推进|办理)', ['in-progress']],
  ['基本完成(?:整改)?', ['mostly-done']],
  ['(?:需要?)?长期(?:坚持|整改)', ['long-term']],
];

function* behindTheFindings(findings: readonly NoticeFinding[], linting: Linting): Iterable<Remark> {
  const last = Math.max(...findings.map(finding => finding.line));
  for (const { number: line, text: words } of linting.source.lines) {
    if (line <= last || isTold(findings, line)) continue;
    const folded = fold(words);
    for (const [state, of] of states) {
      const pattern = new RegExp(`(?:对|把|将)(?:于|剩余)?的?${state}的?${number}[个项](?:问题|事项)`, 'gu');
      for (const match of folded.matchAll(pattern)) {
        const stated = markerNumber(match[1] ?? '');
        const listed = findings.filter(finding => finding.status !== undefined && of.includes(finding.status)).length;
        if (stated === undefined || stated === listed) continue;
        yield wrongCount(linting, line, match[0], stated, listed, text('前面写到的是', 'told above'));
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

function wrongCount(
  linting: Linting,
  line: number,
  words: string,
  stated: number,
  listed: number,
  where: ReturnType<typeof text>,
): Remark {
  return remark(linting, 'claim-mismatch', 'error', `passing|${line}|${words}`, {
    line,
    words: words.trim(),
    found: String(stated),
    expected: String(listed),
    message: text(
      `“${words.trim()}”写${stated}个，${where.zh}${listed}个`,
      `“${words.trim()}” says ${stated}; ${listed} are ${where.en}`,
    ),
    remedy: text('改正这个数，或补上漏列的问题', 'correct the figure or complete the list'),
  });
}
