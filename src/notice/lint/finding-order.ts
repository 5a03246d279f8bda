import { text } from '../../model/text.js';
import type { NoticeFinding } from '../parsed.js';
import { hasRepeats, runsOf } from '../runs.js';
import { type Linting, type Remark, remark } from './linting.js';

/**
 * In a notice the order of the numbers counts, too: 1, 3, 2 misses nothing and is wrong. Gaps and repeats are found by the
 * ledger's own check, except where numbers begin at 1 again under each heading or occur twice: as a ledger these run on.
 */
export function* findingOrder(linting: Linting): Iterable<Remark> {
  const runs = runsOf(linting.parsed.sections);
  const own = runs.length > 1 || hasRepeats(linting.parsed.sections);
  for (const run of runs) yield* inOneRun(run, own, linting);
}

function* inOneRun(run: readonly NoticeFinding[], own: boolean, linting: Linting): Iterable<Remark> {
  let last: NoticeFinding | undefined;
  for (const [index, finding] of run.entries()) {
    // A new 1 begins a block of its own where nothing but the number tells.
    if (last !== undefined && finding.number < last.number && finding.number !== 1) {
      yield wrongNumber(
        finding,
        last,
        text(
          `问题编号顺序乱了：${last.number}后面是${finding.number}（${last.number}在第${last.line}行）`,
          `finding numbers are out of order: ${finding.number} follows ${last.number} (line ${last.line})`,
        ),
        linting,
      );
    } else if (own && last !== undefined && finding.number > last.number + 1 && !isShifted(run, index - 1)) {
      const missing = Array.from({ length: finding.number - last.number - 1 }, (_, at) => (last?.number ?? 0) + 1 + at);
      yield wrongNumber(
        finding,
        last,
        text(
          `问题编号缺${missing.slice(0, 10).join('、')}：${last.number}后面是${finding.number}`,
          `finding ${missing.slice(0, 10).join(', ')} is missing: ${finding.number} follows ${last.number}`,
        ),
        linting,
      );
    } else if (own && last !== undefined && finding.number === last.number) {
      yield wrongNumber(
        finding,
        last,
        text(
          `有两个问题都编了${finding.number}号（另一个在第${last.line}行）${isShifted(run, index) ? `，后面没有${finding.number + 1}号：这一个应当是${finding.number + 1}` : ''}`,
          `two findings have the number ${finding.number} (the other in line ${last.line})${isShifted(run, index) ? `; the second one should be ${finding.number + 1}, which is missing` : ''}`,
        ),
        linting,
      );
    }
    last = finding;
  }
}

/** 7, 8, 8, 10: the second 8 is the 9 that is missing; one slip, not two. */
function isShifted(run: readonly NoticeFinding[], index: number): boolean {
  const [before, here, next] = [run[index - 1], run[index], run[index + 1]];
  return here !== undefined && here.number === before?.number && next?.number === here.number + 2;
}

function wrongNumber(
  finding: NoticeFinding,
  last: NoticeFinding,
  message: Remark['diagnostic']['message'],
  linting: Linting,
): Remark {
  return remark(linting, 'finding-number', 'error', `order|${finding.line}`, {
    line: finding.line,
    words: String(finding.number),
    finding: finding.number,
    found: `${last.number}、${finding.number}`,
    message,
    remedy: text(
      '按顺序重新编号；漏列的补上，不公开的请连续编号',
      'number them in order; add what was left out, or number on',
    ),
  });
}
