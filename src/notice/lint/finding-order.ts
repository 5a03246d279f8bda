import { text } from '../../model/text.js';
import type { NoticeFinding } from '../parsed.js';
import { type Linting, type Remark, remark } from './linting.js';

/**
 * In a notice the order of the numbers counts, too: 1, 3, 2 misses nothing and is wrong. Numbers may begin at 1 again
 * under each heading. Gaps and repeats are found by the ledger's own check.
 */
export function* findingOrder(linting: Linting): Iterable<Remark> {
  const { sections } = linting.parsed;
  const restarts = sections.length > 1 && sections.slice(1).every(section => section.findings[0]?.number === 1);
  const runs = restarts ? sections.map(section => section.findings) : [sections.flatMap(section => section.findings)];
  for (const run of runs) yield* inOneRun(run, linting);
}

function* inOneRun(run: readonly NoticeFinding[], linting: Linting): Iterable<Remark> {
  let last: NoticeFinding | undefined;
  for (const finding of run) {
    // A new 1 begins a block of its own where nothing but the number tells.
    if (last !== undefined && finding.number < last.number && finding.number !== 1) {
      yield remark(linting, 'finding-number', 'error', `order|${finding.line}`, {
        line: finding.line,
        words: String(finding.number),
        finding: finding.number,
        found: `${last.number}、${finding.number}`,
        message: text(
          `问题编号顺序乱了：${last.number}后面是${finding.number}（${last.number}在第${last.line}行）`,
          `finding numbers are out of order: ${finding.number} follows ${last.number} (line ${last.line})`,
        ),
        remedy: text('按顺序重新编号', 'number them in order'),
      });
    }
    last = finding;
  }
}
