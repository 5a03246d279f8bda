import type { Cell } from '../../model/grid.js';
import type { Money, Unit } from '../../model/money.js';
import { BLANK, type Parsed } from './parsed.js';

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

/** An amount in running text; `offset` and `length` are UTF-16 positions in that text. */
export type FoundAmount = {
  readonly amount: Amount;
  readonly offset: number;
  readonly length: number;
  /** 约, 近, 余, 左右, or one end of a range: not an exact figure. */
  readonly approximate: boolean;
};

export function parseAmount(_cell: Cell | undefined, _unit: ColumnUnit): Parsed<Amount> {
  return BLANK;
}

export function findAmounts(_text: string): FoundAmount[] {
  return [];
}
