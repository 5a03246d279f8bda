import type { Day } from '../../model/day.js';
import type { Cell } from '../../model/grid.js';
import { BLANK, type Parsed } from './parsed.js';

export type DeadlineContext = {
  readonly feedback?: Day | undefined;
  /** 集中整改期, in months from the feedback. */
  readonly periodMonths?: number | undefined;
  readonly year?: number | undefined;
};

/**
 * 整改时限. `last` is the last day on which it is still in time; without it (no feedback date, no period) nothing can
 * be overdue. `longTerm`: …并长期坚持 stands beside it. A `long-term` deadline is never overdue.
 */
export type Deadline =
  | { readonly kind: 'date'; readonly last: Day; readonly longTerm: boolean; readonly text: string }
  | { readonly kind: 'period'; readonly last?: Day; readonly longTerm: boolean; readonly text: string }
  | { readonly kind: 'immediate'; readonly last?: Day; readonly longTerm: boolean; readonly text: string }
  | { readonly kind: 'long-term'; readonly text: string };

export function parseDeadline(_cell: Cell | undefined, _context: DeadlineContext): Parsed<Deadline> {
  return BLANK;
}
