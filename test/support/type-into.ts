import type { Edit, Plan } from '../../src/model/plan.js';
import { openExcel } from '../../src/stores/excel/index.js';

/** Types a value over every cell that holds a text, as a person would; whatever else the file holds stays. */
export async function typeOver(path: string, found: string, value: string): Promise<void> {
  const store = openExcel(path);
  const grid = await store.read();
  const edits: Edit[] = grid.sheets.flatMap(sheet =>
    sheet.role === undefined || sheet.role === 'mirror'
      ? sheet.rows.flatMap(row =>
          row.cells.flatMap((cell, index) =>
            cell?.text === found
              ? [
                  {
                    at: { sheet: sheet.name, row: row.number, col: index + 1 },
                    header: '',
                    column: '',
                    row: '',
                    before: found,
                    after: { kind: 'text' as const, text: value },
                    why: '',
                  },
                ]
              : [],
          ),
        )
      : [],
  );
  if (edits.length === 0) throw new Error(`no cell of ${path} holds ${found}`);
  const plan: Plan = {
    target: path,
    basedOn: grid.revision,
    ledgerId: grid.ledgerId ?? '',
    expects: [],
    columns: [],
    widen: [],
    edits,
    images: [],
  };
  await store.apply(plan);
}
