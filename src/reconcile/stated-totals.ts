import type { Place } from '../model/diagnostic.js';
import type { GridRow } from '../model/grid.js';
import { add, equals, type Money, zero } from '../model/money.js';
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
  /** The total is a formula: its cached result may be older than the rows. */
  readonly calculated: boolean;
  readonly at: Place;
  readonly from: readonly Place[];
  /** The rows that were added, where the total is not their sum. */
  readonly parts: readonly { readonly name: string; readonly yuan: Money }[];
};

type MoneyRow = {
  readonly number: number;
  readonly bad: ReadonlySet<string>;
  readonly data: { readonly [K in 'due' | 'recovered' | 'reduced']?: Amount | undefined };
};

const mostPlaces = 50;
/** For the possible explanations of a difference; nobody reads more. */
const mostParts = 2000;
const keys = ['due', 'recovered', 'reduced'] as const;

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
  if (totals.length === 0) return [];
  const sorted = [...rows].sort((a, b) => a.number - b.number);
  return bound.flatMap(key => totalsOfColumn(sheetKey, header, key, totals, sorted));
}

/** One pass down a column, with what has been added since the top and since the last total. */
function totalsOfColumn(
  sheetKey: StatedTotal['sheetKey'],
  header: Header,
  key: StatedTotal['key'],
  totals: readonly GridRow[],
  rows: readonly MoneyRow[],
): StatedTotal[] {
  const found: StatedTotal[] = [];
  const amounts: Added[] = [];
  let next = 0;
  let all = zero;
  let section = zero;
  let sectionStart = 0;
  for (const total of totals) {
    for (let row = rows[next]; row !== undefined && row.number < total.number; row = rows[next]) {
      next += 1;
      if (row.bad.has(key)) return found;
      const amount = row.data[key];
      if (amount === undefined) continue;
      // The total is in the unit of its column; where the rows name different ones nobody can tell which it is in.
      if (amounts[0] !== undefined && amount.unit !== amounts[0].amount.unit) return found;
      amounts.push({ row: row.number, amount });
      all = add(all, amount.yuan);
      section = add(section, amount.yuan);
    }
    const one = totalOf({ sheetKey, header, key, total, amounts, sectionStart, all, section });
    if (one !== undefined) found.push(one);
    section = zero;
    sectionStart = amounts.length;
  }
  return found;
}

type Added = { readonly row: number; readonly amount: Amount };
type Column = {
  readonly sheetKey: StatedTotal['sheetKey'];
  readonly header: Header;
  readonly key: StatedTotal['key'];
  readonly total: GridRow;
  readonly amounts: readonly Added[];
  readonly sectionStart: number;
  readonly all: Money;
  readonly section: Money;
};

function totalOf({
  sheetKey,
  header,
  key,
  total,
  amounts,
  sectionStart,
  all,
  section,
}: Column): StatedTotal | undefined {
  const col = header.columns.get(key)?.col;
  const cell = col === undefined ? undefined : total.cells[col - 1];
  const [sample] = amounts;
  if (cell === undefined || sample === undefined) return undefined;
  const read = parseAmount(cell, { unit: sample.amount.unit, from: 'column' });
  if (read.kind !== 'value') return undefined;
  const stated = read.value.yuan;
  const name = total.cells.find(one => one !== undefined && one.text.trim() !== '')?.text.trim() ?? '';
  // A 小计 is first of all the sum since the last one, a 合计 of everything; people use both words for both.
  const grand = !/小计|subtotal/iu.test(name);
  const [first, second] = grand ? [all, section] : [section, all];
  const ok = equals(first, stated) || equals(second, stated);
  const start = grand ? 0 : sectionStart;
  return {
    sheetKey,
    key,
    name,
    row: total.number,
    stated,
    computed: ok ? stated : first,
    ok,
    calculated: cell.formula !== undefined,
    at: placeIn(header, total.number, key),
    from: amounts.slice(start, start + mostPlaces).map(one => placeIn(header, one.row, key)),
    parts: ok
      ? []
      : amounts.slice(start, start + mostParts).map(one => ({ name: `第${one.row}行`, yuan: one.amount.yuan })),
  };
}
