import { columnLetters, columnNumber } from '../../model/grid.js';
import { MAX_COL, MAX_ROW } from './row-scanner.js';

/** Strings, quoted sheet names and bracketed table references stay; cell, column and row references move. */
const PIECES =
  /"(?:[^"]|"")*"|'(?:[^']|'')*'|\[[^\]]*\]|(?<![\w.$])(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})(?![\w(.]|!)|(?<![\w.$])(\$?)([A-Za-z]{1,3}):(\$?)([A-Za-z]{1,3})(?![\w(.$]|!)|(?<![\w.$])(\$?)(\d{1,7}):(\$?)(\d{1,7})(?![\w(.]|!)/g;

/**
 * The formula of a cell that shares its master's: relative references moved by so many rows and columns, as Excel does.
 */
export function shiftFormula(formula: string, rows: number, cols: number): string {
  return formula.replace(
    PIECES,
    (
      whole,
      absCol?: string,
      col?: string,
      absRow?: string,
      row?: string,
      ac1?: string,
      c1?: string,
      ac2?: string,
      c2?: string,
      ar1?: string,
      r1?: string,
      ar2?: string,
      r2?: string,
    ) => {
      if (col !== undefined && row !== undefined) {
        const moved = movedColumn(absCol, col, cols);
        const down = movedRow(absRow, row, rows);
        return moved === undefined || down === undefined ? '#REF!' : moved + down;
      }
      if (c1 !== undefined && c2 !== undefined) return pair(movedColumn(ac1, c1, cols), movedColumn(ac2, c2, cols));
      if (r1 !== undefined && r2 !== undefined) return pair(movedRow(ar1, r1, rows), movedRow(ar2, r2, rows));
      return whole;
    },
  );
}

function pair(from: string | undefined, to: string | undefined): string {
  return from === undefined || to === undefined ? '#REF!' : `${from}:${to}`;
}

function movedColumn(absolute: string | undefined, letters: string, by: number): string | undefined {
  if (absolute === '$') return `$${letters}`;
  const col = columnNumber(letters.toUpperCase()) + by;
  return col < 1 || col > MAX_COL ? undefined : columnLetters(col);
}

function movedRow(absolute: string | undefined, digits: string, by: number): string | undefined {
  if (absolute === '$') return `$${digits}`;
  const row = Number(digits) + by;
  return row < 1 || row > MAX_ROW ? undefined : String(row);
}
