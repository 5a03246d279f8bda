import { type Day, daysBetween } from '../model/day.js';
import type { CellRef } from '../model/grid.js';
import { add, compare, equals, type Money, subtract, sum, zero } from '../model/money.js';
import type { Ledger } from '../read/ledger.js';
import type { Finding, LedgerRow } from '../read/main.js';
import type { Row } from '../read/table.js';
import { splitNames } from '../read/typed/names.js';
import type { Review, Status } from '../sheets/cells.js';
import type { recoverySheet } from '../sheets/registers.js';

/** What 问题状态 shows; the first six are the office's statuses. */
export type ShownStatus = Status | 'awaiting-review' | 'closed' | 'blank' | 'unknown';

/** A row as it counts today. Days are whole days. */
export type RowState = {
  readonly row: LedgerRow;
  /** The office's word, or in-progress while a returned review stands; undefined when blank or unreadable. */
  readonly status: Status | undefined;
  readonly review: Review | undefined;
  /** Last day on which the row is in time; undefined when it has no such day. */
  readonly last: Day | undefined;
  /** Days past the last day; 0 when in time or finished. */
  readonly overdue: number;
};

/**
 * A money figure of a finding, in 元. undefined: nothing is stated. 'unknown': something is stated that could not be
 * read, so the figure is not computed.
 */
export type Figure = Money | undefined | 'unknown';

export type FindingMoney = {
  readonly due: Figure;
  readonly recovered: Figure;
  readonly reduced: Figure;
  /** due − reduced − recovered; undefined when no due is stated. */
  readonly outstanding: Figure;
  /** Sums of the main sheet and of 追缴资金, where both state the figure. */
  readonly disputed: readonly {
    readonly key: 'due' | 'recovered' | 'reduced';
    readonly ledger: Money;
    readonly register: Money;
  }[];
  /** Cells that make up the money, for people to look at. */
  readonly cells: readonly CellRef[];
};

export type FindingState = {
  readonly finding: Finding;
  /** The weakest of the rows; undefined when no row has a readable status. */
  readonly status: Status | undefined;
  readonly shown: ShownStatus;
  /** 已完成并长期坚持, or long-term rows beside finished ones. */
  readonly longTerm: boolean;
  readonly review: Review | undefined;
  readonly closed: boolean;
  readonly rows: readonly RowState[];
  readonly money: FindingMoney;
  /** Rows of 追缴资金 that point to this finding alone. */
  readonly recoveries: readonly Row<typeof recoverySheet>[];
  /** The department that leads: the first named, for the whole finding; undefined when none is named. */
  readonly department: string | undefined;
};

/** From weakest to strongest; long-term and withdrawn rows stand outside the order. */
const order: readonly Status[] = ['not-started', 'in-progress', 'mostly-done', 'done'];

/** The state of every finding, in the ledger's order. Pure; the only place where a status or a finding's money is computed. */
export function findingStates(ledger: Ledger, asOf: Day): FindingState[] {
  const byNumber = new Map<number, Row<typeof recoverySheet>[]>();
  for (const row of ledger.registers.recoveries.rows) {
    const { reference } = row.data;
    const number = reference?.kind === 'findings' && reference.numbers.length === 1 ? reference.numbers[0] : undefined;
    if (number === undefined) continue;
    const list = byNumber.get(number);
    if (list === undefined) byNumber.set(number, [row]);
    else list.push(row);
  }
  const leads = new Map<string, string>();
  const leadOf = (finding: Finding): string | undefined => {
    const written = finding.first.data.department ?? finding.rows.find(departmentNamed)?.data.department;
    if (written === undefined) return undefined;
    let lead = leads.get(written);
    if (lead === undefined) {
      lead = splitNames(written).lead;
      leads.set(written, lead);
    }
    return lead;
  };
  return ledger.main.findings.map(finding => {
    const recoveries = byNumber.get(finding.number ?? finding.index + 1) ?? [];
    return stateOf(ledger, finding, recoveries, leadOf(finding), asOf);
  });
}

function departmentNamed(row: LedgerRow): boolean {
  return row.data.department !== undefined;
}

function stateOf(
  ledger: Ledger,
  finding: Finding,
  recoveries: readonly Row<typeof recoverySheet>[],
  department: string | undefined,
  asOf: Day,
): FindingState {
  const first = finding.first;
  const rows = finding.rows.map(row => rowState(row, first, asOf));
  const review = rows.find(one => one.row === first)?.review;
  const closed = review === 'closed' && rows.every(one => one.review === 'closed');
  const status = weakest(rows);
  const unreadable = finding.rows.some(row => row.bad.has('result'));
  const applied = first.data.applyDate !== undefined && review !== 'closed';
  const shown: ShownStatus = closed
    ? 'closed'
    : unreadable
      ? 'unknown'
      : status === undefined
        ? 'blank'
        : status === 'done' && applied
          ? 'awaiting-review'
          : status;
  return {
    finding,
    status: unreadable ? undefined : status,
    shown,
    longTerm: rows.some(one => one.row.data.result?.longTerm === true),
    review,
    closed,
    rows,
    money: moneyOf(ledger, finding, recoveries),
    recoveries,
    department,
  };
}

function rowState(row: LedgerRow, first: LedgerRow, asOf: Day): RowState {
  // A verdict on the finding's first row holds for all its rows that carry none of their own.
  const speaking = row.data.review === undefined ? first : row;
  const review = speaking.data.review === 'unchanged' ? undefined : speaking.data.review;
  const applied = row.data.applyDate ?? first.data.applyDate;
  const reviewed = speaking.data.reviewDate;
  const reopened =
    (review === 'returned' || review === 'refuted') &&
    !(applied !== undefined && reviewed !== undefined && applied.from > reviewed.to);
  const written = row.data.result?.status;
  const status = reopened && written !== undefined && written !== 'withdrawn' ? 'in-progress' : written;
  const last = row.data.extendedTo?.to ?? lastDay(row);
  const finished = status === 'done' || status === 'withdrawn' || status === 'long-term' || review === 'closed';
  const overdue = last === undefined || finished ? 0 : Math.max(0, daysBetween(last, asOf));
  return { row, status, review, last, overdue };
}

function lastDay(row: LedgerRow): Day | undefined {
  const { deadline } = row.data;
  return deadline === undefined || deadline.kind === 'long-term' ? undefined : deadline.last;
}

/** The weakest status of some rows; long-term rows stand aside unless all are, withdrawn ones are ignored. */
export function weakest(rows: readonly RowState[]): Status | undefined {
  const present = new Set<Status>();
  for (const { status } of rows) if (status !== undefined) present.add(status);
  const lowest = order.find(status => present.has(status));
  if (lowest === undefined) {
    if (present.has('long-term')) return 'long-term';
    return present.has('withdrawn') ? 'withdrawn' : undefined;
  }
  // Work has begun somewhere, so the finding as a whole is under way.
  const begun = order.some(status => status !== 'not-started' && present.has(status));
  return lowest === 'not-started' && begun ? 'in-progress' : lowest;
}

function moneyOf(ledger: Ledger, finding: Finding, recoveries: readonly Row<typeof recoverySheet>[]): FindingMoney {
  const cells: CellRef[] = [];
  const disputed: { key: 'due' | 'recovered' | 'reduced'; ledger: Money; register: Money }[] = [];
  const figure = (key: 'due' | 'recovered' | 'reduced'): Figure => {
    const own = summed(finding.rows, key);
    const listed = summed(recoveries, key);
    const col = ledger.main.header.columns.get(key)?.col;
    if (col !== undefined)
      for (const row of finding.rows)
        if (row.data[key] !== undefined) cells.push({ sheet: ledger.main.header.sheet.name, row: row.number, col });
    if (own === 'unknown' || listed === 'unknown') return 'unknown';
    if (own !== undefined && listed !== undefined && !equals(own, listed))
      disputed.push({ key, ledger: own, register: listed });
    // The register has the parts; where both state the figure they are one amount, not two.
    return listed ?? own;
  };
  const due = figure('due');
  const recovered = figure('recovered');
  const reduced = figure('reduced');
  const outstanding =
    due === undefined
      ? undefined
      : due === 'unknown' || recovered === 'unknown' || reduced === 'unknown'
        ? 'unknown'
        : subtract(subtract(due, reduced ?? zero), recovered ?? zero);
  return { due, recovered, reduced, outstanding, disputed, cells };
}

type MoneyRow = {
  readonly bad: ReadonlySet<string>;
  readonly data: { readonly due?: Amounted; readonly recovered?: Amounted; readonly reduced?: Amounted };
};
type Amounted = { readonly yuan: Money } | undefined;

/** The sum of one figure over rows; undefined when none states it. */
export function summed(rows: readonly MoneyRow[], key: 'due' | 'recovered' | 'reduced'): Figure {
  let total: Money | undefined;
  for (const row of rows) {
    if (row.bad.has(key)) return 'unknown';
    const amount = row.data[key];
    if (amount !== undefined) total = total === undefined ? amount.yuan : add(total, amount.yuan);
  }
  return total;
}

/** Adds figures; one that is unknown makes the sum unknown, one that is not stated adds nothing. */
export function sumFigures(figures: Iterable<Figure>): Money | 'unknown' {
  const stated: Money[] = [];
  for (const figure of figures) {
    if (figure === 'unknown') return 'unknown';
    if (figure !== undefined) stated.push(figure);
  }
  return sum(stated);
}

/** More than nothing is still owed. */
export function owes(money: FindingMoney): money is FindingMoney & { readonly outstanding: Money } {
  return money.outstanding !== undefined && money.outstanding !== 'unknown' && compare(money.outstanding, zero) > 0;
}
