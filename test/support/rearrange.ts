import type { Cell } from '../../src/model/grid.js';
import type { Content, Edit } from '../../src/model/plan.js';
import { openExcel } from '../../src/stores/excel/index.js';

/** The rows below the header, as texts; '' where a cell is empty. */
export type TableRows = string[][];

/** A sheet as a person sees it: its header and what stands below. */
export async function tableOf(path: string, sheet: string): Promise<{ header: readonly string[]; rows: TableRows }> {
  const grid = await openExcel(path).read();
  const found = grid.sheets.find(one => one.name === sheet);
  if (found === undefined) throw new Error(`no sheet ${sheet} in ${path}`);
  const width = found.rows.reduce((most, row) => Math.max(most, row.cells.length), 0);
  const [header = [], ...rows] = found.rows.map(row =>
    Array.from({ length: width }, (_, index) => row.cells[index]?.text ?? ''),
  );
  return { header, rows };
}

/**
 * Puts the rows below the header into another order, adds, leaves out or changes some, as a person does in Excel;
 * program columns and hidden ones go along, everything else in the file stays. Numbers are typed as numbers.
 */
export async function rearrange(
  path: string,
  sheet: string,
  change: (rows: TableRows, at: (header: string) => number) => TableRows,
): Promise<void> {
  const { header, rows } = await tableOf(path, sheet);
  const at = (name: string) => {
    const col = header.indexOf(name);
    if (col < 0) throw new Error(`no column ${name}`);
    return col;
  };
  const changed = change(
    rows.map(row => [...row]),
    at,
  );
  const edits: Edit[] = [];
  for (let index = 0; index < Math.max(rows.length, changed.length); index += 1) {
    for (const [col, name] of header.entries()) {
      const before = rows[index]?.[col] ?? '';
      const after = changed[index]?.[col] ?? '';
      if (before === after) continue;
      edits.push({
        at: { sheet, row: index + 2, col: col + 1 },
        header: name,
        column: '',
        row: '',
        before,
        after: contentOf(after),
        why: '',
      });
    }
  }
  const store = openExcel(path);
  const grid = await store.read();
  await store.apply({
    target: path,
    basedOn: grid.revision,
    ledgerId: grid.ledgerId ?? '',
    expects: [],
    columns: [],
    widen: [],
    edits,
    images: [],
  });
}

function contentOf(typed: Cell['text']): Content {
  if (typed === '') return { kind: 'blank' };
  return /^\d+$/.test(typed) ? { kind: 'number', text: typed } : { kind: 'text', text: typed };
}
