import type { Place } from '../model/diagnostic.js';
import type { Finding, LedgerRow } from '../read/main.js';
import type { Amount } from '../read/typed/amount.js';
import { claimPlace } from '../reconcile/compare.js';
import { placeIn } from '../reconcile/place.js';
import { cellPlace, type Examining } from './check.js';
import { once } from './once.js';
import { findingsOfRows, wordsOf } from './recovery-rows.js';

/** One amount of the workbook with what stands around it. */
export type MoneyCell = {
  readonly amount: Amount;
  readonly place: () => Place;
  /** Amounts that are added with each other: a column of a sheet, or a total of 通报数据 with its parts. */
  readonly total: string;
  /** What the row says in words. */
  readonly words: () => string;
  readonly finding: Finding | undefined;
  readonly row: LedgerRow | undefined;
};

const keys = ['due', 'recovered', 'reduced'] as const;

type Stating = { readonly [K in (typeof keys)[number]]?: unknown };

/** Whether a row states any amount: most do not, and need not be asked three times. */
export function statesMoney({ due, recovered, reduced }: Stating): boolean {
  return due !== undefined || recovered !== undefined || reduced !== undefined;
}

/** Every amount of the main sheet, of 追缴资金 and of 通报数据, in that order. */
export const moneyCells = once((examining: Examining): readonly MoneyCell[] => [...collected(examining)]);

function* collected(examining: Examining): Iterable<MoneyCell> {
  const { ledger, claims } = examining;
  for (const row of ledger.main.rows) {
    if (!statesMoney(row.data)) continue;
    for (const key of keys) {
      const amount = row.data[key];
      if (amount === undefined) continue;
      yield {
        amount,
        place: () => cellPlace(ledger, row, key),
        total: `ledger|${key}`,
        words: () => [row.data.note, row.data.progress, row.data.measure].join(' '),
        finding: ledger.main.findings[row.finding],
        row,
      };
    }
  }
  const { recoveries } = ledger.registers;
  const findingOf = findingsOfRows(examining);
  for (const row of recoveries.rows) {
    for (const key of keys) {
      const amount = row.data[key];
      if (amount === undefined) continue;
      yield {
        amount,
        place: () => placeIn(recoveries.header, row.number, key),
        total: `recoveries|${key}`,
        words: () => wordsOf(row),
        finding: findingOf(row),
        row: undefined,
      };
    }
  }
  for (const claim of claims.claims.list) {
    if (claim.stated.kind !== 'money') continue;
    yield {
      amount: claim.stated.amount,
      place: () => claimPlace(ledger, claim),
      total: `claims|${(claim.parent ?? claim).row.number}`,
      words: () => `${claim.subject} ${claim.row.data.note ?? ''}`,
      finding: undefined,
      row: undefined,
    };
  }
}
