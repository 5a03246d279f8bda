import {
  type EvidenceFacts,
  type Examining,
  type IdentityEvents,
  type Previous,
  runChecks,
  type Shared,
} from './checks/check.js';
import { checks } from './checks/index.js';
import { waive } from './checks/waive.js';
import type { Day } from './model/day.js';
import type { Diagnostic, Level } from './model/diagnostic.js';
import type { Ledger } from './read/ledger.js';
import type { Reconciliation } from './reconcile/claim.js';
import { compareClaims } from './reconcile/compare.js';
import { reconcile } from './reconcile/index.js';
import { type FindingState, findingStates } from './reconcile/state.js';
import { type Summary, summarise } from './reconcile/summary.js';

export type ExamineOptions = {
  readonly asOf: Day;
  /** Levels from the config, by check id. */
  readonly levels: Readonly<Partial<Record<string, Level | 'off'>>>;
  readonly mirrored: boolean;
  /** What travels to the mirror; without it every column is taken to travel when there is a mirror. */
  readonly shared?: Shared | undefined;
  readonly evidence?: EvidenceFacts | undefined;
  readonly previous?: Previous | undefined;
  readonly identity?: IdentityEvents | undefined;
};

/** What a workbook says and what is to be said about it. */
export type Examined = {
  readonly ledger: Ledger;
  readonly asOf: Day;
  readonly states: readonly FindingState[];
  readonly summary: Summary;
  readonly reconciliations: readonly Reconciliation[];
  readonly diagnostics: readonly Diagnostic[];
};

/** The pure heart: every figure and every diagnostic of a ledger, in one run. */
export function examine(ledger: Ledger, options: ExamineOptions): Examined {
  const { asOf } = options;
  const states = findingStates(ledger, asOf);
  const summary = summarise(ledger, states);
  const claims = compareClaims(ledger, states, summary);
  const reconciliations = reconcile(ledger, states, claims);
  const examining: Examining = {
    ledger,
    states,
    summary,
    reconciliations,
    claims,
    asOf,
    mirrored: options.mirrored,
    shared: options.shared,
    evidence: options.evidence,
    previous: options.previous,
    identity: options.identity ?? { lost: [], moved: [] },
  };
  const diagnostics = waive(runChecks(checks, examining, options.levels), ledger, asOf);
  return { ledger, asOf, states, summary, reconciliations, diagnostics };
}

/** What the exit code and the counts go by: waived diagnostics stay visible, uncounted. */
export function countLevels(diagnostics: readonly Diagnostic[]): { readonly [L in Level]: number } {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const one of diagnostics) if (!one.waived) counts[one.level] += 1;
  return counts;
}
