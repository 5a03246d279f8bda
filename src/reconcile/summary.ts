import { type Money, ratePercent, subtract, zero } from '../model/money.js';
import type { Ledger } from '../read/ledger.js';
import type { FindingState, ShownStatus } from './state.js';
import { sumFigures } from './state.js';

export const shownStatuses: readonly ShownStatus[] = [
  'not-started',
  'in-progress',
  'mostly-done',
  'long-term',
  'done',
  'awaiting-review',
  'closed',
  'withdrawn',
  'blank',
  'unknown',
];

/** Counts of findings by status; a finding counts once. */
export type Tally = {
  readonly findings: number;
  readonly by: { readonly [S in ShownStatus]: number };
  /** 已完成, 待审核 and 已销号 together. */
  readonly done: number;
  /** All but the withdrawn ones: what the rates are taken of. */
  readonly base: number;
  /** done ÷ base in percent with two places; undefined when base is 0 or a status could not be read. */
  readonly completionRate: string | undefined;
  readonly closingRate: string | undefined;
};

export type MoneyTotals = {
  readonly due: Money | 'unknown';
  readonly recovered: Money | 'unknown';
  readonly reduced: Money | 'unknown';
  readonly outstanding: Money | 'unknown';
};

export type Group = {
  readonly name: string;
  readonly tally: Tally;
  readonly money: MoneyTotals;
  readonly states: readonly FindingState[];
};

export type CategoryTotals = MoneyTotals & { readonly category: string; readonly rows: readonly number[] };

export type Summary = {
  readonly all: Tally;
  readonly money: MoneyTotals;
  readonly sections: number;
  readonly subFindings: number;
  readonly measures: number;
  readonly byFocus: readonly Group[];
  readonly byDepartment: readonly Group[];
  readonly byCategory: readonly CategoryTotals[];
  /** Rows past their deadline, and those due within 30 days. */
  readonly overdue: readonly { readonly state: FindingState; readonly days: number }[];
};

/** Name under which findings without a focus area, department or category are counted. */
export const unnamed = '（未填写）';

export function tallyOf(states: readonly FindingState[]): Tally {
  const by: { [S in ShownStatus]: number } = {
    'not-started': 0,
    'in-progress': 0,
    'mostly-done': 0,
    'long-term': 0,
    done: 0,
    withdrawn: 0,
    'awaiting-review': 0,
    closed: 0,
    blank: 0,
    unknown: 0,
  };
  for (const state of states) by[state.shown] += 1;
  const done = by.done + by['awaiting-review'] + by.closed;
  const base = states.length - by.withdrawn;
  return {
    findings: states.length,
    by,
    done,
    base,
    // A status that could not be read might be any: a rate over it would be a guess.
    completionRate: by.unknown > 0 ? undefined : ratePercent(done, base, 2),
    closingRate: by.unknown > 0 ? undefined : ratePercent(by.closed, base, 2),
  };
}

export function totalsOf(states: readonly FindingState[]): MoneyTotals {
  return {
    due: sumFigures(states.map(state => state.money.due)),
    recovered: sumFigures(states.map(state => state.money.recovered)),
    reduced: sumFigures(states.map(state => state.money.reduced)),
    outstanding: sumFigures(states.map(state => state.money.outstanding)),
  };
}

/** The department under which a finding counts. */
export function leadDepartment(state: FindingState): string {
  return state.department ?? unnamed;
}

export function focusName(state: FindingState): string {
  return state.finding.focus?.title ?? unnamed;
}

/** All figures of the ledger, from the states of its findings. */
export function summarise(ledger: Ledger, states: readonly FindingState[]): Summary {
  const group = (nameOf: (state: FindingState) => string): Group[] => {
    const groups = new Map<string, FindingState[]>();
    for (const state of states) {
      const name = nameOf(state);
      const list = groups.get(name);
      if (list === undefined) groups.set(name, [state]);
      else list.push(state);
    }
    return [...groups].map(([name, list]) => ({ name, tally: tallyOf(list), money: totalsOf(list), states: list }));
  };
  const overdue = states
    .map(state => ({ state, days: state.rows.reduce((most, one) => Math.max(most, one.overdue), 0) }))
    .filter(one => one.days > 0 && one.state.shown !== 'closed')
    .sort((a, b) => b.days - a.days);
  return {
    all: tallyOf(states),
    money: totalsOf(states),
    sections: ledger.main.focuses.length,
    subFindings: states.reduce(
      (total, { finding }) => total + finding.subFindings.reduce((parts, sub) => parts + sub.parts, 0),
      0,
    ),
    measures: states.reduce((total, { finding }) => total + finding.measures, 0),
    byFocus: group(focusName),
    byDepartment: group(leadDepartment),
    byCategory: byCategory(ledger),
    overdue,
  };
}

function byCategory(ledger: Ledger): CategoryTotals[] {
  const groups = new Map<string, (typeof ledger.registers.recoveries.rows)[number][]>();
  for (const row of ledger.registers.recoveries.rows) {
    const name = row.data.category ?? unnamed;
    const list = groups.get(name);
    if (list === undefined) groups.set(name, [row]);
    else list.push(row);
  }
  return [...groups].map(([category, rows]) => {
    const figure = (key: 'due' | 'recovered' | 'reduced') =>
      sumFigures(rows.map(row => (row.bad.has(key) ? ('unknown' as const) : row.data[key]?.yuan)));
    const due = figure('due');
    const recovered = figure('recovered');
    const reduced = figure('reduced');
    const outstanding = sumFigures(
      rows.map(row => {
        if (row.bad.has('due') || row.bad.has('recovered') || row.bad.has('reduced')) return 'unknown' as const;
        return row.data.due === undefined
          ? undefined
          : subtract(subtract(row.data.due.yuan, row.data.reduced?.yuan ?? zero), row.data.recovered?.yuan ?? zero);
      }),
    );
    return { category, due, recovered, reduced, outstanding, rows: rows.map(row => row.number) };
  });
}
