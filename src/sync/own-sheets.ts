import { a1, type Grid } from '../model/grid.js';
import { shownDigits } from '../model/money.js';
import type { Plan, SheetImage } from '../model/plan.js';
import { contentText } from '../model/plan.js';
import type { JournalEntry } from './journal.js';
import { loadWritten, sheetEdits, type WrittenSheet, writtenContent } from './own-cells.js';

/** What people typed into the program's sheets since the last sync: told, kept in the journal, then written over. */
export type OwnSheetEdit = {
  readonly sheet: string;
  readonly cell: string;
  readonly before: string;
  readonly after: string;
};

/** A formula of ours: its value moves with the ledger, so only its being a formula is compared. */
const formulaMark = '=';

/** Cells of 汇总 and 校验结果 that hold something else than the last sync wrote. Empty when that is not known. */
export async function ownSheetEdits(places: readonly string[], grid: Grid): Promise<OwnSheetEdit[]> {
  const written = await loadWritten(...places);
  if (written === 'lost') return [];
  const sheets = grid.sheets.filter(sheet => sheet.role !== undefined);
  const present = sheets.map(sheet => ({ role: sheet.role ?? '', rows: comparableTexts(sheet.rows) }));
  return sheetEdits(written, present).map(edit => ({
    sheet: sheets.find(sheet => sheet.role === edit.role)?.name ?? edit.role,
    cell: a1(edit.row, edit.col),
    before: edit.before,
    after: edit.after,
  }));
}

/** What the sheets of ours hold after the plan, as it is kept. */
export function ownSheetsContent(grid: Grid, plan: Plan): string {
  const kept = new Map<string, WrittenSheet>();
  for (const sheet of grid.sheets)
    if (sheet.role !== undefined && sheet.role !== 'facts')
      kept.set(sheet.role, { role: sheet.role, rows: comparableTexts(sheet.rows) });
  for (const image of plan.images)
    if (image.role !== 'facts') kept.set(image.role, { role: image.role, rows: imageTexts(image) });
  return writtenContent({ sheets: [...kept.values()] });
}

export function journalOfOwnSheets(edits: readonly OwnSheetEdit[]): JournalEntry[] {
  return edits.map(edit => ({
    kind: 'sheet',
    sheet: edit.sheet,
    cell: edit.cell,
    before: edit.after,
    after: edit.before,
    why: '系统表上有人改过，按台账重写',
  }));
}

/** Cell texts as they are compared: a formula of ours by its being one, numbers by their value. */
export function comparableTexts(rows: Grid['sheets'][number]['rows']): string[][] {
  const texts: string[][] = [];
  for (const row of rows)
    texts[row.number - 1] = Array.from(row.cells, cell =>
      cell === undefined ? '' : cell.formula === undefined ? comparable(cell.kind, cell.text) : formulaMark,
    );
  return Array.from(texts, row => row ?? []);
}

/** The same of a sheet that is about to be written. */
export function imageTexts(image: SheetImage): string[][] {
  return image.rows.map(row =>
    Array.from(row.cells, cell =>
      cell === undefined
        ? ''
        : cell.content.kind === 'formula'
          ? formulaMark
          : comparable(cell.content.kind, contentText(cell.content)),
    ),
  );
}

/** 5033000.00 comes back as 5033000 from every program that saves the file: nobody typed that. */
function comparable(kind: string, written: string): string {
  return kind === 'number' ? (shownDigits(written) ?? written) : written;
}
