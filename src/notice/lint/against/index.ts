import type { Examined } from '../../../examine.js';
import { asLedger } from '../as-ledger.js';
import { inOrder, withLevels } from '../index.js';
import type { Linting, Remark } from '../linting.js';
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
  return inOrder(
    withLevels(
      comparisons.flatMap(compare => [...compare(comparing)]),
      linting,
    ),
  );
}
