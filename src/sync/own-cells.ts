import { z } from 'zod';
import { readState } from './memory.js';

/*
 * own-sheets.json: the text of every cell that the program last wrote into its own sheets and columns. What differs now was
 * typed by a person: it is not overwritten silently.
 */

/** A sheet of the program, cell texts by row and column; `rows[0][0]` is A1, short rows are blank to the right. */
export type WrittenSheet = { readonly role: string; readonly rows: readonly (readonly string[])[] };

/** A column of the program on the main sheet: texts in the order of `rowIds`. */
export type WrittenColumn = { readonly key: string; readonly texts: readonly string[] };

export type Written = {
  readonly sheets: readonly WrittenSheet[];
  readonly rowIds: readonly string[];
  readonly columns: readonly WrittenColumn[];
};

/** A cell of a program's sheet that a person changed; row and column 1-based. */
export type SheetEdit = {
  readonly role: string;
  readonly row: number;
  readonly col: number;
  readonly before: string;
  readonly after: string;
};

/** A cell of a program's column that a person changed. */
export type ColumnEdit = {
  readonly key: string;
  readonly rowId: string;
  readonly before: string;
  readonly after: string;
};

const strings = z.array(z.string());
const writtenSchema = z.object({
  version: z.literal(1),
  sheets: z.array(z.object({ role: z.string(), rows: z.array(strings) })),
  rowIds: strings,
  columns: z.array(z.object({ key: z.string(), texts: strings })),
});

/** What was last written, or `lost`. @throws StoreError (exit 4) when the system refuses to read it. */
export async function loadWritten(path: string): Promise<Written | 'lost'> {
  const parsed = writtenSchema.safeParse(await readState(path));
  if (!parsed.success) return 'lost';
  const { sheets, rowIds, columns } = parsed.data;
  return columns.every(column => column.texts.length === rowIds.length) ? { sheets, rowIds, columns } : 'lost';
}

/** As it stands in the file. */
export function writtenContent({ sheets, rowIds, columns }: Written): string {
  return JSON.stringify({ version: 1, sheets, rowIds, columns });
}

/**
 * What people changed in the program's sheets since. A sheet that is not there any more counts as deleted, not as edited;
 * one that was not written before has no edits.
 */
export function sheetEdits(written: Written, present: readonly WrittenSheet[]): SheetEdit[] {
  const edits: SheetEdit[] = [];
  for (const sheet of present) {
    const last = written.sheets.find(({ role }) => role === sheet.role);
    if (last === undefined) continue;
    for (let row = 0; row < Math.max(last.rows.length, sheet.rows.length); row += 1) {
      const was = last.rows[row] ?? [];
      const is = sheet.rows[row] ?? [];
      for (let col = 0; col < Math.max(was.length, is.length); col += 1) {
        const before = was[col] ?? '';
        const after = is[col] ?? '';
        if (before !== after) edits.push({ role: sheet.role, row: row + 1, col: col + 1, before, after });
      }
    }
  }
  return edits;
}

/** What people changed in the program's columns since, row by row id; rows and columns that are new or gone do not count. */
export function columnEdits(
  written: Written,
  rowIds: readonly string[],
  present: readonly WrittenColumn[],
): ColumnEdit[] {
  const lastRow = new Map(written.rowIds.map((id, at) => [id, at]));
  const edits: ColumnEdit[] = [];
  for (const { key, texts } of present) {
    const last = written.columns.find(column => column.key === key);
    if (last === undefined) continue;
    rowIds.forEach((rowId, at) => {
      const before = last.texts[lastRow.get(rowId) ?? -1];
      const after = texts[at] ?? '';
      if (before !== undefined && before !== after) edits.push({ key, rowId, before, after });
    });
  }
  return edits;
}
