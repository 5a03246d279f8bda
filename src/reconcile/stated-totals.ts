import type { Place } from '../model/diagnostic.js';
import type { GridRow } from '../model/grid.js';
import { equals, type Money, sum } from '../model/money.js';
import type { Header } from '../read/headers.js';
import type { Ledger } from '../read/ledger.js';
import { isTotalRow } from '../read/table.js';
import { type Amount, parseAmount } from '../read/typed/amount.js';
import { placeIn } from './place.js';

/** A money figure in a 小计 or 合计 row that the office keeps, beside the sum of the rows above it. */
export type StatedTotal = {
  readonly sheetKey: 'ledger' | 'recoveries';
  readonly key: 'due' | 'recovered' | 'reduced';
  /** 小计, 合计 … as written. */
  readonly name: string;
  /** 1-based row of the sheet. */
  readonly row: number;
  readonly stated: Money;
  readonly computed: Money;
  readonly ok: boolean;
  readonly at: Place;
  readonly from: readonly Place[];
  readonly parts: readonly { readonly name: string; readonly yuan: Money }[];
};

type MoneyRow = {
  readonly number: number;
  readonly bad: ReadonlySet<string>;
  readonly data: { readonly [K in 'due' | 'recovered' | 'reduced']?: Amount | undefined };
};

const keys = ['due', 'recovered', 'reduced'] as const;
/** Each repetition of a total row costs one pass over its column, so a sheet of nothing but totals is not followed. */
const mostTotals = 50;

/** Every 小计 and 合计 of the main sheet and of 追缴资金. A total over a cell that could not be read is not computed. */
export function statedTotals(ledger: Ledger): StatedTotal[] {
  const { recoveries } = ledger.registers;
  return [
    ...totalsIn('ledger', ledger.main.header, ledger.main.rows),
    ...(recoveries.header === undefined ? [] : totalsIn('recoveries', recoveries.header, recoveries.rows)),
  ];
}

function totalsIn(sheetKey: StatedTotal['sheetKey'], header: Header, rows: readonly MoneyRow[]): StatedTotal[] {
  const bound = keys.filter(key => header.columns.has(key));
  if (bound.length === 0) return [];
  const totals = header.sheet.rows.filter(row => row.number >= header.row + header.rows && isTotalRow(row));
  const sorted = totals.length === 0 ? [] : [...rows].sort((a, b) => a.number - b.number);
  return totals.slice(0, mostTotals).flatMap((row, index) => {
    const before = totals[index - 1]?.number ?? 0;
    return bound.flatMap(key => totalOf({ sheetKey, key, header, row, before, rows: sorted }));
  });
}

type Candidate = {
  readonly sheetKey: StatedTotal['sheetKey'];
  readonly key: StatedTotal['key'];
  readonly header: Header;
  readonly row: GridRow;
  /** Row of the total before it: a 小计 counts from there. */
  readonly before: number;
  readonly rows: readonly MoneyRow[];
};

function totalOf({ sheetKey, key, header, row, before, rows }: Candidate): StatedTotal[] {
  const col = header.columns.get(key)?.col;
  const cell = col === undefined ? undefined : row.cells[col - 1];
  if (cell === undefined || cell.text.trim() === '') return [];
  const above = rows.filter(one => one.number < row.number);
  if (above.some(one => one.bad.has(key))) return [];
  const amounts = above.flatMap(one => {
    const amount = one.data[key];
    return amount === undefined ? [] : [{ number: one.number, amount }];
  });
  // The total is in the unit of its column; where the rows name different ones nobody can tell which it is in.
  const [sample] = amounts;
  if (sample === undefined || amounts.some(one => one.amount.unit !== sample.amount.unit)) return [];
  const read = parseAmount(cell, { unit: sample.amount.unit, from: 'column' });
  if (read.kind !== 'value') return [];
  const stated = read.value.yuan;
  const since = amounts.filter(one => one.number > before);
  const all = sum(amounts.map(one => one.amount.yuan));
  const section = sum(since.map(one => one.amount.yuan));
  const name = row.cells.find(one => one !== undefined && one.text.trim() !== '')?.text.trim() ?? '';
  const grand = !/小计|subtotal/iu.test(name);
  const matching = [grand ? all : section, grand ? section : all].find(one => equals(one, stated));
  const parts = grand ? amounts : since;
  return [
    {
      sheetKey,
      key,
      name,
      row: row.number,
      stated,
      computed: matching ?? (grand ? all : section),
      ok: matching !== undefined,
      at: placeIn(header, row.number, key),
      from: parts.slice(0, 50).map(one => placeIn(header, one.number, key)),
      parts: parts.map(one => ({ name: `${placeName(header, one.number, key)}`, yuan: one.amount.yuan })),
    },
  ];
}

function placeName(header: Header, row: number, key: string): string {
  return `第${row}行${header.columns.get(key)?.header ?? ''}`;
}
