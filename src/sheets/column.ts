import type { Text } from '../model/text.js';
import type { FieldKind, FieldValue } from './cells.js';

/** 办 · 系 · 审: each column has exactly one writer. */
export type Owner = 'office' | 'program' | 'reviewer';

/**
 * How an empty cell of the column is read.
 * down – filled from the row above, never across a finding (for the finding column itself: across blank cells);
 * inherit – taken from the finding's first row; merge – only inside a merged cell; none – an empty cell is empty.
 */
export type Fill = 'down' | 'inherit' | 'merge' | 'none';

export type Column = {
  readonly key: string;
  readonly header: Text;
  /** Other names under which the column is known; compared after normalising. */
  readonly aliases: readonly string[];
  readonly owner: Owner;
  readonly kind: FieldKind;
  readonly fill: Fill;
  readonly help: Text;
  /** Width in characters (one Han character counts two). */
  readonly width: number;
  readonly hidden?: boolean;
  /** Stands in a collapsed outline group in the template. */
  readonly rare?: boolean;
  /** Must be there for the sheet to be read at all. */
  readonly required?: boolean;
  /** Drop-down values of the template. */
  readonly choices?: readonly string[];
};

export type SheetSpec<C extends readonly Column[] = readonly Column[]> = {
  readonly key: string;
  readonly name: Text;
  readonly aliases: readonly string[];
  readonly about: Text;
  readonly columns: C;
};

/** Declares a sheet so that its keys and kinds are known to the compiler. */
export function sheet<const C extends readonly Column[]>(spec: SheetSpec<C>): SheetSpec<C> {
  return spec;
}

export type KeyOf<S> = S extends SheetSpec<infer C> ? C[number]['key'] : never;

/** The values of one row: undefined where the cell is empty or could not be read. */
export type RowOf<S> =
  S extends SheetSpec<infer C> ? { readonly [K in C[number] as K['key']]?: FieldValue<K['kind']> | undefined } : never;

/** Keys of the columns that the program writes: the only ones a writer can name. */
export type ProgramKey<S> = S extends SheetSpec<infer C> ? Extract<C[number], { owner: 'program' }>['key'] : never;

/** Keys of the columns that the reviewer writes: they travel by a route of their own. */
export type ReviewKey<S> = S extends SheetSpec<infer C> ? Extract<C[number], { owner: 'reviewer' }>['key'] : never;
