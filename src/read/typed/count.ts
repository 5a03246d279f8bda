import type { Cell } from '../../model/grid.js';
import { shownDigits } from '../../model/money.js';
import { compact, isNothing, toHalfWidth } from './normalise.js';
import { chineseNumber, NUMERAL_CHARS } from './numerals.js';
import { type Bad, BLANK, bad, brokenFormula, type Parsed, value } from './parsed.js';

export type Count = {
  readonly n: number;
  /** As it was typed. */
  readonly text: string;
  /** What is counted, as typed: 次, 人次, 项, 个问题. */
  readonly noun?: string;
};

const ROUGH = /[约近余多几来超逾~]|左右|大概|大约|以上|以下|以内|不足|不到|至少|第/;
const ARABIC = /^(\d{1,3}(?:,\d{3})+|\d{1,9})(万)?(\p{L}{0,8})$/u;
const CHINESE = new RegExp(`^([${NUMERAL_CHARS}]+)(\\p{L}{0,8})$`, 'u');

/**
 * A whole number of something, 0 or more: 3, 三次, 十九人次, 两位, 12项, 共8个. Bad, never guessed: 约 and 余, 两三次,
 * 3-5次, a fraction, 第3次 (which is not how many), two counts in one cell.
 */
export function parseCount(cell: Cell | undefined): Parsed<Count> {
  if (cell === undefined) return BLANK;
  if (cell.kind === 'number') {
    const digits = shownDigits(cell.text);
    return digits !== undefined && /^\d{1,9}$/.test(digits)
      ? value({ n: Number(digits), text: cell.text })
      : notACount();
  }
  if (cell.kind !== 'text') return brokenFormula(cell) ?? notACount();
  if (isNothing(cell.text)) return BLANK;
  const typed = compact(toHalfWidth(cell.text))
    .replace(/^(?:共计|合计|总计|累计|共|计):?/, '')
    .replace(/\((\p{L}+)\)$/u, '$1')
    .replace(/[。.;,、]+$/, '');
  if (ROUGH.test(typed)) return notACount();
  const arabic = ARABIC.exec(typed);
  if (arabic !== null) {
    const n = Number((arabic[1] ?? '').replaceAll(',', '')) * (arabic[2] === undefined ? 1 : 10_000);
    return counted(n, cell.text, arabic[3] ?? '');
  }
  const chinese = CHINESE.exec(typed);
  const n = chineseNumber(chinese?.[1] ?? '');
  return n === undefined ? notACount() : counted(n, cell.text, chinese?.[2] ?? '');
}

function counted(n: number, text: string, noun: string): Parsed<Count> {
  return value(noun === '' ? { n, text } : { n, text, noun });
}

function notACount(): Bad {
  return bad('整数，例如 3 或 三次', 'a whole number, such as 3 or 三次');
}
