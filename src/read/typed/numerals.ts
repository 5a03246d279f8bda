const DIGITS: ReadonlyMap<string, number> = new Map([
  ...entries('〇零○一二三四五六七八九', [0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
  ...entries('两壹贰叁肆伍陆柒捌玖弌弍弎貳參陸', [2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 2, 3, 6]),
]);
const TENS: ReadonlyMap<string, number> = new Map(entries('十拾百佰千仟', [10, 10, 100, 100, 1000, 1000]));
const MYRIADS: ReadonlyMap<string, number> = new Map(entries('万萬亿億', [1e4, 1e4, 1e8, 1e8]));

function entries(chars: string, values: readonly number[]): [string, number][] {
  return [...chars].flatMap((char, at) => {
    const found = values[at];
    return found === undefined ? [] : [[char, found]];
  });
}

/** Every character that may stand in a Chinese number, for use in a character class. */
export const NUMERAL_CHARS = `${[...DIGITS.keys(), ...TENS.keys(), ...MYRIADS.keys()].join('')}廿卅`;

/**
 * A Chinese number: 十九 is 19, 两 is 2, 一百零五, 壹拾贰万叁仟, 二〇二三 (digit by digit, from three digits or with
 * a 〇). Undefined for anything else, and for what can be read two ways: 两三 (two or three), 一百五 (150 or 105).
 */
export function chineseNumber(text: string): number | undefined {
  if (text === '') return undefined;
  const chars = [...text.replace('廿', '二十').replace('卅', '三十')];
  if (chars.every(char => DIGITS.has(char))) return positional(chars);
  return scaled(chars);
}

function positional(chars: readonly string[]): number | undefined {
  if (chars.length > 15) return undefined;
  const spelt = chars.map(char => DIGITS.get(char)).join('');
  return chars.length === 1 || chars.length > 2 || spelt.endsWith('0') ? Number(spelt) : undefined;
}

/**
 * 亿 and 万 each multiply what was read since the last of their kind; within such a section 千, 百, 十 fall.
 * A digit at the end needs a 零 before it unless it follows 十: 一百五 is how people say 150.
 */
function scaled(chars: readonly string[]): number | undefined {
  let total = 0;
  let section = 0;
  let digit: number | undefined;
  let lastTen = 10_000;
  let lastMyriad = Number.POSITIVE_INFINITY;
  let sawZero = false;
  for (const char of chars) {
    const unit = DIGITS.get(char);
    const ten = TENS.get(char);
    const myriad = MYRIADS.get(char);
    if (unit === 0) {
      if (digit !== undefined) return undefined;
      sawZero = true;
    } else if (unit !== undefined) {
      if (digit !== undefined) return undefined;
      digit = unit;
    } else if (ten !== undefined) {
      // 十九 is 一十九, but only where the section begins; 百 and 千 always need their digit.
      if (ten >= lastTen || (digit === undefined && (ten !== 10 || section !== 0))) return undefined;
      section += (digit ?? 1) * ten;
      digit = undefined;
      lastTen = ten;
      sawZero = false;
    } else if (myriad !== undefined) {
      if (digit !== undefined && !closes(lastTen, sawZero)) return undefined;
      section += digit ?? 0;
      if (section === 0 && total === 0) return undefined;
      // 一万亿 is (10,000) × 亿; otherwise 亿 comes before 万.
      if (myriad === 1e8 && lastMyriad === 1e4) total = (total + section) * myriad;
      else if (myriad < lastMyriad && section !== 0) total += section * myriad;
      else return undefined;
      section = 0;
      digit = undefined;
      lastTen = 10_000;
      lastMyriad = myriad;
      sawZero = false;
    } else {
      return undefined;
    }
  }
  if (digit !== undefined) {
    const alone = lastTen === 10_000 && section === 0;
    if (alone ? total !== 0 && !sawZero : !closes(lastTen, sawZero)) return undefined;
  }
  const result = total + section + (digit ?? 0);
  return Number.isSafeInteger(result) ? result : undefined;
}

function closes(lastTen: number, sawZero: boolean): boolean {
  return lastTen === 10 || lastTen === 10_000 || sawZero;
}

const CAPITAL =
  /^(?:人民币|:)*(?:([^元圆]+)[元圆])?(?:零?([零一二三四五六七八九壹贰叁肆伍陆柒捌玖])角)?(?:零?([一二三四五六七八九壹贰叁肆伍陆柒捌玖])分)?[整正]?$/;

/**
 * An amount written in Chinese numerals, 大写金额 or not, as decimal text in 元: 壹拾贰万叁仟元整 is `123000`,
 * 叁元伍角 is `3.5`. Undefined for anything else.
 */
export function chineseAmount(text: string): string | undefined {
  const match = CAPITAL.exec(text);
  if (match === null) return undefined;
  const [, whole, tenth, hundredth] = match;
  if (whole === undefined && tenth === undefined && hundredth === undefined) return undefined;
  const yuan = whole === undefined ? 0 : chineseNumber(whole);
  if (yuan === undefined) return undefined;
  const jiao = tenth === undefined ? 0 : DIGITS.get(tenth);
  const fen = hundredth === undefined ? 0 : DIGITS.get(hundredth);
  if (hundredth !== undefined) return `${yuan}.${jiao}${fen}`;
  return tenth === undefined ? String(yuan) : `${yuan}.${jiao}`;
}

const NUMERALS = '零一二三四五六七八九';

/** 1 → 一, 12 → 十二, 105 → 一百零五; 0 to 9999, for section marks. RangeError beyond. */
export function toChineseNumeral(n: number): string {
  if (!Number.isInteger(n) || n < 0 || n > 9999) throw new RangeError(`No section mark for ${n}`);
  if (n < 10) return NUMERALS.charAt(n);
  let text = '';
  let gap = false;
  for (const [size, name] of [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, ''],
  ] as const) {
    const digit = Math.floor(n / size) % 10;
    if (digit === 0) {
      gap = text !== '';
      continue;
    }
    text += (gap ? '零' : '') + (text === '' && size === 10 && digit === 1 ? '' : NUMERALS.charAt(digit)) + name;
    gap = false;
  }
  return text;
}
