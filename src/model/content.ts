import type { Cell } from './grid.js';
import { shownDigits } from './money.js';
import type { Content } from './plan.js';

/**
 * Whether a cell already holds the content, numbers by value (1.50 is 1.5) and formulas by their text and cached value.
 * Looks are not compared: a file that somebody recoloured is not written again for that.
 */
export function holds(cell: Cell | undefined, content: Content): boolean {
  if (content.kind === 'blank') return cell === undefined || (cell.text === '' && cell.formula === undefined);
  if (cell === undefined) return false;
  if (content.kind === 'formula') {
    return cell.formula === content.formula && sameValue(cell, content.cached.kind, content.cached.text);
  }
  return cell.formula === undefined && sameValue(cell, content.kind, content.text);
}

function sameValue(cell: Cell, kind: 'text' | 'number' | 'date', written: string): boolean {
  if (cell.kind !== kind) return false;
  if (kind !== 'number') return cell.text === written || unixLines(cell.text) === unixLines(written);
  return cell.text === written || shownDigits(cell.text) === shownDigits(written);
}

function unixLines(written: string): string {
  return written.replace(/\r\n?/g, '\n');
}
