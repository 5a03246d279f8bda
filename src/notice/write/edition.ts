import type { Examined } from '../../examine.js';
import type { Money } from '../../model/money.js';
import { add, subtract, zero } from '../../model/money.js';
import type { LedgerRow } from '../../read/main.js';
import { type Figure, type FindingState, summed } from '../../reconcile/state.js';

/** public: rows 社会公开 only. internal: those 党内通报, too. What is blank or 不公开 is in neither. */
export type Edition = 'public' | 'internal';

/** A finding as an edition prints it. */
export type Published = {
  readonly state: FindingState;
  /** Its rows that the edition may print. */
  readonly rows: readonly LedgerRow[];
  readonly money: PublishedMoney;
};

export type PublishedMoney = {
  readonly due: Figure;
  readonly reduced: Figure;
  readonly recovered: Figure;
  readonly outstanding: Figure;
};

export function prints(row: LedgerRow, edition: Edition): boolean {
  return row.data.publicity === 'public' || (edition === 'internal' && row.data.publicity === 'party');
}

/** The findings of an edition, in the ledger's order. */
export function publishedFindings({ states }: Examined, edition: Edition): Published[] {
  return states.flatMap(state => {
    const rows = state.finding.rows.filter(row => prints(row, edition));
    return rows.length === 0 ? [] : [{ state, rows, money: moneyOf(state, rows) }];
  });
}

/** The ledger says of no row at all where it may go. */
export function saysNothingOfPublicity({ states }: Examined): boolean {
  return states.every(({ finding }) => finding.rows.every(row => row.data.publicity === undefined));
}

/** Of a finding that is printed in part, only what its printed rows state: the register speaks of the whole finding. */
function moneyOf(state: FindingState, rows: readonly LedgerRow[]): PublishedMoney {
  if (rows.length === state.finding.rows.length) return state.money;
  const due = summed(rows, 'due');
  const reduced = summed(rows, 'reduced');
  const recovered = summed(rows, 'recovered');
  return { due, reduced, recovered, outstanding: outstandingOf(due, reduced, recovered) };
}

function outstandingOf(due: Figure, reduced: Figure, recovered: Figure): Figure {
  if (due === undefined) return undefined;
  if (due === 'unknown' || reduced === 'unknown' || recovered === 'unknown') return 'unknown';
  return subtract(subtract(due, reduced ?? zero), recovered ?? zero);
}

/** Adds figures of findings; undefined when none states it. */
export function total(figures: readonly Figure[]): Money | undefined | 'unknown' {
  let whole: Money | undefined;
  for (const figure of figures) {
    if (figure === 'unknown') return 'unknown';
    if (figure !== undefined) whole = whole === undefined ? figure : add(whole, figure);
  }
  return whole;
}
