import type { Cell } from '../../model/grid.js';
import { BLANK, type Parsed } from './parsed.js';

/** 问题序号 in a register. `self` is 自查自纠: found by the office itself, not by the inspection. */
export type References =
  | { readonly kind: 'findings'; readonly numbers: readonly number[] }
  | { readonly kind: 'all' }
  | { readonly kind: 'self' };

export function parseReferences(_cell: Cell | undefined): Parsed<References> {
  return BLANK;
}
