import { formatDayZh, partsOf, type Span } from '../../model/day.js';
import { inUnit, isZero, type Money, plain, type Unit } from '../../model/money.js';
import { findAmounts } from '../../read/typed/amount.js';
import { splitMarked } from '../../read/typed/measures.js';
import { toChineseNumeral } from '../../read/typed/numerals.js';
import { sentences } from '../fold.js';
import { splitItems } from '../items.js';
import { leadingMarker } from '../markers.js';

/** A paragraph that begins with a heading of the second level; without one where it is the only one of its part. */
export type Paragraph = { readonly heading: string; readonly text: string };

/** （一）…。（二）…。 What says nothing is left out; a single paragraph has no number. */
export function numbered(list: readonly { readonly title: string; readonly text: string }[]): Paragraph[] {
  const told = list.filter(({ text }) => text !== '');
  return told.map(({ title, text }, index) => ({
    heading: told.length === 1 ? '' : `（${toChineseNumeral(index + 1)}）${title}。`,
    text,
  }));
}

/** One line, without the marks that end it: the notice sets its own. */
export function clause(written: string): string {
  return written
    .replace(/\s*[\r\n]+\s*/gu, '')
    .replace(/[\u0000-\u001F\u007F\uFFFE\uFFFF\p{Surrogate}]/gu, '')
    .replace(/[\s。；;，,、：:.．]+$/u, '')
    .trim();
}

/** A clause with the mark that ends it; a text that ends in ！ or ？ keeps its own. */
export function sentence(written: string): string {
  const text = clause(written);
  return text === '' || /[！？!?]$/u.test(text) ? text : `${text}。`;
}

/** The statements of cells: one cell may number several, each counts. */
export function statements(cells: readonly (string | undefined)[]): string[] {
  return cells
    .flatMap(cell => (cell === undefined ? [] : splitMarked(cell)))
    .map(clause)
    .filter(text => text !== '');
}

/** 一是…。二是…。; a single statement stands without a mark, as one sentence. */
export function listed(texts: readonly string[]): string {
  const [only] = texts;
  if (only === undefined) return '';
  const single = texts.length === 1 ? oneSentence(only) : undefined;
  return single ?? texts.map((text, index) => `${toChineseNumeral(index + 1)}是${sentence(text)}`).join('');
}

/**
 * Several sentences of one statement as one: a reader counts sentences where nothing is numbered. Undefined where that
 * cannot be done by commas (it asks, exclaims or numbers things itself); then it is marked 一是, for want of better.
 */
function oneSentence(text: string): string | undefined {
  const joined = sentence(
    sentences(text)
      .map(piece => clause(piece.text))
      .join('，'),
  );
  const { kind, items } = splitItems([{ text: joined, line: 1 }]);
  return kind === undefined && items.length === 1 && leadingMarker(joined) === undefined ? joined : undefined;
}

/**
 * What was done, with the money at its end. Where the words name sums of their own, the last sentence says that it speaks
 * of the whole finding.
 */
export function toldWithMoney(told: readonly string[], money: string): string {
  if (money === '') return listed(told);
  const whole = told.some(text => findAmounts(text).length > 0) ? `该问题${money}` : money;
  const [only] = told;
  const single = told.length === 1 && only !== undefined ? oneSentence(`${clause(only)}，${whole}`) : undefined;
  if (single !== undefined) return single;
  return `${told.map((text, index) => `${toChineseNumeral(index + 1)}是${sentence(text)}`).join('')}${whole}。`;
}

/** In the unit in which the notice speaks, with all digits and no separators: 521992.50元, 503.3万元. */
export function moneyText(money: Money, unit: Unit = '元'): string {
  const whole = inUnit(money, unit);
  return `${unit === '元' && whole.includes('.') ? plain(money) : whole}${unit}`;
}

/** 应追缴…，核减…，已追缴…，尚未追缴…: what is stated and not zero; '' when nothing is. */
export function moneyWords(
  money: {
    readonly due: Money | undefined;
    readonly reduced: Money | undefined;
    readonly recovered: Money | undefined;
    readonly outstanding: Money | undefined;
  },
  unit: Unit = '元',
): string {
  const { due, reduced, recovered, outstanding } = money;
  const stated = (amount: Money | undefined): amount is Money => amount !== undefined && !isZero(amount);
  if (!stated(due) && !stated(recovered)) return '';
  return [
    stated(due) ? `应追缴资金${moneyText(due, unit)}` : '',
    stated(reduced) ? `核减${moneyText(reduced, unit)}` : '',
    stated(recovered) ? `已追缴${stated(due) ? '' : '资金'}${moneyText(recovered, unit)}` : '',
    stated(outstanding) ? `尚未追缴${moneyText(outstanding, unit)}` : '',
  ]
    .filter(part => part !== '')
    .join('，');
}

/** 100.00 → 100, 87.50 → 87.5: a rate is printed as it is said. */
export function shortRate(rate: string): string {
  return rate.replace(/\.?0+$/u, '');
}

/** A date as precisely as the ledger has it. */
export function spanZh(span: Span): string {
  const { year, month } = partsOf(span.from);
  if (span.precision === 'day') return formatDayZh(span.from);
  if (span.precision === 'month') return `${year}年${month}月`;
  return clause(span.text);
}

/** 2023年3月15日至6月15日: the year is said once. */
export function fromTo(from: Span, to: Span): string {
  const [begin, end] = [spanZh(from), spanZh(to)];
  const year = `${partsOf(from.from).year}年`;
  return `${begin}至${begin.startsWith(year) && end.startsWith(year) ? end.slice(year.length) : end}`;
}
