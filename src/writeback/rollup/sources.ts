import type { Place } from '../../model/diagnostic.js';
import { a1, type Cell, cellAt, type Grid, quotedSheet } from '../../model/grid.js';
import { equals, type Money, plain, shownDigits, sum, times, yuan } from '../../model/money.js';

/** A function takes at most 255 arguments; a formula nobody can read explains nothing, so far fewer. */
const mostArguments = 40;
/** Units an amount may be typed in, as factors to 元. */
const factors = ['1', '1000', '10000', '1000000', '100000000'] as const;

/** A formula over these cells that gives exactly this amount in 元; undefined when they do not add up to it as they stand. */
export function sumFormula(grid: Grid, places: readonly Place[], amount: Money): string | undefined {
  const cells = places.map(place => cellOf(grid, place));
  const values: Money[] = [];
  for (const cell of cells) {
    const digits = cell?.kind === 'number' ? shownDigits(cell.text) : undefined;
    if (digits === undefined) return undefined;
    values.push(yuan(digits));
  }
  const list = references(places);
  if (values.length === 0 || list === undefined) return undefined;
  const total = sum(values);
  const factor = factors.find(one => equals(times(total, one), amount));
  if (factor === undefined) return undefined;
  const added = list.length === 1 && places.length === 1 ? `N(${list[0]})` : `SUM(${list.join(',')})`;
  return `ROUND(${added}${factor === '1' ? '' : `*${factor}`},${decimalsOf(amount)})`;
}

/** Decimals of an amount in 元: two, or more where somebody stated parts of a 分. */
export function decimalsOf(amount: Money): number {
  const written = plain(amount);
  return written.length - written.indexOf('.') - 1;
}

/** A formula that counts these cells, when each of them holds something and there are just as many. */
export function countFormula(grid: Grid, places: readonly Place[], count: number): string | undefined {
  if (places.length !== count || count === 0) return undefined;
  if (places.some(place => (cellOf(grid, place)?.text ?? '') === '')) return undefined;
  const list = references(places);
  return list === undefined ? undefined : `COUNTA(${list.join(',')})`;
}

function cellOf(grid: Grid, { sheet, row, col }: Place): Cell | undefined {
  const found = grid.sheets.find(one => one.name === sheet);
  return found === undefined || row === undefined || col === undefined ? undefined : cellAt(found, row, col);
}

/** The cells as arguments, neighbours below each other as one range; undefined when a cell is named twice or there are too many. */
function references(places: readonly Place[]): string[] | undefined {
  const seen = new Set<string>();
  const runs: { sheet: string; col: number; first: number; last: number }[] = [];
  for (const { sheet, row, col } of places) {
    if (sheet === undefined || row === undefined || col === undefined) return undefined;
    const key = `${sheet}!${a1(row, col)}`;
    if (seen.has(key)) return undefined;
    seen.add(key);
    const before = runs.at(-1);
    if (before !== undefined && before.sheet === sheet && before.col === col && before.last === row - 1)
      before.last = row;
    else runs.push({ sheet, col, first: row, last: row });
  }
  if (runs.length > mostArguments) return undefined;
  return runs.map(({ sheet, col, first, last }) => {
    const from = a1(first, col);
    return `${quotedSheet(sheet)}!${first === last ? from : `${from}:${a1(last, col)}`}`;
  });
}
