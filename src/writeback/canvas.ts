import type { Area, CellRef } from '../model/grid.js';
import type { ImageCell, ImageRow, SheetImage, Style } from '../model/plan.js';
import { blank } from './content.js';

/** Draws a sheet of ours cell by cell; rows and columns are 1-based. */
export type Canvas = {
  put(row: number, col: number, cell: ImageCell): void;
  /** Puts a cell across columns `left`..`right`; the covered cells carry its look, so that borders close. */
  across(row: number, left: number, right: number, cell: ImageCell): void;
  /** Height in points. */
  height(row: number, points: number): void;
  bar(area: Area, color: string): void;
  image(sheet: Omit<SheetImage, 'rows' | 'merges' | 'bars'>): SheetImage;
};

export function canvas(): Canvas {
  const rows = new Map<number, { cells: Map<number, ImageCell>; height?: number }>();
  const merges: Area[] = [];
  const bars: { area: Area; color: string }[] = [];
  let lastRow = 0;
  const rowAt = (row: number) => {
    const known = rows.get(row);
    if (known !== undefined) return known;
    const made: { cells: Map<number, ImageCell>; height?: number } = { cells: new Map() };
    rows.set(row, made);
    if (row > lastRow) lastRow = row;
    return made;
  };
  const put = (row: number, col: number, cell: ImageCell) => {
    rowAt(row).cells.set(col, cell);
  };
  return {
    put,
    across(row, left, right, cell) {
      put(row, left, cell);
      for (let col = left + 1; col <= right; col += 1) {
        put(row, col, { content: blank, ...(cell.style === undefined ? {} : { style: cell.style }) });
      }
      if (right > left) merges.push({ top: row, bottom: row, left, right });
    },
    height(row, points) {
      rowAt(row).height = points;
    },
    bar(area, color) {
      bars.push({ area, color });
    },
    image(sheet) {
      const list: ImageRow[] = [];
      for (let number = 1; number <= lastRow; number += 1) list.push(imageRow(rows.get(number)));
      return { ...sheet, rows: list, merges, bars };
    },
  };
}

function imageRow(
  row: { readonly cells: ReadonlyMap<number, ImageCell>; readonly height?: number } | undefined,
): ImageRow {
  if (row === undefined) return { cells: [] };
  let width = 0;
  for (const col of row.cells.keys()) if (col > width) width = col;
  const cells = Array.from({ length: width }, (_, index) => row.cells.get(index + 1));
  return { cells, ...(row.height === undefined ? {} : { height: row.height }) };
}

/** A text cell. */
export function label(text: string, style?: Style, link?: CellRef): ImageCell {
  return {
    content: text === '' ? blank : { kind: 'text', text },
    ...(style === undefined ? {} : { style }),
    ...(link === undefined ? {} : { link }),
  };
}

/** A formula with the value we computed for it. */
export function formula(
  written: string,
  cached: { readonly kind: 'text' | 'number'; readonly text: string },
  style?: Style,
  link?: CellRef,
): ImageCell {
  return {
    content: { kind: 'formula', formula: written, cached },
    ...(style === undefined ? {} : { style }),
    ...(link === undefined ? {} : { link }),
  };
}
