import { type Cell, cellAt } from '../model/grid.js';
import { type Money, shownDigits, type Unit, zero } from '../model/money.js';
import type { Ledger } from '../read/ledger.js';
import { unitNamed } from '../read/reader.js';
import type { Row } from '../read/table.js';
import { type Amount, parseAmount } from '../read/typed/amount.js';
import { parseCount } from '../read/typed/count.js';
import { isNothing, toHalfWidth } from '../read/typed/normalise.js';
import { wordKey } from '../sheets/cells.js';
import type { claimSheet } from '../sheets/registers.js';
import { type ClaimKind, claimKind, type MoneyBasis, moneyBasis } from './claim-words.js';

/** The figure of a claim as it was typed; `places` are its decimals in its own unit. */
export type Stated =
  | { readonly kind: 'money'; readonly amount: Amount }
  | { readonly kind: 'count'; readonly n: number; readonly noun: string }
  | { readonly kind: 'percent'; readonly text: string; readonly places: number }
  /** About so many: not a figure that can be compared. */
  | { readonly kind: 'rough' }
  | { readonly kind: 'unreadable' };

/** One row of 通报数据. */
export type Claim = {
  readonly row: Row<typeof claimSheet>;
  readonly subject: string;
  readonly kind: ClaimKind | undefined;
  readonly stated: Stated;
  /** Of money: own words, else those of the total it is a part of, else what its kind implies. */
  readonly basis: MoneyBasis | undefined;
  readonly parent: Claim | undefined;
  readonly parts: readonly Claim[];
  /** Only included in its total (含立行立改2个): the parts need not add up with it. */
  readonly subset: boolean;
};

export type Claims = {
  readonly list: readonly Claim[];
  /** Rows whose 所属合计编号 names no row, or one that lies under itself. */
  readonly strays: readonly Row<typeof claimSheet>[];
};

type Draft = {
  readonly row: Row<typeof claimSheet>;
  readonly subject: string;
  kind: ClaimKind | undefined;
  stated: Stated;
  basis: MoneyBasis | undefined;
  parent: Draft | undefined;
  readonly parts: Draft[];
  readonly subset: boolean;
};

/** 通报数据 as a forest of totals and their parts, in the order of the sheet. */
export function readClaims(ledger: Ledger): Claims {
  const { claims } = ledger.registers;
  const drafts = claims.rows
    .filter(row => row.data.subject !== undefined || row.data.value !== undefined)
    .map((row): Draft => {
      const subject = row.data.subject ?? '';
      return {
        row,
        subject,
        kind: claimKind(subject),
        stated: { kind: 'unreadable' },
        basis: undefined,
        parent: undefined,
        parts: [],
        subset: /^\W*(?:含|包含|内含)/u.test(subject) || /^其?中?含/u.test(row.data.basis ?? ''),
      };
    });
  const strays = adopt(drafts);
  const header = claims.header;
  for (const draft of topDown(drafts)) {
    const valueCol = header?.columns.get('value')?.col;
    const cell =
      header === undefined || valueCol === undefined ? undefined : cellAt(header.sheet, draft.row.number, valueCol);
    draft.stated = stated(draft, cell, ledger.facts.values.moneyUnit);
    // A part is known by its own name: 问题 under a total is not the total again.
    if (draft.kind === 'findings-total' && draft.parent !== undefined) draft.kind = undefined;
    if (draft.stated.kind === 'money' && draft.kind !== 'losses')
      draft.kind = draft.kind === 'recovered' ? 'recovered' : undefined;
    if (draft.stated.kind === 'money') draft.basis = basisOf(draft);
  }
  return { list: drafts, strays };
}

function basisOf(draft: Draft): MoneyBasis | undefined {
  return (
    moneyBasis(draft.row.data.basis ?? '') ??
    moneyBasis(draft.subject) ??
    draft.parent?.basis ??
    (draft.kind === 'recovered' || draft.kind === 'losses' ? 'recovered' : undefined)
  );
}

/** Ties parts to their totals; what would make a circle stays untied. */
function adopt(drafts: readonly Draft[]): Row<typeof claimSheet>[] {
  const byName = new Map<string, Draft>();
  for (const draft of drafts) {
    const code = wordKey(draft.row.data.code ?? '');
    if (code !== '' && !byName.has(code)) byName.set(code, draft);
  }
  for (const draft of drafts) {
    const name = wordKey(draft.subject);
    if (name !== '' && !byName.has(name)) byName.set(name, draft);
  }
  const strays: Row<typeof claimSheet>[] = [];
  for (const draft of drafts) {
    const named = draft.row.data.parent;
    if (named === undefined || isNothing(named)) continue;
    const parent = byName.get(wordKey(named));
    if (parent === undefined || liesUnder(parent, draft)) {
      strays.push(draft.row);
      continue;
    }
    draft.parent = parent;
    parent.parts.push(draft);
  }
  return strays;
}

function liesUnder(candidate: Draft, draft: Draft): boolean {
  for (let at: Draft | undefined = candidate; at !== undefined; at = at.parent) if (at === draft) return true;
  return false;
}

/** Totals before their parts, so that a part can take over what its total says. */
function* topDown(drafts: readonly Draft[]): Iterable<Draft> {
  const waiting = drafts.filter(draft => draft.parent === undefined).reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next;
    waiting.push(...next.parts);
  }
}

const ROUGH = /[约近余多超逾]|左右|以上|以下|不足|至少|大概|\.{3}|…/u;
/** 34，含立行立改2: what is only included does not belong to the figure. */
const INCLUDED = /[,，;；(（]?\s*(?:其中|含|包括|包含).*$/su;
const FIGURE_IN_SUBJECT = /\d[\d,，.．]*\s*(?:%|％|亿元|万元|元|人次|\p{L})?\s*$/u;
const moneyKinds: ReadonlySet<ClaimKind | undefined> = new Set<ClaimKind>(['recovered', 'losses']);
const rateKinds: ReadonlySet<ClaimKind | undefined> = new Set<ClaimKind>(['rate', 'closing-rate']);

function stated(draft: Draft, cell: Cell | undefined, defaultUnit: Unit | undefined): Stated {
  const typed = cell?.kind === 'text' ? cell.text : undefined;
  const source: Cell | undefined = cell !== undefined && cell.text.trim() !== '' ? cell : figureIn(draft.subject);
  if (source === undefined || source.kind === 'error') return { kind: 'unreadable' };
  const unit = toHalfWidth(draft.row.data.unit ?? '').trim();
  const written = typed === undefined ? source.text : source.text.replace(INCLUDED, '').trim();
  const plainCell: Cell = source.kind === 'text' ? { kind: 'text', text: written } : source;
  if (rateKinds.has(draft.kind) || /^[%‰]/.test(unit) || /[%％]\s*$/.test(written)) return percentIn(plainCell, unit);
  if (isMoney(draft, written, unit)) return moneyIn(plainCell, unit, defaultUnit);
  const count = parseCount(plainCell);
  if (count.kind === 'value')
    return { kind: 'count', n: count.value.n, noun: unit === '' ? (count.value.noun ?? '') : unit };
  // 无 and 0 state the same; an empty cell states nothing.
  if (count.kind === 'blank' && written !== '') return { kind: 'count', n: 0, noun: unit };
  return { kind: ROUGH.test(written) ? 'rough' : 'unreadable' };
}

function figureIn(subject: string): Cell | undefined {
  const found = FIGURE_IN_SUBJECT.exec(subject);
  return found === null ? undefined : { kind: 'text', text: found[0] };
}

function isMoney(draft: Draft, written: string, unit: string): boolean {
  if (unit !== '') return unitNamed(unit) !== undefined;
  if (/[元圆万亿]$/u.test(written.trim()) || /[¥￥]/.test(written)) return true;
  if (/\p{L}$/u.test(written.trim())) return false;
  return moneyKinds.has(draft.kind) || (draft.kind === undefined && draft.parent?.stated.kind === 'money');
}

function moneyIn(cell: Cell, unit: string, defaultUnit: Unit | undefined): Stated {
  const own = unitNamed(unit);
  const column =
    own !== undefined
      ? ({ unit: own, from: 'column' } as const)
      : defaultUnit !== undefined
        ? ({ unit: defaultUnit, from: 'default' } as const)
        : ({ unit: '元', from: 'assumed' } as const);
  const read = parseAmount(cell, column);
  if (read.kind === 'value') return { kind: 'money', amount: read.value };
  if (read.kind === 'blank' && cell.text.trim() !== '') {
    return {
      kind: 'money',
      amount: { yuan: zero, text: cell.text, unit: column.unit, unitFrom: column.from, places: 0, asText: true },
    };
  }
  return { kind: ROUGH.test(cell.text) ? 'rough' : 'unreadable' };
}

/**
 * 76%, 76 with the unit %. A number cell below 1 is a share that Excel shows as percent (0.76 is shown as 76%); 1 is
 * 100% unless a unit stands beside it.
 */
function percentIn(cell: Cell, unit: string): Stated {
  const digits = cell.kind === 'number' ? shownDigits(cell.text) : toHalfWidth(cell.text).replace(/\s/g, '');
  const found = /^(\d{1,3})(?:\.(\d{1,9}))?(%)?$/.exec(digits ?? '');
  if (found === null) return { kind: ROUGH.test(cell.text) ? 'rough' : 'unreadable' };
  const [, whole = '', decimals = ''] = found;
  const share =
    cell.kind === 'number' && (whole === '0' ? decimals !== '' : whole === '1' && decimals === '' && unit === '');
  if (!share) return percent(whole, decimals);
  const padded = decimals.padEnd(2, '0');
  return percent(String(Number(`${whole}${padded.slice(0, 2)}`)), padded.slice(2));
}

function percent(whole: string, decimals: string): Stated {
  return { kind: 'percent', text: decimals === '' ? whole : `${whole}.${decimals}`, places: decimals.length };
}

/** The amount of a money claim in 元. */
export function statedMoney(claim: Claim): Money | undefined {
  return claim.stated.kind === 'money' ? claim.stated.amount.yuan : undefined;
}
