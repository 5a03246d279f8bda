import { text } from '../../model/text.js';
import { fold } from '../fold.js';
import { markerNumber } from '../markers.js';
import type { NoticeFinding, NoticeHeading, NoticeStatus } from '../parsed.js';
import { type Linting, type Remark, remark } from './linting.js';

/** 一、已完成整改的问题（11个）; …方面，反馈问题3个，已完成3个: the heading counts what stands under it. */
export function* headingCounts(linting: Linting): Iterable<Remark> {
  const { headings, sections } = linting.parsed;
  const findings = sections.flatMap(section => section.findings);
  for (const [index, heading] of headings.entries()) {
    const end = headings.slice(index + 1).find(next => !isBelow(next, heading))?.line ?? Number.POSITIVE_INFINITY;
    const under = findings.filter(finding => finding.line > heading.line && finding.line < end);
    if (under.length === 0) continue;
    const words = fold(heading.text);
    for (const { pattern, name, counts } of counted) {
      const match = pattern.exec(words);
      const stated = match === null ? undefined : markerNumber(match[1] ?? '');
      const listed = stated === undefined ? undefined : counts(under);
      if (match === null || stated === undefined || listed === undefined || listed === stated) continue;
      yield remark(linting, 'claim-mismatch', 'error', `heading|${heading.line}|${match[0]}`, {
        line: heading.line,
        words: match[0].replace(/^[,;]/u, ''),
        found: String(stated),
        expected: String(listed),
        message: text(
          `标题写${stated}个${name}，下面列出的是${listed}个`,
          `the heading counts ${stated}, ${listed} stand under it`,
        ),
        remedy: text('改正标题里的数，或补上漏列的', 'correct the heading or add what was left out'),
      });
    }
  }
}

const rank = { part: 0, cn: 1, 'cn-paren': 2 } as const;

function isBelow(next: NoticeHeading, heading: NoticeHeading): boolean {
  return next.list !== heading.list && rank[next.style] > rank[heading.style];
}

const N = '(\\d{1,3}|[一二三四五六七八九十]{1,3})';
const withStatus =
  (...wanted: readonly NoticeStatus[]) =>
  (under: readonly NoticeFinding[]) =>
    under.every(finding => finding.status !== undefined)
      ? under.filter(({ status }) => status !== undefined && wanted.includes(status)).length
      : undefined;

const counted: readonly {
  readonly pattern: RegExp;
  /** What is counted. */
  readonly name: string;
  /** undefined: the text does not tell. */
  readonly counts: (under: readonly NoticeFinding[]) => number | undefined;
}[] = [
  {
    pattern: new RegExp(
      `(?<!具体(?:问题|事项))\\(\\s*共?\\s*${N}\\s*[个项条](?:问题|事项)?\\s*\\)\\s*[。:]?\\s*$`,
      'u',
    ),
    name: '问题',
    counts: under => under.length,
  },
  {
    pattern: new RegExp(`(?:反馈)(?:的)?问题(?:共)?${N}[个项条](?=[,;]|$)`),
    name: '问题',
    counts: under => under.length,
  },
  {
    pattern: new RegExp(`[,;]已?(?:完成(?:整改)?|整改完成|整改到位)${N}[个项条]`),
    name: '已完成',
    counts: withStatus('done'),
  },
  { pattern: new RegExp(`[,;]正在(?:推进|整改)${N}[个项条]`), name: '正在整改', counts: withStatus('in-progress') },
];
