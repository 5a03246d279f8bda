import { Decimal } from 'decimal.js';

/** Units an amount of money may be written in. */
export type Unit = '元' | '千元' | '万元' | '百万元' | '亿元';

/** Powers of ten of each unit, in 元. */
const EXPONENTS = { 元: 0, 千元: 3, 万元: 4, 百万元: 6, 亿元: 8 } as const satisfies Record<Unit, number>;

export const UNITS: readonly Unit[] = ['元', '千元', '万元', '百万元', '亿元'];

/** Amounts this long are a wrong cell (an account number, say), and the limit keeps all arithmetic below exact. */
const MAX_EXPONENT = 30;

/**
 * decimal.js rounds every result to `precision` digits. Amounts have at most 31 digits before and 40 after the point,
 * so 200 digits hold any sum and any product of two of them exactly; only percentages are ever rounded.
 */
const Exact = Decimal.clone({ precision: 200, rounding: Decimal.ROUND_HALF_UP, defaults: true });

const DECIMAL = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,4})?$/;

const held: unique symbol = Symbol('held');

/**
 * An exact amount of money in 元; immutable. Made by `yuan`, read by the functions of this file only.
 * In a template string or in JSON it is its plain decimal text; `a < b` and `a + b` throw, since on objects they
 * would compare or join texts.
 */
class ExactMoney {
  readonly [held]: Decimal;

  constructor(value: Decimal) {
    this[held] = value;
  }

  toString(): string {
    return plain(this);
  }

  toJSON(): string {
    return plain(this);
  }

  [Symbol.toPrimitive](hint: string): string {
    if (hint !== 'string') throw new TypeError('Money is compared with compare() and added with add().');
    return plain(this);
  }
}

export type Money = ExactMoney;

function money(value: Decimal): Money {
  // −0 and 0 are the same amount and must look the same.
  return new ExactMoney(value.isZero() ? value.abs() : value);
}

export const zero: Money = new ExactMoney(new Exact(0));

/**
 * An amount from decimal text in 元: `521992.50`, `-3`, `503.3e4`.
 * Throws RangeError on anything else, on 10^30 元 and more, and on more than 40 decimals.
 */
export function yuan(decimalText: string): Money {
  if (!DECIMAL.test(decimalText) || decimalText.length > 80)
    throw new RangeError(`Not a decimal number: ${decimalText}`);
  const value = new Exact(decimalText);
  if (!value.isZero() && (value.e >= MAX_EXPONENT || value.decimalPlaces() > 40)) {
    throw new RangeError(`Not an amount of money: ${decimalText}`);
  }
  return money(value);
}

/** An amount from decimal text in a unit: `fromUnit('503.3', '万元')` is 5,033,000 元. RangeError as `yuan`. */
export function fromUnit(decimalText: string, unit: Unit): Money {
  return unit === '元' ? yuan(decimalText) : times(yuan(decimalText), `1e${EXPONENTS[unit]}`);
}

export function add(a: Money, b: Money): Money {
  return money(a[held].plus(b[held]));
}

export function subtract(a: Money, b: Money): Money {
  return money(a[held].minus(b[held]));
}

export function negate(a: Money): Money {
  return money(a[held].negated());
}

export function absolute(a: Money): Money {
  return money(a[held].abs());
}

/** The sum of any number of amounts; zero for none. */
export function sum(list: Iterable<Money>): Money {
  let total = zero[held];
  for (const item of list) total = total.plus(item[held]);
  return money(total);
}

/** The amount times a decimal factor, exactly. RangeError when the factor is no decimal number. */
export function times(m: Money, factorText: string): Money {
  if (!DECIMAL.test(factorText) || factorText.length > 40) throw new RangeError(`Not a decimal number: ${factorText}`);
  return money(m[held].times(factorText));
}

export function compare(a: Money, b: Money): -1 | 0 | 1 {
  const order = a[held].comparedTo(b[held]);
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

/** Equal to the last digit; there is no tolerance. */
export function equals(a: Money, b: Money): boolean {
  return a[held].equals(b[held]);
}

export function isZero(m: Money): boolean {
  return m[held].isZero();
}

/** Below zero; zero is not negative. */
export function isNegative(m: Money): boolean {
  return m[held].isNegative() && !m[held].isZero();
}

/** Decimal text in 元 with all its digits, at least two places: `521992.50`. */
export function plain(m: Money): string {
  return m[held].toFixed(Math.max(2, m[held].decimalPlaces()));
}

/** As `plain`, in groups of three: `521,992.50`. */
export function grouped(m: Money): string {
  const text = plain(m);
  const point = text.indexOf('.');
  return text.slice(0, point).replace(/\B(?=(?:\d{3})+$)/g, ',') + text.slice(point);
}

/** As `grouped`, always with its sign: `+1.00`, `-13,470.50`; zero is `0.00`. */
export function signed(m: Money): string {
  return isZero(m) || isNegative(m) ? grouped(m) : `+${grouped(m)}`;
}

/** Decimal text in the unit, exact, without trailing zeros: 5,033,000 元 in 万元 is `503.3`. */
export function inUnit(m: Money, unit: Unit): string {
  return m[held].times(`1e-${EXPONENTS[unit]}`).toFixed();
}

/**
 * Part of whole in percent with `places` decimals, a half rounded away from zero (四舍五入): `85.61`.
 * Undefined when the whole is zero.
 */
export function percentOf(part: Money, whole: Money, places: number): string | undefined {
  return percent(part[held], whole[held], places);
}

/** As `percentOf`, for counts: `ratePercent(19, 25, 0)` is `76`. */
export function ratePercent(part: number, whole: number, places: number): string | undefined {
  return percent(new Exact(part), new Exact(whole), places);
}

function percent(part: Decimal, whole: Decimal, places: number): string | undefined {
  if (whole.isZero()) return undefined;
  const value = part.times(100).dividedBy(whole).toDecimalPlaces(places, Decimal.ROUND_HALF_UP);
  return (value.isZero() ? value.abs() : value).toFixed(places);
}

/**
 * Rounded to `places` decimals of 元, a half away from zero (四舍五入). Negative places round to tens, hundreds …:
 * −3 is a tenth of 万元.
 */
export function roundTo(m: Money, places: number): Money {
  if (places >= 0) return money(m[held].toDecimalPlaces(places, Decimal.ROUND_HALF_UP));
  const scaled = m[held].times(`1e${places}`).toDecimalPlaces(0, Decimal.ROUND_HALF_UP);
  return money(scaled.times(`1e${-places}`));
}

/** Rounded as an amount in this unit with so many decimals is (四舍五入): 521,992.50 元 in 万元 with one is 522,000. */
export function roundInUnit(m: Money, unit: Unit, places: number): Money {
  return roundTo(m, places - EXPONENTS[unit]);
}

/**
 * The decimal text of a number as Excel shows it: 15 significant digits, no exponent, no trailing zeros. A file holds
 * `0.30000000000000004` where the person sees 0.3. Undefined when the text is no number or out of any sensible range.
 */
export function shownDigits(numberText: string): string | undefined {
  if (!DECIMAL.test(numberText) || numberText.length > 80) return undefined;
  const value = new Exact(numberText).toSignificantDigits(15);
  if (value.isZero()) return '0';
  if (value.e >= MAX_EXPONENT || value.decimalPlaces() > 30) return undefined;
  return value.toFixed();
}
