import { a1 } from '../model/grid.js';
import { contentText, type Edit, type Plan } from '../model/plan.js';
import type { JournalEntry } from './journal.js';

/** First fillings of blank cells are told one by one up to this many; beyond it, a line a column. */
const toldOneByOne = 2000;

/** What a plan does, as journal entries. Every value that is overwritten stands there whole. */
export function journalOf(plan: Plan): JournalEntry[] {
  const overwritten = plan.edits.filter(edit => edit.before !== '');
  const filled = plan.edits.filter(edit => edit.before === '');
  return [
    ...plan.columns.map(column => ({
      kind: 'sheet' as const,
      sheet: column.sheet,
      cell: a1(column.headerRow, column.col),
      header: column.header,
      before: '',
      after: column.header,
      why: '新增系统栏',
    })),
    ...overwritten.map(entryOf),
    ...(filled.length <= toldOneByOne ? filled.map(entryOf) : byColumn(filled)),
    ...plan.images.map(image => ({ kind: 'sheet' as const, sheet: image.name, why: '更新系统表' })),
  ];
}

function entryOf(edit: Edit): JournalEntry {
  return {
    kind: 'edit',
    sheet: edit.at.sheet,
    cell: a1(edit.at.row, edit.at.col),
    header: edit.header,
    row: edit.row,
    before: edit.before,
    after: contentText(edit.after),
    why: edit.why,
  };
}

function byColumn(edits: readonly Edit[]): JournalEntry[] {
  const sheets = new Map<string, Map<number, Edit[]>>();
  for (const edit of edits) {
    const { sheet, col } = edit.at;
    const columns = sheets.get(sheet) ?? new Map<number, Edit[]>();
    const list = columns.get(col);
    if (list !== undefined) list.push(edit);
    else sheets.set(sheet, columns.set(col, [edit]));
  }
  return [...sheets.values()]
    .flatMap(columns => [...columns.values()])
    .flatMap(list => {
      const [first] = list;
      const last = list.at(-1);
      if (first === undefined || last === undefined) return [];
      return [
        {
          kind: 'edit' as const,
          sheet: first.at.sheet,
          cell: `${a1(first.at.row, first.at.col)}:${a1(last.at.row, last.at.col)}`,
          header: first.header,
          before: '',
          after: `${list.length} 格首次填写`,
          why: first.why,
        },
      ];
    });
}
