import type { Span } from '../../model/day.js';
import type { Cell } from '../../model/grid.js';
import { BLANK, type Parsed } from './parsed.js';

/** `year` is taken, and reported as assumed, where the text has none. */
export type DateContext = { readonly year?: number | undefined };

/** A date in running text; `offset` and `length` are UTF-16 positions in that text. */
export type FoundDate = {
  readonly span: Span;
  readonly offset: number;
  readonly length: number;
  /** Not a time at which something was done: inside 《》, after 自, 根据, 依据, 2022年度, 2020年以来. */
  readonly background: boolean;
};

export function parseDate(_cell: Cell | undefined, _context: DateContext): Parsed<Span> {
  return BLANK;
}

export function findDates(_text: string, _context: DateContext): FoundDate[] {
  return [];
}
