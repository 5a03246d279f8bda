import type { Examined } from '../../examine.js';
import { grouped, yuan } from '../../model/money.js';
import type { Reconciliation } from '../../reconcile/claim.js';
import { type Claim, readClaims } from '../../reconcile/claims.js';
import type { Figure, ShownStatus } from '../../reconcile/state.js';
import type { Edition } from './edition.js';
import { type NoticeFigures, registerFigures } from './figures.js';
import { moneyText, shortRate } from './words.js';

/** One figure of the notice: as printed, as the whole ledger has it, as the unit states it, and whether that agrees. */
export type SignOffRow = {
  readonly name: string;
  readonly printed: string;
  readonly ledger: string;
  /** What 通报数据 states of it; '—' where it states nothing. */
  readonly stated: string;
  readonly verdict: string;
  readonly from: string;
  readonly strong?: true;
};

/** Letters in which a cell names kinds of meeting, of talk, claims: three lines. The page holds no more. */
const room = 24;

type Draft = Omit<SignOffRow, 'stated' | 'verdict'> & {
  /** Which claims state it; undefined: none can. */
  readonly states?: (claim: Claim) => boolean;
};

/** A claim of 通报数据 with everything it was compared with. */
type Stated = { readonly claim: Claim; readonly compared: readonly Reconciliation[] };

/** Every figure that the notice prints, in its order. What is zero everywhere and stated nowhere is left out. */
export function signOffRows(examined: Examined, figures: NoticeFigures, edition: Edition): readonly SignOffRow[] {
  const claims = statedClaims(examined);
  return drafts(examined, figures, edition).flatMap(({ states, ...row }) => {
    const found = states === undefined ? [] : claims.filter(({ claim }) => states(claim));
    if (found.length === 0 && dispensable.has(row.name) && isNone(row.printed) && isNone(row.ledger)) return [];
    const compared = found.flatMap(one => one.compared);
    return [
      {
        ...row,
        stated: found.length === 0 ? '—' : listOf(found.map(one => words(one, found.length))),
        verdict: found.length > 0 ? verdictOf(compared) : usual.has(row.name) && !isNone(row.ledger) ? '未填报' : '—',
      },
    ];
  });
}

function isNone(shown: string): boolean {
  return shown === '0' || shown === '0.00';
}

/** Claims that differ, by name: whoever signs looks at them first. */
export function differing(examined: Examined): readonly string[] {
  return statedClaims(examined)
    .filter(({ compared }) => compared.some(one => one.ok === false))
    .map(({ claim, compared }) => `${claim.subject}${compared[0] === undefined ? '' : figure(compared[0])}`);
}

function statedClaims({ ledger, reconciliations }: Examined): readonly Stated[] {
  const own = reconciliations.filter(one => one.level === 'claim');
  return readClaims(ledger).list.map(claim => ({
    claim,
    compared: own.filter(one => one.at.row === claim.row.number),
  }));
}

function words({ claim, compared }: Stated, many: number): string {
  const [first] = compared;
  const told = first === undefined ? (claim.row.data.value ?? '') : figure(first);
  return many > 1 || ['actions', 'meetings'].includes(claim.kind ?? '') ? `${claim.subject}${told}` : told;
}

function figure({ stated, unit }: Reconciliation): string {
  return `${unit === '元' ? grouped(yuan(stated)) : stated}${unit}`;
}

function verdictOf(compared: readonly Reconciliation[]): string {
  if (compared.some(one => one.ok === false)) return '不一致';
  return compared.length === 0 || compared.some(one => one.ok === undefined) ? '无从核对' : '一致';
}

function listOf(all: readonly string[]): string {
  if (all.length === 0) return '0';
  let shown = all[0] ?? '';
  let count = 1;
  for (const one of all.slice(1)) {
    if (shown.length + one.length >= room) break;
    shown = `${shown}、${one}`;
    count += 1;
  }
  return count < all.length ? `${shown}等${all.length}项` : shown;
}

const statusRows: readonly { readonly name: string; readonly status: ShownStatus; readonly kind: Claim['kind'] }[] = [
  { name: '基本完成（个）', status: 'mostly-done', kind: 'mostly-done' },
  { name: '长期坚持（个）', status: 'long-term', kind: 'long-term' },
  { name: '正在整改（个）', status: 'in-progress', kind: 'in-progress' },
  { name: '未启动（个）', status: 'not-started', kind: 'not-started' },
  { name: '不再纳入（个）', status: 'withdrawn', kind: 'withdrawn' },
];
const dispensable: ReadonlySet<string> = new Set([...statusRows.map(row => row.name), '解决问题（个）']);

/** What offices state in 通报数据 where there is any; of the rest nobody asks. */
const usual: ReadonlySet<string> = new Set([
  '反馈问题（个）',
  '已完成（个）',
  '完成率',
  '已追缴（元）',
  '尚未追缴（元）',
  '制度（项）',
  '谈话与处理',
  '会议',
]);

/** Totals of findings; a figure of sub-findings or measures stands in its own row. */
const ofFindings = (kind: Claim['kind']) => (claim: Claim) =>
  claim.kind === kind && claim.parent === undefined && !/具体|措施/u.test(claim.row.data.basis ?? '');

function drafts(examined: Examined, figures: NoticeFigures, edition: Edition): readonly Draft[] {
  const { summary } = examined;
  const { all, money } = summary;
  const { by } = figures;
  const whole = registerFigures(examined);
  const rate = (written: string | undefined) => (written === undefined ? '—' : `${shortRate(written)}%`);
  const printed = (amount: Figure) =>
    figures.unit === '元' || amount === undefined || amount === 'unknown'
      ? yuanOf(amount)
      : moneyText(amount, figures.unit);
  const moneyRow = (name: string, key: keyof NoticeFigures['money'], from = '台账、追缴资金'): Draft => ({
    name,
    printed: printed(figures.money[key]),
    ledger: yuanOf(money[key]),
    from,
    states: claim =>
      claim.basis === key && claim.parent === undefined && (claim.kind === 'recovered' || claim.kind === undefined),
  });
  return [
    {
      name: '反馈问题（个）',
      printed: String(figures.fedBack),
      ledger: String(all.findings),
      states: ofFindings('findings-total'),
      from: '反馈问题',
    },
    {
      name: edition === 'public' ? '公开（个）' : '党内通报（个）',
      printed: String(figures.printed),
      ledger: '—',
      from: '公开范围',
    },
    {
      name: '已完成（个）',
      printed: String(figures.done),
      ledger: String(all.done),
      states: ofFindings('done'),
      from: '整改结果',
    },
    ...statusRows.map(
      ({ name, status, kind }): Draft => ({
        name,
        printed: String(by(status)),
        ledger: String(all.by[status]),
        states: ofFindings(kind),
        from: '整改结果',
      }),
    ),
    {
      name: '完成率',
      printed: rate(figures.rate),
      ledger: rate(all.completionRate),
      states: ofFindings('rate'),
      from: '已完成÷应整改',
    },
    {
      name: '具体问题（个）',
      printed: String(figures.subFindings),
      ledger: String(summary.subFindings),
      states: claim => claim.kind === 'sub-findings' && claim.parent === undefined,
      from: '具体问题',
    },
    {
      name: '整改措施（条）',
      printed: String(figures.measures),
      ledger: String(examined.ledger.main.rows.reduce((sum, row) => sum + row.measures, 0)),
      states: claim => claim.kind === 'measures' && claim.parent === undefined,
      from: '整改措施',
    },
    moneyRow('应追缴（元）', 'due'),
    moneyRow('核减（元）', 'reduced'),
    moneyRow('已追缴（元）', 'recovered'),
    { ...moneyRow('尚未追缴（元）', 'outstanding', '应追缴－核减－已追缴'), strong: true },
    {
      name: '制度（项）',
      printed: String(figures.policies.all),
      ledger: String(whole.policies.all),
      states: claim => claim.kind === 'policies' && claim.parent === undefined,
      from: '制度清单',
    },
    {
      name: '谈话与处理',
      printed: listOf(figures.actions.map(action)),
      ledger: listOf(whole.actions.map(action)),
      states: claim => claim.kind === 'actions',
      from: '谈话与处理',
    },
    {
      name: '会议',
      printed: listOf(figures.meetings.map(({ form, n }) => `${form}${n}次`)),
      ledger: listOf(whole.meetings.map(({ form, n }) => `${form}${n}次`)),
      states: claim => claim.kind === 'meetings',
      from: '会议调度',
    },
    {
      name: '解决问题（个）',
      printed: String(figures.solved ?? 0),
      ledger: String(whole.solved ?? 0),
      states: claim => claim.kind === 'solved',
      from: '会议调度',
    },
  ];
}

function action({ form, n, noun }: NoticeFigures['actions'][number]): string {
  return `${form}${n === 'unknown' ? '未计算' : `${n}${noun}`}`;
}

function yuanOf(figure: Figure): string {
  return figure === undefined ? '0.00' : figure === 'unknown' ? '未计算' : grouped(figure);
}
