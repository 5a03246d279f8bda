import { a1, type Grid } from '../model/grid.js';
import type { Edit, SheetImage } from '../model/plan.js';
import { contentText } from '../model/plan.js';
import { sheetEdits } from './own-cells.js';
import { comparableTexts, imageTexts } from './own-sheets.js';

/*
 * The mirror's roll-up is the program's alone; its owner can type into it all the same. What was typed there is written
 * over, but not silently: it is told, and kept in the journal.
 */

/** Cell texts of the roll-up by row and column. */
export type RollupTexts = string[][];

export type RollupEvents = {
  /** The sheet was taken out by somebody; it is made anew. */
  readonly gone: boolean;
  /** What people typed over, each with what takes its place. */
  readonly edits: readonly Edit[];
};

/** Nothing happened, as far as anybody knows. */
export const NO_ROLLUP_EVENTS: RollupEvents = { gone: false, edits: [] };

export function rollupTexts(image: SheetImage): RollupTexts {
  return imageTexts(image);
}

/**
 * What people did to the roll-up since it was last written.
 * @param known what was last written: two candidates after a run that was cut off, none when that is not known
 * @param wanted what it is to hold now
 */
export function rollupEvents(grid: Grid, known: readonly RollupTexts[], wanted: SheetImage): RollupEvents {
  if (known.length === 0) return NO_ROLLUP_EVENTS;
  const sheet = grid.sheets.find(one => one.role === 'rollup');
  if (sheet === undefined) return { gone: true, edits: [] };
  const present = [{ role: 'rollup', rows: comparableTexts(sheet.rows) }];
  const found = known
    .map(rows => sheetEdits({ sheets: [{ role: 'rollup', rows }] }, present))
    .reduce((least, edits) => (edits.length < least.length ? edits : least));
  const coming = imageTexts(wanted);
  return {
    gone: false,
    edits: found.flatMap(({ row, col, after: typed }): Edit[] => {
      if ((coming[row - 1]?.[col - 1] ?? '') === typed) return [];
      const content = wanted.rows[row - 1]?.cells[col - 1]?.content ?? { kind: 'blank' };
      return [
        {
          at: { sheet: sheet.name, row, col },
          header: '',
          column: '',
          row: '',
          before: typed,
          after: content,
          why: '系统表上有人改过，按台账重写',
        },
      ];
    }),
  };
}

/** Where and what, for a sentence: `A5“改了”→“合计”`. */
export function rollupEditText({ at, before, after }: Edit): string {
  const now = contentText(after);
  return `${a1(at.row, at.col)}“${before === '' ? '空' : before}”改回“${now === '' ? '空' : now}”`;
}
