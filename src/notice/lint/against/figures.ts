import { shorten } from '../../../checks/check.js';
import { text } from '../../../model/text.js';
import { deedsOf } from '../../deeds.js';
import type { NoticeMeasure } from '../../parsed.js';
import { type Remark, remark } from '../linting.js';
import type { Comparing } from './comparing.js';
import type { Pair } from './pairs.js';
import { type Known, knownOf } from './wordings.js';

/** Counts, dates and sums told under a finding that the ledger does not have under the same finding: one remark a measure. */
export function* figuresAgainst(comparing: Comparing): Iterable<Remark> {
  const { ledger } = comparing.examined;
  for (const pair of comparing.pairs.pairs) {
    const known = knownOf(pair.state, ledger);
    for (const measure of deedsOf(pair.told)) {
      const strange = strangeFigures(measure, known);
      const [first] = strange;
      if (first !== undefined) yield unknownFigure(strange, first, measure, pair, comparing);
    }
  }
}

function strangeFigures(measure: NoticeMeasure, known: Known): readonly string[] {
  return [
    ...measure.counts.filter(count => !known.numbers.has(count.n)).map(count => `${count.n}${count.noun}`),
    ...measure.amounts
      .filter(amount => amount.kind === undefined && !known.amounts.has(amount.yuan))
      .map(amount => amount.text),
    ...measure.dates
      .filter(date => (date.precision === 'day' || date.precision === 'month') && date.assumed === undefined)
      .filter(date => !known.dates.has(date.value))
      .map(date => date.text),
  ];
}

function unknownFigure(
  strange: readonly string[],
  first: string,
  measure: NoticeMeasure,
  { told, state }: Pair,
  { linting }: Comparing,
): Remark {
  const listed = strange.join('、');
  return remark(linting, 'notice-figure-unknown', 'warning', `${measure.line}|${measure.text.slice(0, 20)}|${listed}`, {
    line: measure.line,
    words: linting.lineText(measure.line).includes(first) ? first : measure.text,
    finding: told.number,
    found: listed,
    message: text(
      `“${shorten(measure.text, 24)}”里的${listed}，台账问题${state.finding.label}里查不到`,
      `${listed} in finding ${told.number} cannot be found in finding ${state.finding.label} of the ledger`,
    ),
    remedy: text('以台账为准改正；台账没记的，先补进整改进展', 'correct it by the ledger, or add it to 整改进展 first'),
  });
}
