import type { Cell } from '../../model/grid.js';
import { type Text, text } from '../../model/text.js';

/**
 * What a cell says, read as one field's type. `expected` names what should stand there (a noun phrase that fits after
 * 应为 / "expected"), and why the cell was not taken for it where that helps.
 */
export type Parsed<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'blank' }
  | { readonly kind: 'bad'; readonly expected: Text };

export type Blank = { readonly kind: 'blank' };
export type Bad = { readonly kind: 'bad'; readonly expected: Text };

export const BLANK: Blank = { kind: 'blank' };

export function value<T>(found: T): Parsed<T> {
  return { kind: 'value', value: found };
}

export function bad(zh: string, en: string): Bad {
  return { kind: 'bad', expected: text(zh, en) };
}

/** The answer for a cell whose formula failed or was never calculated; undefined for every other cell. */
export function brokenFormula(cell: Cell): Bad | undefined {
  if (cell.kind !== 'error') return undefined;
  if (cell.text === '#UNCALCULATED') {
    return bad(
      '有结果的公式（文件里没有存结果，请用 Excel 或 WPS 打开并保存一次）',
      'a formula with a result (none is stored: open the file in Excel or WPS and save it once)',
    );
  }
  return bad(`能算出结果的公式（现在是 ${cell.text}）`, `a formula that gives a result (it gives ${cell.text})`);
}
