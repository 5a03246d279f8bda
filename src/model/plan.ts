import type { Area, CellRef, SheetRole } from './grid.js';

/** What a cell of ours is to hold. Numbers and dates are text: decimal digits, `YYYY-MM-DD`. */
export type Content =
  | { readonly kind: 'blank' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'date'; readonly text: string }
  | { readonly kind: 'formula'; readonly formula: string; readonly cached: { kind: 'text' | 'number'; text: string } };

/** How a cell of ours looks. Colours are `RRGGBB`; `format` is an Excel number format; `size` in points. */
export type Style = {
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly size?: number;
  readonly color?: string;
  readonly fill?: string;
  /** Thin border on all four sides in this colour. */
  readonly border?: string;
  readonly align?: 'left' | 'center' | 'right';
  readonly vertical?: 'top' | 'center' | 'bottom';
  readonly wrap?: boolean;
  readonly indent?: number;
  readonly format?: string;
};

/** One cell to change; `before` and `why` are for people (plan, journal). */
export type Edit = {
  readonly at: CellRef;
  readonly header: string;
  /** Key of the column, e.g. `checkState`. */
  readonly column: string;
  /** Row id of the row it stands in. */
  readonly row: string;
  readonly before: string;
  readonly after: Content;
  readonly style?: Style;
  readonly why: string;
};

/** A column of ours that the sheet does not have yet. It is placed outside everything that is there. */
export type ColumnAddition = {
  readonly sheet: string;
  readonly key: string;
  readonly headerRow: number;
  /** Last row of the header (a two-row header spans headerRow..headerRow+headerRows-1). */
  readonly headerRows: number;
  readonly col: number;
  readonly header: string;
  /** Width in characters. */
  readonly width: number;
  readonly hidden: boolean;
  readonly headerStyle: Style;
};

export type ImageCell = {
  readonly content: Content;
  readonly style?: Style;
  /** A jump inside the workbook. */
  readonly link?: CellRef;
};

export type ImageRow = { readonly height?: number; readonly cells: readonly (ImageCell | undefined)[] };

/** A drop-down or a limit on a range of a sheet of ours. */
export type Choice = { readonly area: Area; readonly values: readonly string[] };

/** A whole sheet of ours, to be made or replaced. Row 1 is `rows[0]`. */
export type SheetImage = {
  readonly role: SheetRole;
  /** Wanted name; a sheet that exists keeps its present name. */
  readonly name: string;
  readonly widths: readonly number[];
  readonly rows: readonly ImageRow[];
  readonly merges: readonly Area[];
  /** Rows that stay in view. */
  readonly frozenRows: number;
  /** In-cell bars; the cells hold fractions 0..1 unless `max` says otherwise. */
  readonly bars: readonly { readonly area: Area; readonly color: string }[];
  readonly choices?: readonly Choice[];
  readonly landscape: boolean;
  /** Columns by whose keys the sheet is known again, headers in its first row; a store that marks them itself leaves it aside. */
  readonly columns?: readonly { readonly key: string; readonly col: number }[];
  /** Rows printed on every page, 1-based, inclusive. */
  readonly repeatRows?: readonly [number, number];
  readonly tabColor?: string;
};

/**
 * All that is to change in one workbook; a store does all of it or none.
 * `basedOn` is the revision that was read; `expects` the row ids that must still stand where they stood.
 */
export type Plan = {
  readonly target: string;
  readonly basedOn: string;
  readonly ledgerId: string;
  readonly expects: readonly { readonly at: CellRef; readonly id: string }[];
  readonly columns: readonly ColumnAddition[];
  /** New extents of the sheet's filter/table when columns were added at its right edge: last column included. */
  readonly widen: readonly { readonly sheet: string; readonly headerRow: number; readonly toCol: number }[];
  readonly edits: readonly Edit[];
  readonly images: readonly SheetImage[];
  /** Name under which the write is found afterwards: on a service, and on a mirror that is a file. */
  readonly run?: string;
  /** The cells are meant by their places, whatever row stands there: a copy is put back, ids and headers included. */
  readonly byPlace?: boolean;
};

export function isEmptyPlan(plan: Plan): boolean {
  return plan.edits.length === 0 && plan.columns.length === 0 && plan.images.length === 0;
}

/** What a cell with this content shows, in the form in which a Grid gives it back. */
export function contentText(content: Content): string {
  switch (content.kind) {
    case 'blank':
      return '';
    case 'formula':
      return content.cached.text;
    default:
      return content.text;
  }
}
