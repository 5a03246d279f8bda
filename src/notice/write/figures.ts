import type { Examined } from '../../examine.js';
import type { Day, Span } from '../../model/day.js';
import {
  absolute,
  compare,
  equals,
  fromUnit,
  isZero,
  type Money,
  ratePercent,
  roundInUnit,
  type Unit,
} from '../../model/money.js';
import type { References } from '../../read/typed/references.js';
import { policyManner } from '../../reconcile/claim-words.js';
import type { Figure, ShownStatus } from '../../reconcile/state.js';
import { wordKey } from '../../sheets/cells.js';
import { type Edition, type Published, type PublishedMoney, publishedFindings, total } from './edition.js';
import { statements } from './words.js';

/** Every figure that the notice prints. Counted over what the edition prints, as the ledger counts. */
export type NoticeFigures = RegisterFigures & {
  readonly asOf: Day;
  /** Findings that were fed back, printed or not. */
  readonly fedBack: number;
  readonly printed: number;
  readonly done: number;
  readonly by: (status: ShownStatus) => number;
  /** Percent with two places; undefined when everything is withdrawn or a result could not be read. */
  readonly rate: string | undefined;
  readonly subFindings: number;
  readonly measures: number;
  readonly money: PublishedMoney;
  /** The unit in which the notice speaks of money. */
  readonly unit: Unit;
};

export type RegisterFigures = {
  readonly policies: { readonly all: number; readonly made: number; readonly changed: number };
  /** Talks and sanctions by form, in the order in which the ledger first names them; 'unknown' where a count could not be read. */
  readonly actions: readonly {
    readonly form: string;
    readonly n: number | 'unknown';
    readonly noun: '人' | '人次';
  }[];
  /** Meetings by kind. */
  readonly meetings: readonly { readonly form: string; readonly n: number }[];
  readonly solved: number | undefined;
};

/** What the notice counts up to: 统计截止日期, else the day on which it is made. */
export function cutOff({ ledger, asOf }: Examined): Day {
  return ledger.facts.values.statedAsOf?.to ?? asOf;
}

export function noticeFigures(examined: Examined, edition: Edition): NoticeFigures {
  const { ledger } = examined;
  const asOf = cutOff(examined);
  const published = publishedFindings(examined, edition);
  const by = (status: ShownStatus) => published.filter(({ state }) => state.shown === status).length;
  const numbers = numbersOf(published);
  const done = by('done') + by('awaiting-review') + by('closed');
  const { scope, statedFindings } = ledger.facts.values;
  const whole = (key: keyof PublishedMoney): Figure => total(published.map(({ money }) => money[key]));
  return {
    asOf,
    fedBack: scope === 'part' && statedFindings !== undefined ? statedFindings : examined.states.length,
    printed: published.length,
    done,
    by,
    rate: by('unknown') > 0 ? undefined : ratePercent(done, published.length - by('withdrawn'), 2),
    subFindings: published.reduce((sum, one) => sum + subFindingsOf(one).length, 0),
    measures: published.reduce((sum, one) => sum + measuresOf(one).length, 0),
    money: {
      due: whole('due'),
      reduced: whole('reduced'),
      recovered: whole('recovered'),
      outstanding: whole('outstanding'),
    },
    unit: unitFor(published, ledger.facts.values.moneyUnit),
    ...registerFigures(examined, numbers),
  };
}

/** What the registers count up to the day of the notice: of the whole ledger, or of the findings with these numbers. */
export function registerFigures(examined: Examined, numbers?: ReadonlySet<number>): RegisterFigures {
  const asOf = cutOff(examined);
  return {
    policies: policyCounts(examined, numbers, asOf),
    actions: actionCounts(examined, numbers, asOf),
    meetings: meetingCounts(examined, numbers, asOf),
    solved: solvedCount(examined, numbers, asOf),
  };
}

/**
 * The unit that the office declared. Where that is 元 or nothing: 万元 when every sum is said in it with two decimals at
 * most and none is less than one, for 11733000元 is hard to read aloud. One unit throughout.
 */
function unitFor(published: readonly Published[], declared: Unit | undefined): Unit {
  if (declared !== undefined && declared !== '元') return declared;
  const sums = published
    .flatMap(({ money }) => [money.due, money.reduced, money.recovered, money.outstanding])
    .flatMap(figure => (figure === undefined || figure === 'unknown' || isZero(figure) ? [] : [figure]));
  const fits = (sum: Money) =>
    compare(absolute(sum), fromUnit('1', '万元')) >= 0 && equals(roundInUnit(sum, '万元', 2), sum);
  return sums.length > 0 && sums.every(fits) ? '万元' : '元';
}

/** A sub-finding is printed when the row in which it stands is: not because a later row that answers it may be. */
export function subFindingsOf({ state, rows }: Published): string[] {
  const printed = new Set(rows.map(row => row.number));
  return statements(
    state.finding.subFindings
      .filter(({ rows: [first] }) => first !== undefined && printed.has(first.number))
      .map(sub => sub.title),
  );
}

export function measuresOf({ rows }: Published): string[] {
  return statements(rows.filter(row => row.measures > 0).map(row => row.data.measure));
}

type RegisterRow = { readonly data: { readonly reference?: References | undefined } };

/** A register row is counted when it belongs to the whole ledger, or to a finding that the edition prints. */
function concerns({ data }: RegisterRow, printed: ReadonlySet<number> | undefined): boolean {
  const { reference } = data;
  if (printed === undefined || reference === undefined || reference.kind !== 'findings') return true;
  return reference.numbers.some(n => printed.has(n));
}

/** The numbers by which the registers know the printed findings. */
function numbersOf(published: readonly Published[]): ReadonlySet<number> {
  return new Set(published.map(({ state }) => state.finding.number ?? state.finding.index + 1));
}

function inTime(span: Span | undefined, day: Day): boolean {
  return span === undefined || span.from <= day;
}

function policyCounts(
  { ledger }: Examined,
  printed: ReadonlySet<number> | undefined,
  asOf: Day,
): NoticeFigures['policies'] {
  const names = { all: new Set<string>(), made: new Set<string>(), changed: new Set<string>() };
  for (const row of ledger.registers.policies.rows) {
    const { name, state, issued, manner } = row.data;
    if (name === undefined || /拟|草案|征求/u.test(state ?? '') || !inTime(issued, asOf) || !concerns(row, printed))
      continue;
    const key = wordKey(name).replace(/[《》〈〉]/gu, '');
    names.all.add(key);
    const how = policyManner(manner ?? '');
    if (how !== undefined) names[how === 'new' ? 'made' : 'changed'].add(key);
  }
  return { all: names.all.size, made: names.made.size, changed: names.changed.size };
}

function actionCounts(
  { ledger }: Examined,
  printed: ReadonlySet<number> | undefined,
  asOf: Day,
): NoticeFigures['actions'] {
  const found = new Map<string, { n: number | 'unknown'; noun: '人' | '人次' }>();
  for (const row of ledger.registers.actions.rows) {
    const { form, persons, times, date } = row.data;
    if (form === undefined || !inTime(date, asOf) || !concerns(row, printed)) continue;
    const unread = row.bad.has('persons') || row.bad.has('times');
    // Times are what most offices count; a form of which only persons are given is counted in persons.
    const noun = times === undefined && persons !== undefined ? '人' : '人次';
    const n = unread ? 'unknown' : ((times ?? persons)?.n ?? 1);
    const known = found.get(form);
    if (known === undefined) {
      found.set(form, { n, noun });
      continue;
    }
    known.n = known.n === 'unknown' || n === 'unknown' ? 'unknown' : known.n + n;
    if (known.noun !== noun) known.noun = '人次';
  }
  return [...found].map(([form, one]) => ({ form, ...one }));
}

function meetingsOf({ ledger }: Examined, printed: ReadonlySet<number> | undefined, asOf: Day) {
  return ledger.registers.meetings.rows.filter(row => inTime(row.data.date, asOf) && concerns(row, printed));
}

function meetingCounts(
  examined: Examined,
  printed: ReadonlySet<number> | undefined,
  asOf: Day,
): NoticeFigures['meetings'] {
  const counts = new Map<string, number>();
  for (const { data } of meetingsOf(examined, printed, asOf))
    if (data.form !== undefined) counts.set(data.form, (counts.get(data.form) ?? 0) + 1);
  return [...counts].map(([form, n]) => ({ form, n }));
}

function solvedCount(examined: Examined, printed: ReadonlySet<number> | undefined, asOf: Day): number | undefined {
  const rows = meetingsOf(examined, printed, asOf).filter(row => row.data.solved !== undefined);
  return rows.length === 0 ? undefined : rows.reduce((sum, row) => sum + (row.data.solved?.n ?? 0), 0);
}

/** Meetings with a day that the edition may print, in order of time. */
export function datedMeetings(examined: Examined, edition: Edition) {
  const asOf = cutOff(examined);
  return meetingsOf(examined, numbersOf(publishedFindings(examined, edition)), asOf)
    .flatMap(({ data }) =>
      data.date === undefined || data.form === undefined
        ? []
        : [{ date: data.date, form: data.form, topic: data.topic }],
    )
    .sort((a, b) => (a.date.from < b.date.from ? -1 : a.date.from > b.date.from ? 1 : 0));
}
