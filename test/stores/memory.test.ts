import type { Cell, Grid } from '../../src/model/grid.js';
import { memoryStore } from '../../src/stores/memory.js';
import { startingRows, storeSuite } from '../support/store-suite.js';

const cellOf = (written: string): Cell => ({ kind: /^\d+$/.test(written) ? 'number' : 'text', text: written });

function startingGrid(): Grid {
  const rows = startingRows.map((row, index) => ({ number: index + 1, hidden: false, cells: row.map(cellOf) }));
  return {
    source: '台账.xlsx',
    revision: 'r1',
    sheets: [{ name: '台账', hidden: false, rows, merges: [], markers: new Map() }],
  };
}

storeSuite('memory', async () => {
  const store = memoryStore(startingGrid());
  return {
    store,
    type: async (row, col, value) =>
      store.edit(grid => ({
        ...grid,
        sheets: grid.sheets.map(sheet => ({
          ...sheet,
          rows: sheet.rows.map(line =>
            line.number === row
              ? { ...line, cells: line.cells.map((cell, at) => (at === col - 1 ? cellOf(value) : cell)) }
              : line,
          ),
        })),
      })),
    close: async () => undefined,
  };
});
