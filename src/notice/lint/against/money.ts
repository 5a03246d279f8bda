import { cellPlace } from '../../../checks/check.js';
import { equals, grouped, type Money, roundInUnit, type Unit, yuan } from '../../../model/money.js';
import { text } from '../../../model/text.js';
import type { FindingState } from '../../../reconcile/state.js';
import { amountsOf } from '../../deeds.js';
import { fold } from '../../fold.js';
import type { NoticeAmount } from '../../parsed.js';
import { besideWords } from '../in-unit.js';
import { type Remark, remark } from '../linting.js';
import type { Comparing } from './comparing.js';
import type { Pair } from './pairs.js';

/** Money that the notice tells under a finding, beside what the ledger has for it, at the precision that is written. */
export function* moneyAgainst(comparing: Comparing): Iterable<Remark> {
  for (const pair of comparing.pairs.pairs) {
    const seen = new Set<string>();
    for (const amount of amountsOf(pair.told)) {
      const key = `${amount.kind ?? ''}|${amount.yuan}`;
      if (amount.kind === undefined || seen.has(key)) continue;
      seen.add(key);
      const one = differs(amount, pair, comparing);
      if (one !== undefined) yield one;
    }
  }
}

const figureOf = { 应追缴: 'due', 已追缴: 'recovered', 核减: 'reduced', 未追缴: 'outstanding' } as const;

function differs(amount: NoticeAmount, { told, state }: Pair, comparing: Comparing): Remark | undefined {
  const { linting, examined } = comparing;
  if (amount.kind === undefined || amount.kind === '挽回损失') return undefined;
  const key = figureOf[amount.kind];
  const total = state.money[key];
  if (total === 'unknown') return undefined;
  const stated = key === 'outstanding' ? [] : statedBy(state, key);
  const known = [...(total === undefined ? [] : [total]), ...stated];
  if (known.some(money => agrees(amount, money))) return undefined;
  // Money that the ledger tells in words only is looked at with the other figures.
  if (known.length === 0 || inWords(state, amount)) return undefined;
  const shown = total ?? stated[0];
  const found = remark(linting, 'notice-amount-differs', 'error', `${told.line}|${amount.kind}|${amount.yuan}`, {
    line: amount.line,
    words: amount.text,
    finding: told.number,
    found: grouped(yuan(amount.yuan)),
    ...(shown === undefined ? {} : { expected: grouped(shown) }),
    message: text(
      `问题${told.number}${amount.kind}写${amount.text}，台账是${shown === undefined ? '空白' : besideWords(amount.text, shown, grouped)}（台账问题${state.finding.label}）`,
      `finding ${told.number}: ${amount.text} ${key}, the ledger has ${shown === undefined ? 'nothing' : `¥${grouped(shown)}`}`,
    ),
    remedy: text('对照凭证，改通报或改台账', 'compare with the vouchers and correct either'),
  });
  const column = key === 'outstanding' ? 'due' : key;
  const also = [cellPlace(examined.ledger, state.finding.first, column)];
  return { ...found, diagnostic: { ...found.diagnostic, also } };
}

/** Single sums of which the finding's total is made: a notice may tell one of them. */
function statedBy(state: FindingState, key: 'due' | 'recovered' | 'reduced'): readonly Money[] {
  return [
    ...state.finding.rows.flatMap(row => row.data[key]?.yuan ?? []),
    ...state.recoveries.flatMap(row => row.data[key]?.yuan ?? []),
  ];
}

/** 670万元 is 6,700,000.00, and 6,700,012.00 rounded as it is written. */
function agrees(amount: NoticeAmount, exact: Money): boolean {
  const value = yuan(amount.yuan);
  if (equals(value, exact)) return true;
  const folded = fold(amount.text);
  const unit: Unit = /亿/u.test(folded) ? '亿元' : /万/u.test(folded) ? '万元' : '元';
  const places = /\d\.(\d+)/u.exec(folded)?.[1]?.length ?? 0;
  return unit !== '元' && equals(value, roundInUnit(exact, unit, places));
}

function inWords({ finding }: FindingState, amount: NoticeAmount): boolean {
  const words = finding.rows
    .flatMap(({ data }) => [data.finding, data.subFinding, data.measure, data.progress, data.note, data.reasonOpen])
    .join('\n');
  return fold(words).includes(fold(amount.text));
}
