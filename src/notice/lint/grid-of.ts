import type { Cell, Grid, GridRow, GridSheet } from '../../model/grid.js';
import type { Column } from '../../sheets/column.js';
import { type FactKey, facts, factsSheetName } from '../../sheets/facts.js';
import { type SheetKey, sheets } from '../../sheets/index.js';
import type { NewValue, NewWorkbook } from '../../stores/excel/author.js';

type AnyRow = { readonly [key: string]: NewValue | undefined };
const sheetKeys: readonly SheetKey[] = [
  'ledger',
  'recoveries',
  'policies',
  'actions',
  'meetings',
  'evidence',
  'claims',
  'exceptions',
];

/** The header stands in row 1; row n of the workbook's rows is row n + 1 of the sheet. */
export const headerRow = 1;

/**
 * The grid that a new workbook would be read as, without writing a file: the checks of ledgers can look at a notice
 * through it. One sheet for the facts, one for each sheet that has rows; columns in the order of the declaration.
 */
export function gridOf(book: NewWorkbook, source: string): Grid {
  const tables = sheetKeys.flatMap(key => {
    const rows: readonly AnyRow[] = book.rows?.[key] ?? [];
    // The program's own columns stay out: without their markers they would look like the office's.
    const columns: readonly Column[] = sheets[key].columns;
    const typed = columns.filter(column => column.owner === 'office');
    return rows.length === 0 ? [] : [tableOf(sheets[key].name.zh, typed, rows)];
  });
  return { source, revision: '', sheets: [factsOf(book), ...tables] };
}

function tableOf(name: string, columns: readonly Column[], rows: readonly AnyRow[]): GridSheet {
  const header: GridRow = {
    number: headerRow,
    hidden: false,
    cells: columns.map(column => ({ kind: 'text', text: column.header.zh })),
  };
  const body = rows.map((row, index) => ({
    number: headerRow + 1 + index,
    hidden: false,
    cells: columns.map(column => cellOf(row[column.key])),
  }));
  return { name, hidden: false, rows: [header, ...body], merges: [], markers: new Map() };
}

function factsOf(book: NewWorkbook): GridSheet {
  const given: { readonly [K in FactKey]?: NewValue } = book.facts ?? {};
  const rows = facts.map((fact, index) => ({
    number: index + 2,
    hidden: false,
    cells: [{ kind: 'text', text: fact.header.zh } satisfies Cell, cellOf(given[fact.key])],
  }));
  const title: GridRow = {
    number: 1,
    hidden: false,
    cells: [
      { kind: 'text', text: '项目' },
      { kind: 'text', text: '内容' },
    ],
  };
  return {
    name: factsSheetName.zh,
    hidden: false,
    rows: [title, ...rows],
    merges: [],
    markers: new Map(),
    role: 'facts',
  };
}

function cellOf(value: NewValue | undefined): Cell | undefined {
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string') return { kind: 'text', text: value };
  if ('number' in value) return { kind: 'number', text: value.number };
  return 'date' in value ? { kind: 'date', text: value.date } : undefined;
}
