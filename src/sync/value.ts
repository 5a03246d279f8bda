import { canonicalDecimal } from '../model/decimal-text.js';
import type { Cell } from '../model/grid.js';
import type { Content } from '../model/plan.js';

/** What a cell of the merge holds. A formula counts by its value; `unreadable` is an error value such as `#REF!`. */
export type Value =
  | { readonly kind: 'blank' }
  | { readonly kind: 'text' | 'number' | 'date' | 'unreadable'; readonly text: string };

/** The cells of one row by column key; an absent column is blank. */
export type Cells = ReadonlyMap<string, Value>;

export const BLANK: Value = { kind: 'blank' };

export function cellValue(cell: Cell | undefined): Value {
  if (cell === undefined || cell.text === '') return BLANK;
  if (cell.kind === 'boolean') return { kind: 'text', text: cell.text };
  if (cell.kind === 'error') return { kind: 'unreadable', text: cell.text };
  return { kind: cell.kind, text: cell.text };
}

/** Signs that are the same in every form of Unicode, without blanks or line breaks: most cells, and nothing to be done. */
const COMPARABLE = /^[!-~\u3001-\u3029\u4E00-\u9FFF\uFF01-\uFF5E]*$/;

/**
 * The form in which two values are compared: decimals by value, dates as they are, text in NFC, with one kind of line
 * break, without blanks at its ends. What both sides show alike is equal, whatever type the cell has.
 */
export function canonical(value: Value | undefined): string {
  if (value === undefined || value.kind === 'blank') return '';
  if (value.kind === 'number') return canonicalDecimal(value.text);
  if (COMPARABLE.test(value.text)) return value.text;
  return value.text.normalize('NFC').replaceAll('\r\n', '\n').trim();
}

/** For a plan. An unreadable value is never written. */
export function contentOf(value: Value): Content {
  if (value.kind === 'blank') return { kind: 'blank' };
  return { kind: value.kind === 'unreadable' ? 'text' : value.kind, text: value.text };
}

/** A value out of the agreed state, of which only the compared form is kept. */
export function valueFrom(text: string): Value {
  if (text === '') return BLANK;
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? { kind: 'date', text } : { kind: 'text', text };
}
