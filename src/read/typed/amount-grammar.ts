import { add, fromUnit, type Money, negate, type Unit, yuan } from '../../model/money.js';
import { chineseAmount, chineseNumber, NUMERAL_CHARS } from './numerals.js';

/** What the words of one amount say: `unit` is undefined for a bare number. */
export type Read = {
  readonly yuan: Money;
  readonly unit: Unit;
  readonly named: boolean;
  readonly places: number;
};

/** Digits with or without groups of three. A leading zero is a code (00123), never an amount. */
export const NUMBER = String.raw`(?:[1-9]\d{0,2}(?:,\d{3})+|0|[1-9]\d{0,17})(?![\d,])(?:\.\d{1,12}(?!\d))?`;
export const SCALES = '亿|千万|百万|万|千|百|[wW]';

/** Each scale word: its power of ten, the unit it is kept in, and how many decimal places that unit takes from it. */
const SCALE: Readonly<Record<string, { readonly exponent: number; readonly unit: Unit; readonly shift: number }>> = {
  亿: { exponent: 8, unit: '亿元', shift: 0 },
  千万: { exponent: 7, unit: '万元', shift: 3 },
  百万: { exponent: 6, unit: '百万元', shift: 0 },
  万: { exponent: 4, unit: '万元', shift: 0 },
  w: { exponent: 4, unit: '万元', shift: 0 },
  千: { exponent: 3, unit: '千元', shift: 0 },
  百: { exponent: 2, unit: '元', shift: 2 },
  元: { exponent: 0, unit: '元', shift: 0 },
  角: { exponent: -1, unit: '元', shift: -1 },
  分: { exponent: -2, unit: '元', shift: -2 },
};

const PART = new RegExp(`(${NUMBER})(?:(${SCALES})元?|([元圆块角分])钱?)`, 'y');
const BARE = new RegExp(`^${NUMBER}$`);

/**
 * One amount without sign, blanks or currency words, half-width: `1,173.3万元`, `1亿4900万元`, `12元5角`,
 * `壹拾贰万叁仟元整`, or a bare number, which is in `bareUnit`. Undefined when it is anything else.
 */
export function readUnsigned(text: string, bareUnit: Unit): Read | undefined {
  if (BARE.test(text)) {
    const digits = text.replaceAll(',', '');
    return { yuan: fromUnit(digits, bareUnit), unit: bareUnit, named: false, places: decimals(digits) };
  }
  return readParts(text) ?? readChinese(text, bareUnit);
}

export function signedRead(read: Read, negative: boolean): Read {
  return negative ? { ...read, yuan: negate(read.yuan) } : read;
}

/** Decimal places of a plain decimal text. */
export function decimals(digits: string): number {
  const point = digits.indexOf('.');
  return point < 0 ? 0 : digits.length - point - 1;
}

/** Numbers each with its unit, falling: 3万5千元, 1亿4900万元. All but the last are whole, and each fits below the one before. */
function readParts(text: string): Read | undefined {
  let total: Money | undefined;
  let unit: Unit = '元';
  let places = 0;
  let previous = Number.POSITIVE_INFINITY;
  let previousPlaces = 0;
  let at = 0;
  while (at < text.length) {
    PART.lastIndex = at;
    const match = PART.exec(text);
    if (match === null) return undefined;
    const digits = (match[1] ?? '').replaceAll(',', '');
    const word = (match[2] ?? match[3] ?? '').toLowerCase();
    const scale = SCALE[word === '圆' || word === '块' ? '元' : word];
    if (scale === undefined || scale.exponent >= previous || previousPlaces > 0) return undefined;
    const wholeDigits = digits.length - (decimals(digits) > 0 ? decimals(digits) + 1 : 0);
    if (wholeDigits > previous - scale.exponent) return undefined;
    const part = yuan(`${digits}e${scale.exponent}`);
    total = total === undefined ? part : add(total, part);
    unit = scale.unit;
    previousPlaces = decimals(digits);
    places = Math.max(0, previousPlaces - scale.shift);
    previous = scale.exponent;
    at = PART.lastIndex;
  }
  return total === undefined ? undefined : { yuan: total, unit, named: true, places };
}

const IN_MYRIADS = new RegExp(`^([${NUMERAL_CHARS}]+)(?:点([零〇一二三四五六七八九]+))?(万|亿)元?$`);
const IN_YUAN = /[元圆角分][整正]?$/;
const IS_CHINESE = new RegExp(`^[${NUMERAL_CHARS}]`);

/** 大写 is exact to the 元 however round it is. */
const CAPITAL_YUAN = /^[^一二三四五六七八九]*[壹贰叁肆伍陆柒捌玖拾佰仟].*[元圆]/;

/** 五十三万元 and 五点三万元 are kept in 万元; everything with its 元, 角, 分 in 元; 三 alone in the column's unit. */
function readChinese(text: string, bareUnit: Unit): Read | undefined {
  if (!IS_CHINESE.test(text)) return undefined;
  const myriads = CAPITAL_YUAN.test(text) ? null : IN_MYRIADS.exec(text);
  const whole = chineseNumber(myriads?.[1] ?? '');
  if (whole !== undefined) {
    const fraction = [...(myriads?.[2] ?? '')].map(char => chineseNumber(char) ?? 0).join('');
    const unit = myriads?.[3] === '亿' ? '亿元' : '万元';
    const digits = fraction === '' ? String(whole) : `${whole}.${fraction}`;
    return { yuan: fromUnit(digits, unit), unit, named: true, places: fraction.length };
  }
  if (IN_YUAN.test(text)) {
    const digits = chineseAmount(text);
    return digits === undefined ? undefined : { yuan: yuan(digits), unit: '元', named: true, places: decimals(digits) };
  }
  // 一万二千 in a column in 万元 may be 12,000 元 or 12,000 万元: only numbers that name no 万 take the column's unit.
  const bare = /[万萬亿億]/.test(text) && bareUnit !== '元' ? undefined : chineseNumber(text);
  return bare === undefined
    ? undefined
    : { yuan: fromUnit(String(bare), bareUnit), unit: bareUnit, named: false, places: 0 };
}
