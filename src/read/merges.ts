import type { Area, GridSheet } from '../model/grid.js';

/** Which merged area a cell lies in. Built once a sheet; a look-up costs a binary search. */
export type Merges = {
  at(row: number, col: number): Area | undefined;
};

export function mergesOf(sheet: GridSheet, lastCol: number): Merges {
  const byColumn = new Map<number, Area[]>();
  for (const area of sheet.merges) {
    for (let col = area.left; col <= Math.min(area.right, lastCol); col += 1) {
      const list = byColumn.get(col);
      if (list === undefined) byColumn.set(col, [area]);
      else list.push(area);
    }
  }
  for (const list of byColumn.values()) list.sort((a, b) => a.top - b.top);
  return {
    at(row, col) {
      const list = byColumn.get(col);
      if (list === undefined) return undefined;
      let low = 0;
      let high = list.length - 1;
      while (low <= high) {
        const middle = (low + high) >> 1;
        const area = list[middle];
        if (area === undefined) return undefined;
        if (row < area.top) high = middle - 1;
        else if (row > area.bottom) low = middle + 1;
        else return area;
      }
      return undefined;
    },
  };
}
