import type { Day } from '../model/day.js';
import type { Place } from '../model/diagnostic.js';
import { ratePercent } from '../model/money.js';
import { type Text, text } from '../model/text.js';
import type { Ledger } from '../read/ledger.js';
import { type Status, wordKey } from '../sheets/cells.js';
import type { RegisterKey } from '../sheets/index.js';
import { type CountLevel, countLevel, formsOf, policyManner, sameMeeting } from './claim-words.js';
import type { Claim } from './claims.js';
import { placeIn } from './place.js';
import { type FindingState, type RowState, weakest } from './state.js';
import type { Summary } from './summary.js';

/** One way to count what a claim states. `n` is undefined when something it needs could not be read. */
export type Reading = { readonly name: Text; readonly n: number | undefined; readonly from: readonly Place[] };

/** A rate as done and base; undefined where they cannot be counted. */
export type RateReading = {
  readonly name: Text;
  readonly part: number | undefined;
  readonly whole: number | undefined;
  readonly from: readonly Place[];
};

export type Readings = {
  /** What the words of the claim can mean; the first is what they mean first. */
  readonly accepted: readonly Reading[];
  /**
   * Other levels or units: a match here means that 口径 is missing, not that the figure is wrong. Counted only when
   * asked for, since most claims hold.
   */
  readonly others: () => readonly Reading[];
  /** The register in which it would be listed, and how many rows of that kind it lists. */
  readonly register?: { readonly key: RegisterKey; readonly rows: number };
};

export type Counting = {
  readonly ledger: Ledger;
  readonly states: readonly FindingState[];
  readonly summary: Summary;
  /** 统计截止日期: what is dated later is not in the claims. */
  readonly cutOff: Day | undefined;
};

type Item = {
  readonly status: Status | undefined | 'unknown';
  readonly longTerm: boolean;
  readonly closed: boolean;
  readonly immediate: boolean;
  readonly weight: number;
  readonly at: Place;
};

const levelNames: { readonly [L in CountLevel]: Text } = {
  findings: text('按反馈问题数', 'counted in findings'),
  'sub-findings': text('按具体问题数', 'counted in sub-findings'),
  measures: text('按整改措施数', 'counted in measures'),
};
const levels: readonly CountLevel[] = ['findings', 'sub-findings', 'measures'];
const mostPlaces = 50;

/** Every way to count what a count claim states; undefined when the ledger has nothing of the kind. */
export function readingsOf(claim: Claim, counting: Counting): Readings | undefined {
  switch (claim.kind) {
    case 'policies':
      return policyReadings(claim, counting);
    case 'actions':
      return actionReadings(claim, counting);
    case 'meetings':
      return meetingReadings(claim, counting);
    case 'solved':
      return solvedReadings(counting);
    case 'sections':
      return {
        accepted: [reading(text('按聚焦方面数', 'focus areas'), counting.summary.sections, [])],
        others: () => [],
      };
    case undefined:
      return namedReadings(claim, counting);
    case 'elsewhere':
    case 'recovered':
    case 'losses':
    case 'rate':
    case 'closing-rate':
      return undefined;
    default:
      return findingReadings(claim, claim.kind, counting);
  }
}

function reading(name: Text, n: number | undefined, from: readonly Place[]): Reading {
  return { name, n, from: from.slice(0, mostPlaces) };
}

/** The level that a claim speaks of; undefined when its words leave that open. */
export function levelOf(claim: Claim): CountLevel | undefined {
  const level = countLevel(claim.row.data.basis ?? '');
  if (level !== undefined) return level;
  if (claim.kind === 'sub-findings') return 'sub-findings';
  if (claim.kind === 'measures') return 'measures';
  return claim.subject.includes('具体问题') ? 'sub-findings' : claim.subject.includes('措施') ? 'measures' : undefined;
}

type FindingKind =
  | 'findings-total'
  | 'sub-findings'
  | 'measures'
  | 'done'
  | 'mostly-done'
  | 'in-progress'
  | 'not-done'
  | 'long-term'
  | 'not-started'
  | 'withdrawn'
  | 'closed'
  | 'immediate';

function findingReadings(claim: Claim, kind: FindingKind, counting: Counting): Readings {
  const level = levelOf(claim) ?? 'findings';
  const counted = countsAt(kind, level, itemsAt(level, counting));
  const accepted = kind === 'measures' && level === 'measures' ? [...counted, itemised(counting)] : counted;
  const others = () =>
    levels.filter(one => one !== level).flatMap(one => countsAt(kind, one, itemsAt(one, counting)).slice(0, 1));
  return { accepted, others };
}

/** A cell may number several measures (一是…二是…): a notice that tells them one by one counts each. */
function itemised({ ledger, states }: Counting): Reading {
  const rows = states.flatMap(state => state.finding.rows).filter(row => row.measures > 0);
  return reading(
    text('按整改措施数，一格里分条的逐条数', 'counted in measures, each of those that one cell numbers'),
    rows.reduce((sum, row) => sum + row.measures, 0),
    rows.map(row => placeIn(ledger.main.header, row.number, 'measure')),
  );
}

function countsAt(kind: FindingKind, level: CountLevel, items: readonly Item[]): Reading[] {
  const count = (name: Text, holds: (item: Item) => boolean, needsStatus = true): Reading => {
    let n: number | undefined = 0;
    const from: Place[] = [];
    for (const item of items) {
      if (needsStatus && item.status === 'unknown') n = undefined;
      else if (holds(item)) {
        if (n !== undefined) n += item.weight;
        if (from.length < mostPlaces) from.push(item.at);
      }
    }
    return { name, n, from };
  };
  const is =
    (...wanted: readonly (Status | undefined)[]) =>
    (item: Item) =>
      !item.closed && item.status !== 'unknown' && wanted.includes(item.status);
  const done = (item: Item) => item.closed || item.status === 'done';
  const name = levelNames[level];
  switch (kind) {
    case 'findings-total':
    case 'sub-findings':
    case 'measures':
      return [
        count(name, () => true, false),
        count(
          text(`${name.zh}，不含“不再纳入”`, `${name.en}, without the withdrawn`),
          item => item.status !== 'withdrawn',
        ),
      ];
    case 'done':
      return [count(name, done)];
    case 'closed':
      return [count(name, item => item.closed, false)];
    case 'mostly-done':
      return [count(name, is('mostly-done'))];
    case 'long-term':
      return [count(name, is('long-term')), count(name, item => item.status === 'long-term' || item.longTerm)];
    case 'not-started':
      return [count(name, is('not-started', undefined)), count(name, is('not-started'))];
    case 'withdrawn':
      return [count(name, is('withdrawn'))];
    case 'immediate':
      return [count(name, item => item.immediate, false)];
    case 'in-progress':
      return [
        count(name, is('in-progress')),
        count(name, is('in-progress', 'not-started', undefined)),
        count(name, item => !done(item) && item.status !== 'withdrawn'),
      ];
    case 'not-done':
      return [
        count(name, item => !done(item) && item.status !== 'withdrawn'),
        count(name, is('in-progress', 'not-started', undefined)),
        count(name, is('in-progress', 'not-started', 'long-term', undefined)),
        count(name, is('in-progress', 'not-started', 'mostly-done', undefined)),
      ];
  }
}

/** The ledger's findings, sub-findings or measures with their status on the cut-off day. */
function itemsAt(level: CountLevel, counting: Counting): Item[] {
  const { ledger, states, cutOff } = counting;
  const { header } = ledger.main;
  const items: Item[] = [];
  for (const state of states) {
    if (level === 'findings') {
      items.push({
        ...itemOf(state.rows, cutOff),
        status: state.shown === 'unknown' ? 'unknown' : atCutOff(state.status, state.rows, cutOff),
        closed: state.closed,
        weight: 1,
        at: placeIn(header, state.finding.first.number, 'finding'),
      });
      continue;
    }
    const groups = level === 'measures' ? measureGroups(state) : subFindingGroups(state);
    for (const { rows, weight } of groups) {
      const [first] = rows;
      if (first === undefined) continue;
      items.push({
        ...itemOf(rows, cutOff),
        weight,
        at: placeIn(header, first.row.number, level === 'measures' ? 'measure' : 'subFinding'),
      });
    }
  }
  return items;
}

type Group = { readonly rows: readonly RowState[]; readonly weight: number };

function measureGroups(state: FindingState): Group[] {
  return state.rows.filter(one => one.row.measures > 0).map(one => ({ rows: [one], weight: 1 }));
}

function subFindingGroups(state: FindingState): Group[] {
  const rowsOf: RowState[][] = state.finding.subFindings.map(() => []);
  for (const one of state.rows) if (one.row.subFinding !== undefined) rowsOf[one.row.subFinding]?.push(one);
  return state.finding.subFindings.map((sub, index) => ({ rows: rowsOf[index] ?? [], weight: sub.parts }));
}

function itemOf(rows: readonly RowState[], cutOff: Day | undefined): Omit<Item, 'weight' | 'at'> {
  return {
    status: rows.some(one => one.row.bad.has('result')) ? 'unknown' : atCutOff(weakest(rows), rows, cutOff),
    longTerm: rows.some(one => one.row.data.result?.longTerm === true),
    closed: rows.every(one => one.review === 'closed'),
    immediate: rows.some(one => one.row.data.kind === 'immediate'),
  };
}

function atCutOff(status: Status | undefined, rows: readonly RowState[], cutOff: Day | undefined): Status | undefined {
  if (status !== 'done' || cutOff === undefined) return status;
  return rows.some(one => one.row.data.doneDate !== undefined && one.row.data.doneDate.from > cutOff)
    ? 'in-progress'
    : status;
}

/** done ÷ (all − withdrawn) on each level; what else people divide by comes after it. */
export function rateReadings(
  claim: Claim,
  counting: Counting,
): { readonly accepted: readonly RateReading[]; readonly others: () => readonly RateReading[] } {
  const kind = claim.kind === 'closing-rate' ? 'closed' : 'done';
  const own = levelOf(claim) ?? 'findings';
  const at = (level: CountLevel): RateReading[] => {
    const items = itemsAt(level, counting);
    const [part] = countsAt(kind, level, items);
    const [all, base] = countsAt('findings-total', level, items);
    const [mostly] = countsAt('mostly-done', level, items);
    const name = levelNames[level];
    const from = part?.from ?? [];
    const more = part?.n === undefined || mostly?.n === undefined ? undefined : part.n + mostly.n;
    return [
      { name, part: part?.n, whole: base?.n, from },
      {
        name: text(`${name.zh}，分母含“不再纳入”`, `${name.en}, of all with the withdrawn`),
        part: part?.n,
        whole: all?.n,
        from,
      },
      { name: text(`${name.zh}，含“基本完成”`, `${name.en}, 基本完成 included`), part: more, whole: base?.n, from },
    ];
  };
  const [first, ...rest] = at(own);
  return {
    accepted: first === undefined ? [] : [first],
    others: () => [...rest, ...levels.filter(one => one !== own).flatMap(one => at(one).slice(0, 1))],
  };
}

/** The rate in percent with the claim's own decimals; undefined when it cannot be computed. */
export function rateText(one: RateReading, places: number): string | undefined {
  return one.part === undefined || one.whole === undefined ? undefined : ratePercent(one.part, one.whole, places);
}

function later(span: { readonly from: Day } | undefined, cutOff: Day | undefined): boolean {
  return span !== undefined && cutOff !== undefined && span.from > cutOff;
}

function policyReadings(claim: Claim, counting: Counting): Readings {
  const { policies } = counting.ledger.registers;
  const rows = policies.rows.filter(row => !/拟|草案|征求/u.test(row.data.state ?? '') && row.data.name !== undefined);
  const inTime = rows.filter(row => !later(row.data.issued, counting.cutOff));
  const manner = policyManner(`${claim.row.data.basis ?? ''}${claim.subject}`);
  const count = (list: typeof rows, name: Text) => {
    const names = new Set(list.map(row => wordKey(row.data.name ?? '').replace(/[《》〈〉]/gu, '')));
    return reading(
      name,
      names.size,
      list.map(row => placeIn(policies.header, row.number, 'name')),
    );
  };
  const all = count(inTime, text('制度清单中已印发的制度', 'issued documents in 制度清单'));
  const restricted =
    manner === undefined
      ? []
      : [
          count(
            inTime.filter(row => row.data.manner !== undefined && (policyManner(row.data.manner) ?? manner) === manner),
            manner === 'new' ? text('其中新建的', 'the new ones') : text('其中修订、完善的', 'the revised ones'),
          ),
        ];
  return {
    accepted: [...restricted, all],
    others: () => [
      count(rows, text('含统计截止日期以后印发的', 'with those issued after the cut-off day')),
      reading(text('制度清单的行数（含重复）', 'rows of 制度清单, repeated ones too'), inTime.length, []),
    ],
    register: { key: 'policies', rows: inTime.length },
  };
}

function actionReadings(claim: Claim, counting: Counting): Readings {
  const { actions } = counting.ledger.registers;
  const wanted = formsOf(claim.row.data.basis ?? '') ?? formsOf(claim.subject);
  const ofForm = actions.rows.filter(row => {
    const form = row.data.form ?? '';
    const forms = formsOf(form);
    return (
      wanted === undefined ||
      (forms === undefined ? claim.subject.includes(form) && form !== '' : forms.some(one => wanted.includes(one)))
    );
  });
  const rows = ofForm.filter(row => !later(row.data.date, counting.cutOff));
  const total = (key: 'persons' | 'times', list: typeof rows): number | undefined => {
    let n = 0;
    for (const row of list) {
      if (row.bad.has('persons') || row.bad.has('times')) return undefined;
      // One of the two is often left blank; a row that has neither is one talk with one person.
      n += (row.data[key] ?? row.data[key === 'persons' ? 'times' : 'persons'])?.n ?? 1;
    }
    return n;
  };
  const places = rows.map(row => placeIn(actions.header, row.number, 'form'));
  const persons = reading(text('谈话与处理中的人数', 'persons in 谈话与处理'), total('persons', rows), places);
  const times = reading(text('谈话与处理中的人次', 'person-times in 谈话与处理'), total('times', rows), places);
  const noun = claim.stated.kind === 'count' ? claim.stated.noun : '';
  const byPerson = /^(?:人|名|位)$/u.test(noun);
  const either = !byPerson && !noun.includes('次');
  return {
    accepted: byPerson ? [persons] : either ? [times, persons] : [times],
    others: () => [
      ...(either ? [] : [byPerson ? times : persons]),
      reading(
        text('含统计截止日期以后的', 'with those after the cut-off day'),
        total(byPerson ? 'persons' : 'times', ofForm),
        [],
      ),
    ],
    register: { key: 'actions', rows: rows.length },
  };
}

function meetingReadings(claim: Claim, counting: Counting): Readings {
  const { meetings } = counting.ledger.registers;
  const kind = meetings.rows.filter(row => sameMeeting(claim.subject, `${row.data.form ?? ''}${row.data.topic ?? ''}`));
  const rows = kind.filter(row => !later(row.data.date, counting.cutOff));
  // 党组会 on 专题民主生活会 may be counted as either.
  const named = rows.filter(row => sameMeeting(claim.subject, row.data.form ?? ''));
  const held = (list: typeof rows) =>
    reading(
      text('会议调度中的次数', 'meetings in 会议调度'),
      list.length,
      list.map(row => placeIn(meetings.header, row.number, 'form')),
    );
  return {
    accepted: named.length === rows.length || named.length === 0 ? [held(rows)] : [held(rows), held(named)],
    others: () => [reading(text('含统计截止日期以后的', 'with those after the cut-off day'), kind.length, [])],
    register: { key: 'meetings', rows: rows.length },
  };
}

function solvedReadings(counting: Counting): Readings {
  const { meetings } = counting.ledger.registers;
  const rows = meetings.rows.filter(row => !later(row.data.date, counting.cutOff));
  const listed = rows.filter(row => row.data.solved !== undefined);
  const n = rows.some(row => row.bad.has('solved'))
    ? undefined
    : listed.reduce((total, row) => total + (row.data.solved?.n ?? 0), 0);
  return {
    accepted: [
      reading(
        text('会议调度中的解决问题数', 'matters solved in 会议调度'),
        n,
        listed.map(row => placeIn(meetings.header, row.number, 'solved')),
      ),
    ],
    others: () => [],
    register: { key: 'meetings', rows: listed.length },
  };
}

/** A part known by the name of a focus area or a department. */
function namedReadings(claim: Claim, counting: Counting): Readings | undefined {
  const { summary, ledger } = counting;
  const key = bare(claim.subject);
  if (key.length < 3) return undefined;
  for (const [groups, name] of [
    [summary.byFocus, text('该方面的反馈问题数', 'findings of that focus area')],
    [summary.byDepartment, text('该部门的反馈问题数', 'findings of that department')],
  ] as const) {
    const group = groups.find(one => bare(one.name) === key);
    if (group === undefined) continue;
    const from = group.states.map(state => placeIn(ledger.main.header, state.finding.first.number, 'finding'));
    return { accepted: [reading(name, group.tally.findings, from)], others: () => [] };
  }
  return undefined;
}

/** The name of a focus area without its marker and the words around it. */
function bare(written: string): string {
  return wordKey(written)
    .replace(/^\(?[一二三四五六七八九十]+[)、]/u, '')
    .replace(/^聚焦/u, '')
    .replace(/(?:方面)?(?:的)?(?:反馈)?(?:问题)?(?:数)?$/u, '');
}
