import type { Examined } from '../../../examine.js';
import { asLedger } from '../as-ledger.js';
import { inOrder, withLevels } from '../index.js';
import type { Linting, Remark } from '../linting.js';
import { besideLedger, oneCauseOnce } from '../one-cause.js';
import { claimsAgainst } from './claims.js';
import type { Comparing } from './comparing.js';
import { factsAgainst } from './facts.js';
import { figuresAgainst } from './figures.js';
import { findingsAgainst } from './findings.js';
import { moneyAgainst } from './money.js';
import { pairFindings } from './pairs.js';
import { policiesAgainst } from './policies.js';

/** What is compared. A new comparison is one file and one line here. */
const comparisons: readonly ((comparing: Comparing) => Iterable<Remark>)[] = [
  factsAgainst,
  findingsAgainst,
  moneyAgainst,
  claimsAgainst,
  policiesAgainst,
  figuresAgainst,
];

/**
 * Everything in which a notice differs from a ledger: figures, findings, results, money, rule documents, dates. Pure.
 * `also` names the ledger's cells.
 */
export function lintAgainst(linting: Linting, examined: Examined): readonly Remark[] {
  const { parsed, mappings } = linting;
  const comparing: Comparing = {
    linting,
    examined,
    told: asLedger(parsed, mappings, examined.asOf),
    pairs: pairFindings(parsed, examined.states),
  };
  const remarks = withLevels(
    comparisons.flatMap(compare => [...compare(comparing)]),
    linting,
  );
  return inOrder(oneCauseOnce(remarks, linting, besideLedger));
}

/** What a text alone cannot show is settled by the ledger: agreed with or not, it is no longer open. */
const settled: ReadonlySet<string> = new Set(['claim-untraceable', 'untraced-money']);

/** What makes the counts of the headline differ from what the text lists. */
const causes: ReadonlySet<string> = new Set(['notice-status-differs', 'notice-finding-missing']);

/** The remarks on the text and those of the comparison as one list; the comparison speaks where both say the same. */
export function bothRemarks(own: readonly Remark[], compared: readonly Remark[]): readonly Remark[] {
  const place = ({ diagnostic, from }: Remark) => `${diagnostic.check}|${diagnostic.at.line ?? 0}|${from}`;
  const said = new Set(compared.map(place));
  // Where findings or results differ from the ledger, figures that no longer fit them are no fault of their own.
  const differs = compared.some(one => causes.has(one.diagnostic.check));
  const left = own.filter(
    one =>
      !settled.has(one.diagnostic.check) &&
      !said.has(place(one)) &&
      !(differs && one.diagnostic.check === 'claim-mismatch'),
  );
  return inOrder([...left, ...compared]);
}
