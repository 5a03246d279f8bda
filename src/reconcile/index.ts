import { equals, isZero, type Money, plain, subtract, sum } from '../model/money.js';
import { type Text, text } from '../model/text.js';
import type { Ledger } from '../read/ledger.js';
import { findAmounts } from '../read/typed/amount.js';
import type { Reconciliation } from './claim.js';
import { type ClaimComparisons, type Comparison, moneyDifference } from './compare.js';
import { placeIn } from './place.js';
import { type FindingState, summed } from './state.js';
import { type StatedTotal, statedTotals } from './stated-totals.js';

/** The tree row → finding → category → claim: every stated figure beside the computed one, what holds and what does not. */
export function reconcile(ledger: Ledger, states: readonly FindingState[], claims: ClaimComparisons): Reconciliation[] {
  const names = new Set<string>();
  return [
    ...folded(states.flatMap(state => findingReconciliations(ledger, state))),
    ...statedTotals(ledger).map(totalReconciliation),
    ...claims.comparisons.map(one => claimReconciliation(one, names)),
  ];
}

/** More agreeing findings than this are told in one line a figure, so that what differs is not lost among them. */
const mostAgreeing = 40;

function folded(list: readonly Reconciliation[]): Reconciliation[] {
  const agreeing = list.filter(one => one.ok === true);
  if (agreeing.length <= mostAgreeing) return [...list];
  const groups = new Map<string, Reconciliation[]>();
  for (const one of agreeing) {
    const figure = one.claim.slice(one.claim.lastIndexOf('-') + 1);
    const group = groups.get(figure);
    if (group === undefined) groups.set(figure, [one]);
    else group.push(one);
  }
  const lines = [...groups].flatMap(([figure, group]) => {
    const [first] = group;
    if (first === undefined) return [];
    const total = sum(group.flatMap(one => (one.amount === undefined ? [] : [one.amount.stated])));
    const name = figureNames.get(figure) ?? text(figure, figure);
    return [
      {
        ...first,
        ...moneyFigures(total, total),
        claim: `findings-${figure}`,
        subject: text(
          `${group.length}个问题的${name.zh}，两处一致`,
          `${name.en} of ${group.length} findings, stated twice and equal`,
        ),
        from: group.slice(0, 50).map(one => one.at),
      },
    ];
  });
  return [...list.filter(one => one.ok !== true), ...lines];
}

const moneyKeys = [
  ['due', text('应追缴', 'due')],
  ['recovered', text('已追缴', 'recovered')],
  ['reduced', text('核减', 'reduced')],
] as const;

const figureNames = new Map<string, Text>([...moneyKeys, ['outstanding', text('未追缴', 'outstanding')] as const]);

/** A figure that both the main sheet and 追缴资金 state, and an outstanding sum that the finding's own words state. */
function findingReconciliations(ledger: Ledger, state: FindingState): Reconciliation[] {
  const { finding, recoveries, money } = state;
  const list: Reconciliation[] = [];
  const { header } = ledger.main;
  const register = ledger.registers.recoveries.header;
  for (const [key, name] of moneyKeys) {
    if (recoveries.length === 0) break;
    const own = summed(finding.rows, key);
    const listed = summed(recoveries, key);
    if (own === undefined || listed === undefined || own === 'unknown' || listed === 'unknown') continue;
    list.push({
      ...moneyFigures(own, listed),
      claim: `finding-${finding.label}-${key}`,
      subject: text(
        `问题${finding.label}${name.zh}：台账与追缴资金`,
        `finding ${finding.label}, ${name.en}: ledger and 追缴资金`,
      ),
      ok: equals(own, listed),
      level: 'finding',
      at: placeIn(header, finding.rows.find(row => row.data[key] !== undefined)?.number ?? finding.first.number, key),
      from: recoveries.slice(0, 50).map(row => placeIn(register, row.number, key)),
    });
  }
  const { outstanding } = money;
  if (outstanding === undefined || outstanding === 'unknown' || isZero(outstanding)) return list;
  // 1173.3 − 670 = 503.3: the finding's text says what is still owed, and the columns agree.
  const said = finding.rows.find(row =>
    [row.data.finding, row.data.subFinding, row.data.progress, row.data.measure].some(
      words =>
        words !== undefined && findAmounts(words).some(one => !one.approximate && equals(one.amount.yuan, outstanding)),
    ),
  );
  if (said !== undefined) {
    list.push({
      ...moneyFigures(outstanding, outstanding),
      claim: `finding-${finding.label}-outstanding`,
      subject: text(
        `问题${finding.label}未追缴：正文与应追缴减已追缴`,
        `finding ${finding.label}, outstanding: text and columns`,
      ),
      ok: true,
      level: 'finding',
      at: placeIn(header, said.number, 'finding'),
      from: money.cells.map(({ sheet, row, col }) => ({ sheet, row, col })),
    });
  }
  return list;
}

type Figures = Pick<Reconciliation, 'stated' | 'computed' | 'difference' | 'unit' | 'amount'>;

function moneyFigures(stated: Money, computed: Money | undefined): Figures {
  return {
    stated: plain(stated),
    computed: computed === undefined ? undefined : plain(computed),
    difference: computed === undefined ? undefined : plain(subtract(stated, computed)),
    unit: '元',
    ...(computed === undefined ? {} : { amount: { stated, computed } }),
  };
}

/** A 小计 or 合计 row that the office keeps in a sheet. */
function totalReconciliation(one: StatedTotal): Reconciliation {
  return {
    ...moneyFigures(one.stated, one.computed),
    claim: `total-${one.sheetKey}-${one.row}-${one.key}`,
    subject: text(
      `${one.at.sheet ?? ''}第${one.row}行${one.name}：${one.at.header ?? ''}`,
      `${one.at.sheet ?? ''} row ${one.row}, ${one.at.header ?? ''}`,
    ),
    ok: one.ok,
    level: 'category',
    at: one.at,
    from: one.from,
  };
}

function claimReconciliation(one: Comparison, names: Set<string>): Reconciliation {
  const { claim } = one;
  const base = claim.kind ?? (claim.subject === '' ? `row-${claim.row.number}` : claim.subject.replace(/\s+/g, ''));
  const parts = one.kind === 'count-parts';
  const noun = claim.stated.kind === 'count' ? claim.stated.noun : '';
  return {
    claim: unique(parts ? `${base}-parts` : base, names),
    subject:
      parts || one.kind === 'money-parts'
        ? text(`${claim.subject}：与分项之和`, `${claim.subject}: sum of its parts`)
        : text(claim.subject, claim.subject),
    ok: one.ok,
    level: claim.parent === undefined ? 'claim' : 'category',
    at: one.at,
    from: one.from,
    ...figuresOf(one, noun),
  };
}

function figuresOf(one: Comparison, noun: string): Figures {
  switch (one.kind) {
    case 'money-parts':
    case 'money-rows': {
      const difference = moneyDifference(one);
      return {
        ...moneyFigures(one.stated, one.computed),
        difference: difference === undefined ? undefined : plain(difference),
      };
    }
    case 'count':
    case 'count-parts':
      return {
        stated: String(one.stated),
        computed: one.computed === undefined ? undefined : String(one.computed),
        difference: one.computed === undefined ? undefined : String(one.stated - one.computed),
        unit: noun === '' ? '个' : noun,
      };
    case 'rate':
      return { stated: one.stated, computed: one.computed, difference: undefined, unit: '%' };
  }
}

/** `recovered`, then `recovered-2`: ids of reconciliations are told apart by their order in the sheet. */
function unique(name: string, names: Set<string>): string {
  let id = name;
  for (let n = 2; names.has(id); n += 1) id = `${name}-${n}`;
  names.add(id);
  return id;
}
