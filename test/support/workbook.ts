import { readFileSync } from 'node:fs';
import type { Examined, ExamineOptions } from '../../src/examine.js';
import { examine } from '../../src/examine.js';
import { type Day, isDay } from '../../src/model/day.js';
import type { Area, Cell, Grid, GridRow, GridSheet } from '../../src/model/grid.js';
import { isLedger, type Ledger, readLedger } from '../../src/read/ledger.js';
import type { Belonging } from '../../src/read/main.js';
import { type Mapping, mappingSchema } from '../../src/read/mapping.js';

/** A workbook written as text tables, with the cells that are marked «…». */
export type TextWorkbook = {
  readonly grid: Grid;
  readonly marked: readonly { sheet: string; row: number; col: number }[];
};

/**
 * `## name` begins a sheet; each line `| a | b |` is a row, row 1 first. An empty line is an empty row once the sheet
 * has begun, except at its end; `~|` begins a hidden row. `^` in a cell: merged with the cell above; `<`: with the one to
 * its left. `«…»` marks a cell. Numbers become number
 * cells, `2023-07-28` date cells, `"12"` and `'12` text. The columns 行标识, 问题标识 and 问题名称 carry our marker.
 */
export function workbook(source: string): TextWorkbook {
  const marked: { sheet: string; row: number; col: number }[] = [];
  const sheets: GridSheet[] = [];
  let name = '';
  let rows: GridRow[] = [];
  let merges: Area[] = [];
  let markers = new Map<string, number>();
  let number = 0;
  const finish = () => {
    if (name !== '') sheets.push({ name, hidden: false, rows, merges, markers });
    rows = [];
    merges = [];
    markers = new Map();
    number = 0;
  };
  const lines = source.split('\n').map(line => line.trim());
  for (const line of lines) {
    if (line.startsWith('## ')) {
      finish();
      name = line.slice(3).trim();
      continue;
    }
    if (name === '') continue;
    number += 1;
    const hidden = line.startsWith('~|');
    if (!line.startsWith('|') && !hidden) continue;
    const cells = line
      .replace(/^~/, '')
      .slice(1, line.endsWith('|') ? -1 : undefined)
      .split('|')
      .map((written, index): Cell | undefined => {
        let content = written.trim();
        if (content.includes('«')) {
          marked.push({ sheet: name, row: number, col: index + 1 });
          content = content.replace(/[«»]/g, '').trim();
        }
        const ours = ownHeaders.get(content);
        if (ours !== undefined) markers.set(ours, index + 1);
        if (content === '<') {
          const left = merges.find(area => area.right === index && area.top === number);
          if (left === undefined) merges.push({ top: number, bottom: number, left: index, right: index + 1 });
          else merges[merges.indexOf(left)] = { ...left, right: index + 1 };
          return undefined;
        }
        if (content === '^') {
          const above = merges.find(area => area.left === index + 1 && area.bottom === number - 1);
          if (above === undefined) merges.push({ top: number - 1, bottom: number, left: index + 1, right: index + 1 });
          else merges[merges.indexOf(above)] = { ...above, bottom: number };
          return undefined;
        }
        return cellOf(content);
      });
    rows.push({ number, hidden, cells });
  }
  finish();
  return { grid: { source: '台账.xlsx', revision: 'r1', sheets }, marked };
}

/** Columns of ours that a text workbook may have. */
const ownHeaders: ReadonlyMap<string, string> = new Map([
  ['行标识', 'rowId'],
  ['问题标识', 'findingId'],
  ['问题名称', 'findingTitle'],
]);

function cellOf(content: string): Cell | undefined {
  if (content === '') return undefined;
  const quoted = /^(?:"(.*)"|'(.*))$/.exec(content);
  if (quoted !== null) return { kind: 'text', text: quoted[1] ?? quoted[2] ?? '' };
  if (/^-?\d+(?:\.\d+)?$/.test(content)) return { kind: 'number', text: content };
  if (/^\d{4}-\d{2}-\d{2}$/.test(content)) return { kind: 'date', text: content };
  return { kind: 'text', text: content.replaceAll('\\n', '\n') };
}

export const standardMapping: Mapping = mappingSchema.parse(
  JSON.parse(readFileSync(new URL('../../mappings/standard.json', import.meta.url), 'utf8')),
);

/** A day written in a test; throws when there is no such day. */
export function onDay(written: string): Day {
  if (!isDay(written)) throw new Error(`${written} is no day`);
  return written;
}

export function ledgerOf(grid: Grid, asOf = '2023-10-30', belonging: Belonging = new Map()): Ledger {
  const read = readLedger(grid, { mappings: [standardMapping], asOf: onDay(asOf), belonging });
  if (!isLedger(read)) throw new Error(`not a ledger: ${JSON.stringify(read)}`);
  return read;
}

/** Reads and examines a text workbook, as `ledger check` would on 2023-10-30. */
export function examined(
  source: string,
  options: Partial<Omit<ExamineOptions, 'asOf'>> & { readonly asOf?: string } = {},
): Examined & { readonly marked: TextWorkbook['marked'] } {
  const { asOf, ...rest } = options;
  const { grid, marked } = workbook(source);
  return {
    ...examine(ledgerOf(grid, asOf), { asOf: onDay(asOf ?? '2023-10-30'), levels: {}, mirrored: false, ...rest }),
    marked,
  };
}
