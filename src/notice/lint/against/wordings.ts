import { plain } from '../../../model/money.js';
import type { Ledger } from '../../../read/ledger.js';
import { findAmounts } from '../../../read/typed/amount.js';
import { findDates } from '../../../read/typed/date.js';
import type { FindingState } from '../../../reconcile/state.js';
import { countsIn } from '../../figures.js';
import { fold } from '../../fold.js';

/** Figures that the ledger knows of a finding, from its cells and from the registers that point to it. */
export type Known = {
  /** All its words, folded. */
  readonly words: string;
  readonly numbers: ReadonlySet<number>;
  /** Amounts in 元, two places. */
  readonly amounts: ReadonlySet<string>;
  /** Days and months: `2023-09-26`, `2023-09`. */
  readonly dates: ReadonlySet<string>;
};

/** Everything the ledger says under a finding, in words and in figures. */
export function knownOf(state: FindingState, ledger: Ledger): Known {
  const number = state.finding.number ?? state.finding.index + 1;
  const { recoveries, policies, actions, meetings } = ledger.registers;
  const listed = [recoveries, policies, actions, meetings]
    .flatMap((table): readonly { readonly data: object }[] => table.rows)
    .map(row => row.data)
    .filter(data => concerns(data, number));
  const values = [...state.finding.rows.map(row => row.data), ...listed].flatMap(data => Object.values(data));
  const words: string[] = [];
  const numbers = new Set<number>();
  const amounts = new Set<string>();
  const dates = new Set<string>();
  for (const value of values) {
    if (typeof value === 'string') words.push(value);
    else if (isRecord(value)) {
      if (typeof value.text === 'string') words.push(value.text);
      if (typeof value.n === 'number') numbers.add(value.n);
      if (typeof value.from === 'string') {
        dates.add(value.from);
        dates.add(value.from.slice(0, 7));
      }
    }
  }
  const all = fold(words.join('\n'));
  for (const count of countsIn([{ text: all, line: 0 }])) numbers.add(count.n);
  for (const match of all.matchAll(/\d{1,9}/g)) numbers.add(Number(match[0]));
  for (const { amount } of findAmounts(all)) amounts.add(plain(amount.yuan));
  for (const { span } of findDates(all, {})) {
    dates.add(span.from);
    dates.add(span.from.slice(0, 7));
  }
  return { words: all, numbers, amounts, dates };
}

function concerns(data: object, number: number): boolean {
  if (!('reference' in data)) return false;
  const { reference } = data;
  if (!isRecord(reference)) return true;
  return !Array.isArray(reference.numbers) || reference.numbers.includes(number);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
