import { z } from 'zod';
import { longList } from './long-list.js';
import { readState } from './memory.js';

/*
 * own-sheets.json: the text of every cell that the program last wrote into its own sheets. What differs now was
 * typed by a person: it is not overwritten silently.
 */

/** A sheet of the program, cell texts by row and column; `rows[0][0]` is A1, short rows are blank to the right. */
export type WrittenSheet = { readonly role: string; readonly rows: readonly (readonly string[])[] };

export type Written = {
  readonly sheets: readonly WrittenSheet[];
};

/** A cell of a program's sheet that a person changed; row and column 1-based. */
export type SheetEdit = {
  readonly role: string;
  readonly row: number;
  readonly col: number;
  readonly before: string;
  readonly after: string;
};

const writtenSchema = z.object({
  version: z.literal(1),
  sheets: longList(z.object({ role: z.string(), rows: longList(longList(z.string())) })),
});

/** What was last written, or `lost`. @throws StoreError (exit 4) when the system refuses to read it. */
export async function loadWritten(...places: readonly string[]): Promise<Written | 'lost'> {
  const parsed = writtenSchema.safeParse(await readState(places));
  return parsed.success ? { sheets: parsed.data.sheets } : 'lost';
}

/** As it stands in the file. */
export function writtenContent({ sheets }: Written): string {
  return JSON.stringify({ version: 1, sheets });
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
