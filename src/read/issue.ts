import type { Text } from '../model/text.js';

/** What reading noticed, as data; the checks turn it into sentences. Rows and columns are 1-based. */
export type ReadIssue =
  | {
      readonly kind: 'missing-column';
      readonly sheet: string;
      readonly key: string;
      readonly header: Text;
      readonly headerRow: number;
    }
  | {
      readonly kind: 'duplicate-column';
      readonly sheet: string;
      readonly key: string;
      readonly header: Text;
      readonly headerRow: number;
      readonly cols: readonly number[];
    }
  | {
      readonly kind: 'unreadable';
      readonly sheet: string;
      readonly row: number;
      readonly col: number;
      readonly key: string;
      readonly header: string;
      readonly found: string;
      readonly expected: Text;
      readonly finding?: number;
    }
  | {
      readonly kind: 'assumed-date';
      readonly sheet: string;
      readonly row: number;
      readonly col: number;
      readonly key: string;
      readonly header: string;
      readonly found: string;
      readonly read: string;
      readonly damaged: boolean;
    }
  | {
      readonly kind: 'amount-as-text';
      readonly sheet: string;
      readonly row: number;
      readonly col: number;
      readonly header: string;
      readonly found: string;
    }
  | {
      readonly kind: 'assumed-unit';
      readonly sheet: string;
      readonly row: number;
      readonly col: number;
      readonly header: string;
    }
  | { readonly kind: 'blank-row'; readonly sheet: string; readonly from: number; readonly to: number }
  | { readonly kind: 'unread-sheet'; readonly sheet: string }
  /** A sheet whose header, at `row` and `col`, says as much as that of the ledger that was read; `rows` of data follow. */
  | {
      readonly kind: 'other-ledger';
      readonly sheet: string;
      readonly row: number;
      readonly col: number;
      readonly rows: number;
    };
