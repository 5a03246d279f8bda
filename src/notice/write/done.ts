import type { Money } from '../../model/money.js';
import type { Figure, ShownStatus } from '../../reconcile/state.js';
import type { PublishedMoney } from './edition.js';

/** Done as a notice says it: who has reviewed it is nobody's business there. */
export function isDone(status: ShownStatus): boolean {
  return status === 'done' || status === 'awaiting-review' || status === 'closed';
}

/** A figure that was not computed prints nothing: the gate keeps such a notice back, a draft lists why. */
export function known(figure: Figure): Money | undefined {
  return figure === 'unknown' ? undefined : figure;
}

export function knownMoney(money: PublishedMoney) {
  return {
    due: known(money.due),
    reduced: known(money.reduced),
    recovered: known(money.recovered),
    outstanding: known(money.outstanding),
  };
}

/** A merged cell speaks for all its rows and is printed once. */
export function distinct(cells: readonly (string | undefined)[]): (string | undefined)[] {
  return [...new Set(cells)];
}
