import type { Place } from '../model/diagnostic.js';
import type { Header } from '../read/headers.js';

/** The place of a column's cell in a row of a sheet that was read; without a column of that name the row alone. */
export function placeIn(header: Header | undefined, row: number, key: string): Place {
  if (header === undefined) return {};
  const bound = header.columns.get(key);
  return {
    sheet: header.sheet.name,
    row,
    ...(bound === undefined ? {} : { col: bound.col, header: bound.header }),
  };
}
