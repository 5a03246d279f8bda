import { compare, inUnit, type Money, percentOf, ratePercent, yuan, zero } from '../../model/money.js';
import type { Content } from '../../model/plan.js';
import { textContent } from '../content.js';

/** Shown where a rate has nothing to be a rate of. */
export const noRate = '—';

/** part ÷ whole as a fraction with four places (a percentage with two), 四舍五入; — when there is nothing to divide by. */
export function fraction(part: string, whole: string, partValue: number, wholeValue: number): Content;
export function fraction(part: string, whole: string, partValue: Money, wholeValue: Money): Content;
export function fraction(part: string, whole: string, partValue: number | Money, wholeValue: number | Money): Content {
  const percent = percentage(partValue, wholeValue);
  if (percent === undefined) return textContent(noRate);
  return {
    kind: 'formula',
    formula: `ROUND(${part}/${whole},4)`,
    cached: { kind: 'number', text: hundredth(percent) },
  };
}

function percentage(part: number | Money, whole: number | Money): string | undefined {
  if (typeof part === 'number' && typeof whole === 'number') return ratePercent(part, whole, 2);
  if (typeof part === 'number' || typeof whole === 'number') return undefined;
  return compare(whole, zero) === 0 ? undefined : percentOf(part, whole, 2);
}

/** 84.62 (percent) → 0.8462, in decimal text. */
function hundredth(percent: string): string {
  return inUnit(yuan(`${percent}e-2`), '元');
}
