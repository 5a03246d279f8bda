import { z } from 'zod';
import type { GridSheet } from '../model/grid.js';
import { contentText, type Plan } from '../model/plan.js';

/*
 * How the mirror sheet is laid out: its name, its headers, where its rows stand. Kept from sync to sync, so that what
 * people did with the sheet is told once, in words, though nothing of it does any harm.
 */

export const layoutSchema = z.object({
  title: z.string(),
  /** Headers of the columns that are people's own. */
  headers: z.array(z.string()),
  /** Row ids and their row numbers. */
  rows: z.array(z.tuple([z.string(), z.int()])),
  /** Names of sheets that are copies of the mirror. */
  copies: z.array(z.string()),
  /** Cell texts of the roll-up as last written; while a sync is at work, or was cut off, what it was about to write as well. */
  rollup: z.array(z.array(z.array(z.string()))).optional(),
});
export type MirrorLayout = z.output<typeof layoutSchema>;

/** What people did with the sheet between two syncs, as far as it is no change of a value. */
export type LayoutEvents = {
  readonly renamed: { readonly from: string; readonly to: string } | undefined;
  /** Headers of columns that people added. */
  readonly columns: readonly string[];
  /** sorted: the rows stand in another order · moved: in the same order, at other places */
  readonly rows: 'sorted' | 'moved' | undefined;
  readonly copies: readonly string[];
};

/**
 * The sheet as it stands.
 * @param ours 1-based columns of the program
 * @param rows row number → row id
 */
export function layoutOf(
  sheet: GridSheet,
  headerRow: number,
  ours: ReadonlySet<number>,
  rows: ReadonlyMap<number, string>,
  copies: readonly string[],
): MirrorLayout {
  const header = sheet.rows.find(row => row.number === headerRow);
  const headers = (header?.cells ?? []).flatMap((cell, index) => {
    const text = (cell?.text ?? '').trim();
    return text === '' || ours.has(index + 1) ? [] : [text];
  });
  return { title: sheet.name, headers, rows: [...rows].map(([row, id]) => [id, row]), copies: [...copies] };
}

/** The sheet as it will stand when the plan is done and nobody else is at work. @param idCol its column of row ids */
export function layoutAfter(now: MirrorLayout, headerRow: number, idCol: number | undefined, plan: Plan): MirrorLayout {
  const idAt = new Map(now.rows.map(([id, row]) => [row, id]));
  for (const { at, after } of plan.edits) {
    if (at.sheet === now.title && at.row !== headerRow && at.col === idCol) idAt.set(at.row, contentText(after));
  }
  return { ...now, rows: [...idAt].filter(([, id]) => id !== '').map(([row, id]) => [id, row]) };
}

/** What happened between two syncs. @param left headers of columns that were the program's and are no longer */
export function layoutEvents(before: MirrorLayout, now: MirrorLayout, left: ReadonlySet<string>): LayoutEvents {
  const known = new Set(before.headers);
  return {
    renamed: before.title === now.title ? undefined : { from: before.title, to: now.title },
    columns: now.headers.filter(header => !known.has(header) && !left.has(header)),
    rows: rowsMoved(new Map(before.rows), new Map(now.rows)),
    copies: now.copies.filter(copy => !before.copies.includes(copy)),
  };
}

/** Of the rows that were there before and are now; what was taken out or put in is told apart from this. */
function rowsMoved(before: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): LayoutEvents['rows'] {
  const stayed = [...now].filter(([id]) => before.has(id)).sort(([, a], [, b]) => a - b);
  let last = 0;
  let moved = false;
  for (const [id, row] of stayed) {
    const was = before.get(id) ?? 0;
    if (was < last) return 'sorted';
    last = was;
    if (was !== row) moved = true;
  }
  return moved ? 'moved' : undefined;
}
