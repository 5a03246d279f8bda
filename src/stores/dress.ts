import type { Area, SheetRole } from '../model/grid.js';
import type { Text } from '../model/text.js';

/**
 * What a shared sheet has beyond its values: who may write where, drop-downs, colours, a chart. A store that cannot do
 * a thing (an `.xlsx` file knows no protection by person) leaves it out.
 */
export type Dress = {
  /** 1-based row of the headers on the mirror sheet. */
  readonly headerRow: number;
  /** In the order in which a new mirror shows them. */
  readonly columns: readonly DressColumn[];
  /** A cell of this column that holds this value gets this colour (`RRGGBB`). */
  readonly colours: readonly { readonly column: string; readonly value: string; readonly fill: string }[];
  readonly chart?: DressChart;
  /** E-mails of the reviewers and readers; none of them may be an editor of a protected range. */
  readonly others: readonly string[];
  /** Merges that people made over cells which are not theirs: they hide what stands there, and swallow what is written. */
  readonly unmerge: readonly Area[];
  /** Whole sheets that only the program writes. */
  readonly closedSheets: readonly SheetRole[];
};

/** What a shared sheet lacks of its dress: columns or sheets that anybody can change, its chart, drop-downs. */
export type Lack = { readonly kind: 'protection' | 'chart' | 'choices'; readonly text: Text };

/** Who may open a shared sheet by the config, beside its owner and the program: to write the open columns, or to look. */
export type Admitted = { readonly reviewers: readonly string[]; readonly readers: readonly string[] };

export type DressColumn = {
  readonly key: string;
  readonly header: string;
  /** Width in characters. */
  readonly width: number;
  readonly hidden: boolean;
  /** The reviewers write here; every other column is protected. */
  readonly open: boolean;
  readonly kind: 'text' | 'number' | 'date';
  readonly choices?: readonly string[];
};

/** Bars of one figure by label, on the sheet of this role; `values` hold fractions 0..1. */
export type DressChart = {
  readonly role: SheetRole;
  readonly title: string;
  readonly labels: Area;
  readonly values: Area;
};
