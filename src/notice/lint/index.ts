import { text } from '../../model/text.js';
import { importDiagnostics } from '../import-diagnostics.js';
import { countsInPassing } from './counts-in-passing.js';
import { dates } from './dates.js';
import { doneAfterAsOf } from './done-after-as-of.js';
import { fewerAnswers } from './fewer-answers.js';
import { findingOrder } from './finding-order.js';
import { ledgerChecks } from './from-ledger.js';
import { headingCounts } from './heading-counts.js';
import { headingNumbers } from './heading-numbers.js';
import { itemMarks } from './item-marks.js';
import { type Linting, placed, type Remark, type Rule } from './linting.js';
import { moneyOfFindings } from './money-of-findings.js';
import { nestedCounts } from './nested-counts.js';
import { oneCauseOnce } from './one-cause.js';
import { partsInText } from './parts-in-text.js';
import { period } from './period.js';
import { privateLines } from './private-lines.js';
import { publishedCounts } from './published-count.js';
import { rates } from './rates.js';
import { saidTwice } from './said-twice.js';
import { statusConflicts } from './status-conflicts.js';
import { statusSums } from './status-sums.js';
import { unfinishedNowhere } from './unfinished-nowhere.js';
import { unreadStatus } from './unread-status.js';

/** What is looked for in the text itself. A new rule is one file and one line here. */
const rules: readonly Rule[] = [
  ledgerChecks,
  publishedCounts,
  countsInPassing,
  statusSums,
  rates,
  nestedCounts,
  saidTwice,
  moneyOfFindings,
  partsInText,
  headingNumbers,
  headingCounts,
  findingOrder,
  itemMarks,
  statusConflicts,
  unreadStatus,
  unfinishedNowhere,
  fewerAnswers,
  dates,
  doneAfterAsOf,
  period,
  privateLines,
  unplaced,
];

/** Everything that is wrong inside the text of a notice, in the order of its lines. Pure. */
export function lintNotice(linting: Linting): readonly Remark[] {
  const remarks = rules.flatMap(rule => [...rule(linting)]);
  return inOrder(oneCauseOnce(withLevels(withoutRepeats(remarks), linting), linting));
}

/** Lines first, then places in the line; what is graver stands first where both are the same. */
export function inOrder(remarks: readonly Remark[]): readonly Remark[] {
  const rank = { error: 0, warning: 1, info: 2 } as const;
  return [...remarks].sort(
    (a, b) =>
      (a.diagnostic.at.line ?? 0) - (b.diagnostic.at.line ?? 0) ||
      a.from - b.from ||
      rank[a.diagnostic.level] - rank[b.diagnostic.level],
  );
}

/** Levels of the config; `off` takes the check out. */
export function withLevels(remarks: readonly Remark[], { levels }: Linting): readonly Remark[] {
  return remarks.flatMap(one => {
    const level = levels[one.diagnostic.check];
    if (level === 'off') return [];
    return level === undefined ? [one] : [{ ...one, diagnostic: { ...one.diagnostic, level } }];
  });
}

/** Two ways to the same place and cause are one remark. */
function withoutRepeats(remarks: readonly Remark[]): readonly Remark[] {
  const seen = new Set<string>();
  // A sum that only may be wrong, of a total that another line gives, is said at the figure that is unlike the text.
  const unlike = new Set(
    remarks.flatMap(({ diagnostic }) => (diagnostic.check === 'claim-mismatch' ? [diagnostic.at.line ?? 0] : [])),
  );
  return remarks.filter(({ diagnostic, from, length }) => {
    const unsure = diagnostic.check === 'total-mismatch' && diagnostic.level === 'warning';
    if (unsure && length === 0 && unlike.has(diagnostic.at.line ?? 0)) return false;
    const key = `${diagnostic.check}|${diagnostic.at.line ?? 0}|${from}|${diagnostic.found ?? diagnostic.message.zh}`;
    return !seen.has(key) && seen.add(key);
  });
}

function* unplaced(linting: Linting): Iterable<Remark> {
  for (const diagnostic of importDiagnostics(linting.parsed)) {
    if (diagnostic.check !== 'unplaced-line') continue;
    const message = text(
      `${diagnostic.count}行文字没能归到任何问题，没有检查`,
      `${diagnostic.count} lines belong to no finding and were not checked`,
    );
    const remedy = text('请自己看一遍这几行', 'please look at these lines yourself');
    yield placed({ ...diagnostic, message, remedy }, linting.lineText(diagnostic.at.line ?? 0), undefined);
  }
}
