import type { Day } from '../model/day.js';
import type { Place } from '../model/diagnostic.js';
import { add, compare, type Money, subtract, zero } from '../model/money.js';
import { type Text, text } from '../model/text.js';
import type { Ledger } from '../read/ledger.js';
import type { Row } from '../read/table.js';
import { wordKey } from '../sheets/cells.js';
import type { recoverySheet } from '../sheets/registers.js';
import { type MoneyBasis, moneyName } from './claim-words.js';
import type { Claim } from './claims.js';
import { placeIn } from './place.js';
import { type Figure, type FindingState, sumFigures } from './state.js';

type RecoveryRow = Row<typeof recoverySheet>;

/** A sum of money that the ledger has for a claim; 'unknown' when a field of it could not be read. */
export type MoneyReading = { readonly name: Text; readonly yuan: Money | 'unknown'; readonly from: readonly Place[] };

/**
 * How a money claim is found in the ledger.
 * rows: rows of 追缴资金 name it, or it is the total of all; `sure` is false when the names are only alike.
 * findings: findings with money speak of it, so it is not untraced, but which part of their money it is nobody says.
 * none: nothing names it.
 */
export type Trace =
  | {
      readonly kind: 'rows';
      readonly readings: readonly MoneyReading[];
      readonly due: Money | undefined;
      readonly sure: boolean;
    }
  | { readonly kind: 'findings'; readonly readings: readonly MoneyReading[] }
  | { readonly kind: 'none' };

/** Names of all the money there is, not of one sum. */
const GENERIC =
  /^(?:总计|合计|累计|共计?|各类|全部)*(?:违规|违纪|问题|涉案|不当|应退)*(?:资金|款项?|金额|经费|费用)?(?:总额|总数|合计|共计|数额|金额)?$/u;
const LOSS = /损失/u;

export type Tracing = {
  readonly ledger: Ledger;
  readonly states: readonly FindingState[];
  readonly cutOff: Day | undefined;
};

type Index = {
  readonly items: ReadonlyMap<string, readonly RecoveryRow[]>;
  readonly categories: ReadonlyMap<string, readonly RecoveryRow[]>;
  /** Put together when the first claim needs it. */
  readonly speaking: () => readonly Speaking[];
};

/** A tracer over one ledger; the register is indexed once. */
export function tracer(tracing: Tracing): (claim: Claim) => Trace {
  const { recoveries } = tracing.ledger.registers;
  let speaking: readonly Speaking[] | undefined;
  const index: Index = {
    items: grouped(recoveries.rows, row => moneyName(row.data.item ?? '')),
    categories: grouped(recoveries.rows, row => wordKey(row.data.category ?? '')),
    speaking: () => {
      speaking ??= speakingFindings(tracing.states);
      return speaking;
    },
  };
  return claim => {
    const name = moneyName(claim.subject);
    const general =
      claim.kind === 'losses' ||
      (claim.kind === 'recovered' && GENERIC.test(name)) ||
      (claim.parts.length === 0 && name === '');
    if (!general) {
      const named = byName(name, claim, index, tracing);
      if (named.kind !== 'none') return named;
    }
    if (claim.kind === 'losses') return losses(claim, tracing);
    return general && claim.parent === undefined ? everything(claim, index, tracing) : { kind: 'none' };
  };
}

function grouped(rows: readonly RecoveryRow[], nameOf: (row: RecoveryRow) => string): Map<string, RecoveryRow[]> {
  const groups = new Map<string, RecoveryRow[]>();
  for (const row of rows) {
    const name = nameOf(row);
    if (name === '') continue;
    const list = groups.get(name);
    if (list === undefined) groups.set(name, [row]);
    else list.push(row);
  }
  return groups;
}

function byName(name: string, claim: Claim, index: Index, tracing: Tracing): Trace {
  if (name.length < 2) return { kind: 'none' };
  const exact = index.items.get(name) ?? index.categories.get(wordKey(claim.subject)) ?? index.categories.get(name);
  if (exact !== undefined) return ofRows(exact, claim, tracing, true);
  const alike: RecoveryRow[] = [];
  for (const [item, rows] of index.items) {
    if (item.length >= 2 && (item.includes(name) || name.includes(item))) alike.push(...rows);
  }
  if (alike.length > 0) return ofRows(alike, claim, tracing, false);
  return inFindings(name, claim, index, tracing);
}

const namedRows = text('追缴资金中该项各行之和', 'rows of 追缴资金 that name it');

function ofRows(rows: readonly RecoveryRow[], claim: Claim, tracing: Tracing, sure: boolean): Trace {
  const wanted: readonly MoneyBasis[] = claim.basis === undefined ? ['recovered', 'due'] : [claim.basis];
  const due = sumOf(rows, 'due', undefined);
  return {
    kind: 'rows',
    readings: wanted.map(basis => ({
      name: namedRows,
      yuan: sumOf(rows, basis, tracing.cutOff),
      from: placesOf(rows, basis, tracing.ledger),
    })),
    due: due === 'unknown' ? undefined : due,
    sure,
  };
}

/** What a row of 追缴资金 says for a basis. Money that came in after the cut-off day is not in the claims. */
export function rowFigure(row: RecoveryRow, basis: MoneyBasis, cutOff: Day | undefined): Figure {
  const { due, reduced, recovered, date } = row.data;
  const needed = basis === 'outstanding' ? (['due', 'reduced', 'recovered'] as const) : [basis];
  if (needed.some(key => row.bad.has(key))) return 'unknown';
  const late = cutOff !== undefined && date !== undefined && date.from > cutOff;
  switch (basis) {
    case 'due':
      return due?.yuan;
    case 'reduced':
      return reduced?.yuan;
    case 'recovered':
      return late ? undefined : recovered?.yuan;
    case 'outstanding':
      return due === undefined
        ? undefined
        : subtract(subtract(due.yuan, reduced?.yuan ?? zero), late ? zero : (recovered?.yuan ?? zero));
  }
}

function sumOf(rows: readonly RecoveryRow[], basis: MoneyBasis, cutOff: Day | undefined): Money | 'unknown' {
  return sumFigures(rows.map(row => rowFigure(row, basis, cutOff)));
}

function placesOf(rows: readonly RecoveryRow[], basis: MoneyBasis, ledger: Ledger): Place[] {
  const { header } = ledger.registers.recoveries;
  const key = basis === 'outstanding' ? 'due' : basis;
  return rows.slice(0, 50).map(row => placeIn(header, row.number, key));
}

/** Everything that a finding with money says, for looking up names of sums in it. */
type Speaking = { readonly state: FindingState; readonly words: string };

function speakingFindings(states: readonly FindingState[]): Speaking[] {
  return states
    .filter(({ money }) => money.due !== undefined || money.recovered !== undefined)
    .map(state => ({
      state,
      words: state.finding.rows
        .flatMap(({ data }) => [data.finding, data.subFinding, data.measure, data.progress, data.note])
        .join('\n'),
    }));
}

/** Findings with money whose own words name it: the ledger keeps its money in the main sheet only. */
function inFindings(name: string, claim: Claim, index: Index, tracing: Tracing): Trace {
  const basis = claim.basis ?? 'recovered';
  const speaking = index.speaking().filter(one => one.words.includes(name));
  if (speaking.length === 0) return { kind: 'none' };
  return {
    kind: 'findings',
    readings: [
      {
        name: text('提到该项的各问题之和', 'findings that speak of it'),
        yuan: sumFigures(speaking.map(({ state }) => state.money[basis])),
        from: speaking
          .slice(0, 50)
          .map(({ state }) => placeIn(tracing.ledger.main.header, state.finding.first.number, basis)),
      },
    ],
  };
}

function losses(claim: Claim, tracing: Tracing): Trace {
  const rows = tracing.ledger.registers.recoveries.rows.filter(row =>
    LOSS.test(`${row.data.category ?? ''}${row.data.item ?? ''}`),
  );
  return rows.length === 0 ? { kind: 'none' } : ofRows(rows, claim, tracing, true);
}

/** The total of all money: what the ledger adds up to, in the ways that a headline may mean it. */
function everything(claim: Claim, index: Index, tracing: Tracing): Trace {
  const { ledger, states, cutOff } = tracing;
  const basis = claim.basis ?? 'recovered';
  const { rows } = ledger.registers.recoveries;
  const loose = rows.filter(row => row.data.reference?.kind !== 'findings' || row.data.reference.numbers.length !== 1);
  const inStates = new Set(states.flatMap(state => state.recoveries));
  const late = rows.filter(
    row => inStates.has(row) && cutOff !== undefined && row.data.date !== undefined && row.data.date.from > cutOff,
  );
  const total = sumFigures([
    ...states.map(state => owedOrStated(state.money[basis], basis)),
    ...loose.map(row => owedOrStated(rowFigure(row, basis, cutOff), basis)),
    ...(basis === 'recovered' ? late.map(row => negated(row.data.recovered?.yuan)) : []),
  ]);
  const having = states.filter(state => state.money[basis] !== undefined && state.money[basis] !== 'unknown');
  const stated = having.length > 0 || loose.some(row => rowFigure(row, basis, cutOff) !== undefined);
  if (!stated && total !== 'unknown' && basis !== 'outstanding') return { kind: 'none' };
  const withoutLosses = rows.filter(row => !LOSS.test(`${row.data.category ?? ''}${row.data.item ?? ''}`));
  const feedback = ledger.facts.values.feedback;
  const sinceFeedback = rows.filter(
    row => feedback === undefined || row.data.date === undefined || row.data.date.to >= feedback.from,
  );
  const exactCategory = index.categories.get(wordKey(claim.subject));
  const of = (name: Text, list: readonly RecoveryRow[]): MoneyReading => ({
    name,
    yuan: sumOf(list, basis, cutOff),
    from: placesOf(list, basis, ledger),
  });
  const from = [
    ...having.slice(0, 25).map(({ finding }) => placeIn(ledger.main.header, finding.first.number, basis)),
    ...placesOf(loose, basis, ledger).slice(0, 25),
  ];
  return {
    kind: 'rows',
    readings: [
      { name: text('台账各问题合计', 'all findings of the ledger'), yuan: total, from },
      ...(exactCategory === undefined
        ? []
        : [of(text('追缴资金中该类别合计', 'that category of 追缴资金'), exactCategory)]),
      ...(rows.length === 0
        ? []
        : [
            of(text('追缴资金各行合计', 'all rows of 追缴资金'), rows),
            of(text('追缴资金合计，不含挽回损失', 'rows of 追缴资金 without losses averted'), withoutLosses),
            of(text('反馈以后的追缴资金合计', 'rows of 追缴资金 since the feedback'), sinceFeedback),
          ]),
    ],
    due: undefined,
    sure: true,
  };
}

/** What one finding got back too much does not pay what another owes. */
function owedOrStated(figure: Figure, basis: MoneyBasis): Figure {
  if (basis !== 'outstanding' || figure === undefined || figure === 'unknown') return figure;
  return compare(figure, zero) > 0 ? figure : undefined;
}

function negated(yuan: Money | undefined): Figure {
  return yuan === undefined ? undefined : subtract(zero, yuan);
}

/** Money that findings and rows of 追缴资金 beyond single findings still owe, overpaid ones aside. */
export function stillOwed(ledger: Ledger, states: readonly FindingState[]): Money | 'unknown' {
  const loose = ledger.registers.recoveries.rows.filter(
    row => row.data.reference?.kind !== 'findings' || row.data.reference.numbers.length !== 1,
  );
  const figures = [
    ...states.map(state => state.money.outstanding),
    ...loose.map(row => rowFigure(row, 'outstanding', undefined)),
  ];
  let total = zero;
  let unknown = false;
  for (const figure of figures) {
    if (figure === 'unknown') unknown = true;
    else if (figure !== undefined && compare(figure, zero) > 0) total = add(total, figure);
  }
  // What is known to be owed is owed whatever the unreadable rest says.
  return unknown && compare(total, zero) === 0 ? 'unknown' : total;
}
