import type { Cell } from '../../model/grid.js';
import { fromUnit, type Money, shownDigits, type Unit } from '../../model/money.js';
import { decimals, NUMBER, type Read, readUnsigned, SCALES, signedRead } from './amount-grammar.js';
import { compact, isNothing, toHalfWidth } from './normalise.js';
import { NUMERAL_CHARS } from './numerals.js';
import { type Bad, BLANK, bad, brokenFormula, type Parsed, value } from './parsed.js';

/** Where the unit of a column's amounts comes from when the cell itself names none. */
export type ColumnUnit = {
  readonly unit: Unit;
  readonly from: 'column' | 'header' | 'title' | 'default' | 'assumed';
};

export type Amount = {
  readonly yuan: Money;
  /** As it was typed. */
  readonly text: string;
  readonly unit: Unit;
  readonly unitFrom: 'cell' | ColumnUnit['from'];
  /** Decimal places as typed, in that unit. */
  readonly places: number;
  /** A bare number that is stored as text, which Excel's own sums skip. */
  readonly asText: boolean;
};

const PLAIN = /^-?\d+(?:\.\d+)?$/;

/**
 * The amount in a cell, in 元. A bare number is in the column's unit; a unit in the cell wins over it.
 * Bad, never guessed: 约 and 余 (not exact), two amounts in one cell, a decimal comma, a code with leading zeros, ¥ in a
 * column that is not in 元, a date.
 */
export function parseAmount(cell: Cell | undefined, unit: ColumnUnit): Parsed<Amount> {
  if (cell === undefined) return BLANK;
  if (cell.kind === 'number') return numberAmount(cell.text, unit);
  if (cell.kind === 'text') return textAmount(cell.text, unit);
  if (cell.kind === 'date') {
    return bad(
      '金额（单元格是日期格式，请改为“常规”格式后重新填写）',
      'an amount (the cell has a date format: set it to General and type the amount again)',
    );
  }
  return brokenFormula(cell) ?? notAnAmount();
}

function numberAmount(text: string, unit: ColumnUnit): Parsed<Amount> {
  // Up to 15 significant digits a number is what Excel shows, and needs no rounding.
  const digits = text.length <= 15 && PLAIN.test(text) ? text : shownDigits(text);
  if (digits === undefined) return notAnAmount();
  return value({
    yuan: fromUnit(digits, unit.unit),
    text,
    unit: unit.unit,
    unitFrom: unit.from,
    places: decimals(digits),
    asText: false,
  });
}

const ROUGH =
  /[约近余多几超逾>＞<＜≥≤~～]|左右|上下|大概|大约|预计|估|不足|不到|不少于|不低于|不超过|以上|以下|以内|至少/;
/** A note in brackets that carries neither a figure nor a unit of its own: 503.3万元（含利息）. */
const NOTE = /(.[^(]*)\([^()\d元圆万亿千百]*\)$/;
/** 503.3（万元）: the unit in brackets is still the unit. */
const UNIT_NOTE = /\((?:单位:)?(百万元|千元|万元|亿元|万|亿|元)\)$/;
/** A point after a digit is a half-typed decimal, not the end of a sentence. */
const ENDING = /(?:[。,;、!]|(?<!\d)\.)+$/;
const CURRENCY = /^(?:人民币|RMB|CNY|¥):?/i;
const CURRENCY_AFTER = /(?:人民币|RMB|CNY)$/i;
const TOTAL = /^(?:共计|合计|总计|共|计|金额):?/;
const MINUS = /^(?:-|–|—|负|▲|△)/;

/** No way of writing one amount is longer; whole paragraphs in an amount column are not worth a look. */
const LONGEST = 100;

function textAmount(text: string, unit: ColumnUnit): Parsed<Amount> {
  if (isNothing(text)) return BLANK;
  if (text.length > LONGEST) return notAnAmount();
  // 285358。5 is what a Chinese keyboard makes of 285358.5.
  const typed = compact(toHalfWidth(text)).replace(/(?<=\d)。(?=\d)/, '.');
  if (ROUGH.test(typed)) {
    return bad(
      '准确的金额，不写“约”“余”“左右”，例如 503.3万元',
      'an exact amount without "about" or "over", such as 503.3万元',
    );
  }
  const { core, negative, currency } = strip(typed);
  const read = readUnsigned(core, unit.unit);
  if (read === undefined) {
    const several = (typed.match(/\d+(?:\.\d+)?/g) ?? []).length > 1 && /[、;；,，和及/+=]/.test(typed);
    return several
      ? bad('一个金额；一格里有几个数，请分行填写', 'one amount; the cell holds several figures: give each its own row')
      : notAnAmount();
  }
  if (currency && !read.named && unit.unit !== '元') {
    return bad(
      `写明单位的金额：“¥”表示元，而本列单位是${unit.unit}，请写“…元”或“…万元”`,
      `an amount with its unit: "¥" says 元 while the column is in ${unit.unit}`,
    );
  }
  return value(amountOf(signedRead(read, negative), text, unit, !read.named));
}

/** Takes off what stands around the figure: signs, brackets, currency words, 共计, 整, a note. */
function strip(typed: string): { core: string; negative: boolean; currency: boolean } {
  let core = typed.replace(ENDING, '');
  let negative = false;
  let currency = false;
  // Accountants put a negative figure in brackets.
  const bracketed = /^\(([^()]+)\)$/.exec(core);
  if (bracketed !== null && !MINUS.test(bracketed[1] ?? '')) {
    core = bracketed[1] ?? '';
    negative = true;
  }
  core = core
    .replace('(大写)', '')
    .replace(UNIT_NOTE, '$1')
    .replace(NOTE, '$1')
    .replace(TOTAL, '')
    .replace(/^\+(?=[\d¥])/, '');
  for (let again = true; again; ) {
    again = false;
    if (CURRENCY.test(core)) {
      core = core.replace(CURRENCY, '');
      currency = true;
      again = true;
    }
    if (!negative && MINUS.test(core)) {
      core = core.replace(MINUS, '');
      negative = true;
      again = true;
    }
  }
  if (CURRENCY_AFTER.test(core)) {
    core = core.replace(CURRENCY_AFTER, '');
    currency = true;
  }
  return { core: core.replace(/(?<=[元圆角分])[整正]$/, ''), negative, currency };
}

function amountOf(read: Read, text: string, unit: ColumnUnit, asText: boolean): Amount {
  const unitFrom = read.named ? 'cell' : unit.from;
  return { yuan: read.yuan, text, unit: read.unit, unitFrom, places: read.places, asText };
}

function notAnAmount(): Bad {
  return bad('金额，例如 1173.3 或 503.3万元', 'an amount, such as 1173.3 or 503.3万元');
}

/** An amount in running text; `offset` and `length` are UTF-16 positions in that text. */
export type FoundAmount = {
  readonly amount: Amount;
  readonly offset: number;
  readonly length: number;
  /** 约, 近, 余, 左右, one end of a range, or a dash that may be a minus (冲减-2000元): not an exact figure. */
  readonly approximate: boolean;
};

/**
 * In running text a figure is money only with its 元, or with 万 or 亿 at the end of a phrase (5万人 is people).
 * 元月, 元旦, 二元化 and their like are words.
 */
const IN_TEXT = new RegExp(
  [
    `(?<![\\d.]|\\d,)(?:${NUMBER}\\s?(?:${SCALES})元?\\s?)*${NUMBER}[余多]?\\s?(?:(?:${SCALES})?[余多]?\\s?[元圆](?![旦素件月宵老首])(?:\\d角)?(?:\\d分)?|(?:亿|万)(?![\\p{L}\\p{N}]))`,
    `(?<![${NUMERAL_CHARS}])[${NUMERAL_CHARS}]+(?:点[${NUMERAL_CHARS}]+[万亿])?[余多]?[元圆](?![旦素件月宵老首化论制结复])(?:零?[${NUMERAL_CHARS}]角)?(?:零?[${NUMERAL_CHARS}]分)?`,
  ].join('|'),
  'gu',
);
const ROUGH_BEFORE =
  /(?:约|近|超|超过|逾|不足|不到|至少|大概|预计|估计|不少于|不低于|(?<=\d|[万亿千百元])\s?[-~—–至到]|(?<=\p{L})-)$/u;
const ROUGH_AFTER = /^(?:左右|上下|以上|以下|以内)/;
const MINUS_BEFORE = /(?<![减担背肩自抱])负$|(?<!\d\s?|[万亿千百元]\s?|\p{L})-$/u;
/** In running text 问题3，500元 is not 3,500: a full-width comma parts clauses there and never groups digits. */
const PART_COMMA = /，/g;

/** Every amount of a line of running text with its own unit, left to right. A figure without a unit is not taken for money. */
export function findAmounts(text: string): FoundAmount[] {
  if (!/[元圆万亿]/.test(text)) return [];
  const line = toHalfWidth(text.replace(PART_COMMA, '、'));
  const found: FoundAmount[] = [];
  for (const match of line.matchAll(IN_TEXT)) {
    const typed = compact(match[0]);
    const before = line.slice(Math.max(0, match.index - 8), match.index);
    const read = readUnsigned(typed.replace(/[余多]/g, ''), '元');
    if (read === undefined || !read.named) continue;
    const length = match[0].trimEnd().length;
    const end = match.index + length;
    const signed = signedRead(read, MINUS_BEFORE.test(before));
    found.push({
      amount: amountOf(signed, text.slice(match.index, end), { unit: read.unit, from: 'assumed' }, false),
      offset: match.index,
      length,
      approximate: /[余多]/.test(typed) || ROUGH_BEFORE.test(before) || ROUGH_AFTER.test(line.slice(end, end + 3)),
    });
  }
  return found;
}
