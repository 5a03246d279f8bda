import type { SheetRole } from '../../model/grid.js';
import { areaOf } from './sheet-part.js';
import type { DefinedName } from './workbook-part.js';

/**
 * Hidden names of the whole workbook by which its sheets and columns of ours are known again. Excel moves what they
 * refer to when people insert, delete or rename, so they stay true where a sheet's name or a column's letter would not.
 */
export const MARKER = '_ledger.';
export const ID_MARKER = '_ledger.id';
export const RUN_MARKER = '_ledger.run';
export const SHEET_MARKER = '_ledger.sheet.';
export const COLUMN_MARKER = '_ledger.col.';

const ROLES: readonly SheetRole[] = ['rollup', 'diagnostics', 'conflicts', 'facts', 'mirror'];

export type Markers = {
  readonly ledgerId: string | undefined;
  readonly lastRun: string | undefined;
  /** Sheet name in lower case → role. */
  readonly roles: ReadonlyMap<string, SheetRole>;
  /** Sheet name in lower case → column key → where its header stands. */
  readonly columns: ReadonlyMap<string, ReadonlyMap<string, { readonly row: number; readonly col: number }>>;
};

/**
 * Markers whose target is gone (`#REF!`) count as absent, and so do names that belong to one sheet: Excel makes those
 * when a person copies a sheet, and the copy is theirs.
 */
export function readMarkers(names: readonly DefinedName[]): Markers {
  let ledgerId: string | undefined;
  let lastRun: string | undefined;
  const roles = new Map<string, SheetRole>();
  const columns = new Map<string, Map<string, { row: number; col: number }>>();
  for (const { name, localSheet, formula } of names) {
    if (localSheet !== undefined || !name.startsWith(MARKER)) continue;
    if (name === ID_MARKER) ledgerId = quotedText(formula);
    if (name === RUN_MARKER) lastRun = quotedText(formula);
    const target = cellReference(formula);
    if (target === undefined) continue;
    const sheet = target.sheet.toLowerCase();
    const role = ROLES.find(r => name === SHEET_MARKER + r);
    if (role !== undefined) roles.set(sheet, role);
    if (name.startsWith(COLUMN_MARKER)) {
      const ofSheet = columns.get(sheet) ?? new Map<string, { row: number; col: number }>();
      ofSheet.set(name.slice(COLUMN_MARKER.length), { row: target.row, col: target.col });
      columns.set(sheet, ofSheet);
    }
  }
  return { ledgerId, lastRun, roles, columns };
}

/** `"text"`, or the same as a formula. */
function quotedText(formula: string): string | undefined {
  return /^="?([^"]+)"?$/.exec(`=${formula.replace(/^=/, '').trim()}`)?.[1];
}

/** `'name'!$A$1` or `name!$A$1`. */
function cellReference(formula: string): { sheet: string; row: number; col: number } | undefined {
  const found = /^=?\s*(?:'((?:[^']|'')+)'|([^'!]+))!(\$?[A-Z]{1,3}\$?\d{1,7})(?::\$?[A-Z]{1,3}\$?\d{1,7})?\s*$/.exec(
    formula,
  );
  const area = found === null ? undefined : areaOf(found[3] ?? '');
  if (found === null || area === undefined) return undefined;
  return { sheet: (found[1] ?? found[2] ?? '').replaceAll("''", "'"), row: area.top, col: area.left };
}
