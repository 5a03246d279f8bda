import { createHash } from 'node:crypto';
import type { sheets_v4 } from '@googleapis/sheets';
import type { Area, Grid, GridRow, GridSheet, SheetRole } from '../../model/grid.js';
import { cellOf } from './values.js';

/**
 * Everything that is known about the spreadsheet from one answer: the grid for the core, and beside it what the
 * service needs to be told (ids of sheets, protections, the tokens of former writes).
 */
export type Spreadsheet = {
  readonly grid: Grid;
  /** By present title. */
  readonly sheets: ReadonlyMap<string, SheetFacts>;
  readonly tokens: readonly Token[];
  /** Charts of all sheets, those that people moved to a sheet of their own as well. */
  readonly charts: ReadonlySet<number>;
  readonly title: string;
};

export type SheetFacts = {
  readonly sheetId: number;
  readonly title: string;
  readonly index: number;
  readonly rowCount: number;
  readonly columnCount: number;
  readonly role: SheetRole | undefined;
  /** Fingerprint of the dress it wears (see dress.ts). */
  readonly dress: string | undefined;
  /** What a sheet of ours wears (see image-looks.ts). */
  readonly looks: string | undefined;
  readonly filter: sheets_v4.Schema$BasicFilter | undefined;
  readonly protections: readonly sheets_v4.Schema$ProtectedRange[];
  /** Cells as the service gave them: `raw[row - 1][col - 1]`. */
  readonly raw: readonly (readonly sheets_v4.Schema$CellData[])[];
  /** The last row that holds a value, 1-based; 0 when the sheet is empty. */
  readonly lastRow: number;
};

/** Left behind by each write: its metadata id is chosen so that two writes from one state collide. */
export type Token = {
  readonly metadataId: number;
  readonly generation: number;
  /** Random id of the run that wrote it. */
  readonly run: string;
  readonly ledgerId: string;
};

/**
 * Keys of the developer metadata that carry our markers. They move with their sheet or column. Those of roles and columns
 * name their sheet's id as well: `mirror 0`, `rowId 0`.
 */
export const KEY = {
  ledger: 'ledger.id',
  sync: 'ledger.sync',
  role: 'ledger.role',
  column: 'ledger.column',
  dress: 'ledger.dress',
  looks: 'ledger.looks',
} as const;

/** Each value once: of what was entered only formulas say something that the value does not. */
const VALUE = 'effectiveValue(numberValue,stringValue,boolValue,errorValue(type))';
const CELL = `userEnteredValue(formulaValue),${VALUE},effectiveFormat(numberFormat(type,pattern)),dataValidation(condition(type))`;

const COLUMNS = 'columnMetadata(developerMetadata(metadataKey,metadataValue))';

const fieldsOf = (data: string): string => {
  const sheets = [
    'properties(sheetId,title,index,hidden,sheetType,gridProperties(rowCount,columnCount))',
    'merges',
    'basicFilter',
    'protectedRanges',
    'charts(chartId)',
    'developerMetadata(metadataKey,metadataValue)',
    `data(startRow,startColumn,${data})`,
  ].join(',');
  return `spreadsheetId,properties(title),developerMetadata(metadataId,metadataKey,metadataValue),sheets(${sheets})`;
};

/** The one masked read: values, formulas, number formats, markers, protections; no styles, no notes. */
export const READ_FIELDS = fieldsOf(`rowMetadata(hiddenByUser,hiddenByFilter),${COLUMNS},rowData(values(${CELL}))`);

/** As the answer of a write: the same, or only what tells where things stand. */
export const WRITE_FIELDS = {
  whole: `spreadsheetId,updatedSpreadsheet(${READ_FIELDS})`,
  places: `spreadsheetId,updatedSpreadsheet(${fieldsOf(`${COLUMNS},rowData(values(${VALUE}))`)})`,
} as const;

const ROLES: readonly SheetRole[] = ['rollup', 'diagnostics', 'conflicts', 'facts', 'mirror'];

/** An answer of the service → what the program works with. */
export function spreadsheetOf(address: string, answer: sheets_v4.Schema$Spreadsheet): Spreadsheet {
  const sheets = new Map<string, SheetFacts>();
  const gridSheets: GridSheet[] = [];
  for (const sheet of answer.sheets ?? []) {
    // Sheets that hold a chart or a data source have no cells.
    if (sheet.properties?.sheetType && sheet.properties.sheetType !== 'GRID') continue;
    const { facts, grid } = sheetOf(sheet);
    sheets.set(facts.title, facts);
    gridSheets.push(grid);
  }
  const ledgerId = metadataValue(answer.developerMetadata, KEY.ledger);
  const content = { sheets: gridSheets, ...(ledgerId === undefined ? {} : { ledgerId }) };
  return {
    grid: { source: address, revision: revisionOf(content), ...content },
    sheets,
    tokens: tokensOf(answer.developerMetadata),
    charts: new Set((answer.sheets ?? []).flatMap(sheet => (sheet.charts ?? []).flatMap(chart => chart.chartId ?? []))),
    title: answer.properties?.title ?? '',
  };
}

/** The tokens among a spreadsheet's metadata, oldest first. */
export function tokensOf(metadata: readonly sheets_v4.Schema$DeveloperMetadata[] | undefined): Token[] {
  const tokens: Token[] = [];
  for (const one of metadata ?? []) {
    if (one.metadataKey !== KEY.sync || typeof one.metadataId !== 'number') continue;
    const [generation, run, ledgerId] = (one.metadataValue ?? '').split(' ');
    if (generation === undefined || run === undefined || ledgerId === undefined) continue;
    tokens.push({ metadataId: one.metadataId, generation: Number(generation), run, ledgerId });
  }
  return tokens.sort((a, b) => a.generation - b.generation);
}

/** The cells of a sheet out of the parts in which they came: one for the whole sheet, or one for each range asked for. */
function cellsOf(
  parts: readonly sheets_v4.Schema$GridData[],
  sheetId: number,
): {
  raw: sheets_v4.Schema$CellData[][];
  rows: GridRow[];
  markers: Map<string, number>;
} {
  const raw: sheets_v4.Schema$CellData[][] = [];
  const hidden = new Set<number>();
  const found: [number, string][] = [];
  for (const part of parts) {
    const top = part.startRow ?? 0;
    const left = part.startColumn ?? 0;
    while (raw.length < top) raw.push([]);
    for (const [index, line] of (part.rowData ?? []).entries()) {
      const values = line.values ?? [];
      const known = raw[top + index];
      if (known === undefined) raw.push(left === 0 ? values : [...Array.from({ length: left }, () => ({})), ...values]);
      else {
        while (known.length < left) known.push({});
        for (const [at, value] of values.entries()) known[left + at] = value;
      }
    }
    for (const [index, meta] of (part.rowMetadata ?? []).entries()) {
      if (meta.hiddenByUser === true || meta.hiddenByFilter === true) hidden.add(top + index);
    }
    for (const [index, column] of (part.columnMetadata ?? []).entries()) {
      const marker = markerOf(column.developerMetadata, KEY.column);
      if (marker?.of === sheetId) found.push([left + index + 1, marker.value]);
    }
  }
  const rows: GridRow[] = [];
  for (const [index, values] of raw.entries()) {
    const cells = values.map(cellOf);
    while (cells.length > 0 && cells.at(-1) === undefined) cells.pop();
    if (cells.length > 0) rows.push({ number: index + 1, hidden: hidden.has(index), cells });
  }
  const markers = new Map<string, number>();
  for (const [col, key] of found.sort(([a], [b]) => a - b)) if (!markers.has(key)) markers.set(key, col);
  return { raw, rows, markers };
}

function sheetOf(sheet: sheets_v4.Schema$Sheet): { facts: SheetFacts; grid: GridSheet } {
  const properties = sheet.properties ?? {};
  const sheetId = properties.sheetId ?? 0;
  const { raw, rows, markers } = cellsOf(sheet.data ?? [], sheetId);
  const lastRow = rows.at(-1)?.number ?? 0;
  const marker = markerOf(sheet.developerMetadata, KEY.role);
  const named = ROLES.find(one => one === marker?.value);
  const role = marker?.of === sheetId ? named : undefined;
  const rowCount = properties.gridProperties?.rowCount ?? 0;
  const columnCount = properties.gridProperties?.columnCount ?? 0;
  const filter = sheet.basicFilter;
  return {
    facts: {
      sheetId,
      title: properties.title ?? '',
      index: properties.index ?? 0,
      rowCount,
      columnCount,
      role,
      dress: metadataValue(sheet.developerMetadata, KEY.dress),
      looks: metadataValue(sheet.developerMetadata, KEY.looks),
      filter,
      protections: sheet.protectedRanges ?? [],
      raw,
      lastRow,
    },
    grid: {
      name: properties.title ?? '',
      hidden: properties.hidden === true,
      rows,
      merges: (sheet.merges ?? []).map(merge => areaOf(merge, rowCount, columnCount)),
      ...(role === undefined ? {} : { role }),
      ...(named === undefined || role !== undefined ? {} : { copyOf: named }),
      markers,
      ...(filter?.range ? { filter: areaOf(filter.range, rowCount, columnCount) } : {}),
    },
  };
}

/** 0-based, half-open, open-ended ranges → 1-based areas. Zeros are left out of the service's answers. */
export function areaOf(range: sheets_v4.Schema$GridRange, rowCount: number, columnCount: number): Area {
  return {
    top: (range.startRowIndex ?? 0) + 1,
    left: (range.startColumnIndex ?? 0) + 1,
    bottom: range.endRowIndex ?? rowCount,
    right: range.endColumnIndex ?? columnCount,
  };
}

function metadataValue(
  metadata: readonly sheets_v4.Schema$DeveloperMetadata[] | undefined,
  key: string,
): string | undefined {
  return metadata?.find(one => one.metadataKey === key)?.metadataValue ?? undefined;
}

/**
 * What a marker says, and of which sheet it says it. It may be copied with its sheet or column; then it still names the
 * sheet it was made for.
 */
function markerOf(
  metadata: readonly sheets_v4.Schema$DeveloperMetadata[] | undefined,
  key: string,
): { readonly value: string; readonly of: number } | undefined {
  const [value, of] = metadataValue(metadata, key)?.split(' ') ?? [];
  return value === undefined ? undefined : { value, of: Number(of) };
}

/** SHA-256 over everything that a grid can tell; the service itself has no revision of a spreadsheet's cells. */
export function revisionOf(content: { readonly sheets: readonly GridSheet[]; readonly ledgerId?: string }): string {
  const hash = createHash('sha256').update(content.ledgerId ?? '');
  for (const sheet of content.sheets) {
    const { rows, markers, ...head } = sheet;
    hash.update(JSON.stringify([head, [...markers]]));
    for (const row of rows) hash.update(JSON.stringify(row));
  }
  return hash.digest('hex');
}
