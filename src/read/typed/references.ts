import type { Cell } from '../../model/grid.js';
import { compact, isNothing, toHalfWidth } from './normalise.js';
import { chineseNumber, NUMERAL_CHARS } from './numerals.js';
import { type Bad, BLANK, bad, brokenFormula, type Parsed, value } from './parsed.js';

/** 问题序号 in a register. `self` is 自查自纠: found by the office itself, not by the inspection. */
export type References =
  | { readonly kind: 'findings'; readonly numbers: readonly number[] }
  | { readonly kind: 'all' }
  | { readonly kind: 'self' };

const ALL = /^(?:全部|所有|全体|整体|各项|总体)(?:反馈)?(?:的)?(?:问题|事项)?$/;
const SELF = /^自查(?:自纠|自改)?(?:发现)?(?:的)?(?:问题)?$|^自纠(?:自查)?$/;
const NUMBER = `(?:\\d{1,4}|[${NUMERAL_CHARS}]{1,5})`;
const ONE = new RegExp(`^(${NUMBER})$`);
const RANGE = new RegExp(`^(${NUMBER})(?:[-–—~]+|至|到)(${NUMBER})$`);
/** Words around the figure that say no more than that it is a finding's number. */
const WORDS = /(?:反馈)?(?:具体)?问题(?:序号|编号)?|第|序号|编号|[号项条个#№]|[:.]$|^[:]/g;

/**
 * Which findings a row belongs to: 3; 5-7; 3、5、7; 问题3; 第三项; 全部; 自查自纠. Ascending, each once.
 * Bad, never guessed: 1-1 and 3.5 (sub-finding numbers), 7-5, and 5-7 that Excel turned into a date.
 */
export function parseReferences(cell: Cell | undefined): Parsed<References> {
  if (cell === undefined) return BLANK;
  if (cell.kind === 'number') {
    return /^[1-9]\d{0,3}(?:\.0+)?$/.test(cell.text)
      ? value({ kind: 'findings', numbers: [Number(cell.text)] })
      : notAReference();
  }
  if (cell.kind === 'date') {
    return bad(
      '问题序号，例如 5至7（“5-7”被表格软件变成了日期，请写成“5至7”）',
      'finding numbers, such as 5至7 ("5-7" was turned into a date: write 5至7)',
    );
  }
  if (cell.kind !== 'text') return brokenFormula(cell) ?? notAReference();
  if (isNothing(cell.text)) return BLANK;
  // Blanks part numbers (3 5 7) but do not stand inside a range (5 - 7).
  const half = toHalfWidth(cell.text)
    .trim()
    .replace(/\s*([-–—~至到])\s*/g, '$1');
  const typed = compact(half);
  if (ALL.test(typed)) return value({ kind: 'all' });
  if (SELF.test(typed)) return value({ kind: 'self' });
  return readNumbers(half);
}

function readNumbers(half: string): Parsed<References> {
  const numbers = new Set<number>();
  for (const piece of half.split(/[、,;\s/&+。]|和|及|与/)) {
    const part = compact(piece).replace(WORDS, '');
    if (part === '') continue;
    const [first, last] = ends(part);
    if (first === undefined || last === undefined || first < 1 || last > 9999) return notAReference();
    for (let n = first; n <= last; n++) numbers.add(n);
  }
  return numbers.size === 0
    ? notAReference()
    : value({ kind: 'findings', numbers: [...numbers].sort((a, b) => a - b) });
}

/** First and last number of one piece. A range rises and stays below 200 numbers: 1-1 is a sub-finding, 5-7000 a slip. */
function ends(part: string): [number | undefined, number | undefined] {
  const one = ONE.exec(part);
  if (one !== null) {
    const n = numberOf(one[1]);
    return [n, n];
  }
  const range = RANGE.exec(part);
  const first = numberOf(range?.[1]);
  const last = numberOf(range?.[2]);
  const sensible = first !== undefined && last !== undefined && last > first && last - first < 200;
  return sensible ? [first, last] : [undefined, undefined];
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return /^\d/.test(text) ? Number(text) : chineseNumber(text);
}

function notAReference(): Bad {
  return bad('问题序号，例如 3、5-7、全部 或 自查自纠', 'finding numbers, such as 3, 5-7, 全部 or 自查自纠');
}
