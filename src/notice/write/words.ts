import { formatDayZh, partsOf, type Span } from '../../model/day.js';
import { inUnit, isZero, type Money, plain } from '../../model/money.js';
import { splitMarked } from '../../read/typed/measures.js';
import { toChineseNumeral } from '../../read/typed/numerals.js';

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

/**
 * 一是…。二是…。 A single statement stands alone, unless it has several sentences or more is said after it: then it is
 * marked, so that a reader counts it as one.
 */
export function listed(texts: readonly string[], markSingle = false): string {
  const [only] = texts;
  if (only === undefined) return '';
  if (texts.length === 1 && !markSingle && !/[。；;！？!?]|[一二三四五六七八九十]是/u.test(only)) return sentence(only);
  return texts.map((text, index) => `${toChineseNumeral(index + 1)}是${sentence(text)}`).join('');
}

/** 元 with all digits and no separators, as official documents print money: 521992.50, 5033000. */
export function yuanText(money: Money): string {
  const whole = inUnit(money, '元');
  return `${whole.includes('.') ? plain(money) : whole}元`;
}

/** 应追缴…元，核减…元，已追缴…元，尚未追缴…元: what is stated and not zero; '' when nothing is. */
export function moneyWords(money: {
  readonly due: Money | undefined;
  readonly reduced: Money | undefined;
  readonly recovered: Money | undefined;
  readonly outstanding: Money | undefined;
}): string {
  const { due, reduced, recovered, outstanding } = money;
  const stated = (amount: Money | undefined): amount is Money => amount !== undefined && !isZero(amount);
  if (!stated(due) && !stated(recovered)) return '';
  return [
    stated(due) ? `应追缴资金${yuanText(due)}` : '',
    stated(reduced) ? `核减${yuanText(reduced)}` : '',
    stated(recovered) ? `已追缴${stated(due) ? '' : '资金'}${yuanText(recovered)}` : '',
    stated(outstanding) ? `尚未追缴${yuanText(outstanding)}` : '',
  ]
    .filter(part => part !== '')
    .join('，');
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
