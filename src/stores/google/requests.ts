import type { sheets_v4 } from '@googleapis/sheets';
import type { Area, SheetRole } from '../../model/grid.js';
import {
  type ColumnAddition,
  type Content,
  contentText,
  type Edit,
  type ImageCell,
  type ImageRow,
  type Plan,
  type SheetImage,
  type Style,
} from '../../model/plan.js';
import { imageEdits, looksOf } from './image-looks.js';
import { KEY, type SheetFacts, type Spreadsheet } from './spreadsheet.js';
import { stableId } from './token.js';
import { cellFormat, colorStyle, showsDay, typedValue } from './values.js';

/** Requests that belong together: a batch may be cut between blocks, never inside one. */
export type Block = sheets_v4.Schema$Request[];

/** Empty rows below the rows of a new mirror: room for a reviewer's own lines, and the looks that new rows take over. */
const SPARE_ROWS = 20;
/** A block stays well below the size of a part, so that parts fill up evenly. */
const BLOCK_BYTES = 400_000;

/**
 * The plan as blocks of requests, positions as they were read.
 * Order matters: new columns, then cells at the places that were read, then new rows below (each inserted, so that
 * nothing a person typed there meanwhile is overwritten), then whole sheets of ours.
 */
export function planBlocks(plan: Plan, book: Spreadsheet): Block[] {
  const blocks: Block[] = [];
  if (book.grid.ledgerId === undefined) blocks.push([ledgerMarker(plan.ledgerId)]);
  for (const [title, columns] of groupBy(plan.columns, column => column.sheet)) {
    blocks.push(columnBlock(factsOf(book, title), columns));
  }
  for (const { sheet, toCol } of plan.widen) {
    const block = widenBlock(factsOf(book, sheet), toCol);
    if (block !== undefined) blocks.push(block);
  }
  for (const [title, edits] of groupBy(plan.edits, edit => edit.at.sheet)) {
    const facts = factsOf(book, title);
    const present = edits.filter(edit => edit.at.row <= facts.lastRow);
    const added = edits.filter(edit => edit.at.row > facts.lastRow);
    for (const run of cellRuns(present, facts)) blocks.push([run]);
    blocks.push(...newRowBlocks(added, facts));
  }
  const taken = new Set(book.sheets.keys());
  for (const image of plan.images) blocks.push(...imageBlocks(image, book, plan.ledgerId, taken));
  return blocks;
}

/** The sheet of a role, or the one that an image of this role would make. */
export function sheetIdForRole(book: Spreadsheet, role: SheetRole, ledgerId: string): number {
  for (const facts of book.sheets.values()) if (facts.role === role) return facts.sheetId;
  const first = firstEmptySheet(book);
  if (role === 'mirror' && first !== undefined) return first.sheetId;
  return stableId('sheet', ledgerId, role);
}

/** A first tab in which nobody has written anything yet. */
export function firstEmptySheet(book: Spreadsheet): SheetFacts | undefined {
  for (const facts of book.sheets.values()) {
    if (facts.index === 0 && facts.lastRow === 0 && facts.role === undefined) return facts;
  }
  return undefined;
}

function ledgerMarker(ledgerId: string): sheets_v4.Schema$Request {
  return {
    createDeveloperMetadata: {
      developerMetadata: {
        // One ledger a file: a second one that makes first contact at the same moment is refused.
        metadataId: stableId('ledger marker'),
        metadataKey: KEY.ledger,
        metadataValue: ledgerId,
        visibility: 'DOCUMENT',
        location: { spreadsheet: true },
      },
    },
  };
}

export function columnMarker(sheetId: number, col: number, key: string): sheets_v4.Schema$Request {
  return {
    createDeveloperMetadata: {
      developerMetadata: {
        metadataKey: KEY.column,
        metadataValue: `${key} ${sheetId}`,
        visibility: 'DOCUMENT',
        location: { dimensionRange: { sheetId, dimension: 'COLUMNS', startIndex: col - 1, endIndex: col } },
      },
    },
  };
}

function sheetMarker(sheetId: number, key: string, value: string): sheets_v4.Schema$Request {
  return {
    createDeveloperMetadata: {
      developerMetadata: { metadataKey: key, metadataValue: value, visibility: 'DOCUMENT', location: { sheetId } },
    },
  };
}

/** A marker of a sheet, made or changed. @param present what it says now */
export function markSheet(
  sheetId: number,
  key: string,
  value: string,
  present: string | undefined,
): sheets_v4.Schema$Request {
  if (present === undefined) return sheetMarker(sheetId, key, value);
  return {
    updateDeveloperMetadata: {
      dataFilters: [
        { developerMetadataLookup: { metadataKey: key, locationType: 'SHEET', metadataLocation: { sheetId } } },
      ],
      developerMetadata: { metadataValue: value },
      fields: 'metadataValue',
    },
  };
}

export function columnSize(
  sheetId: number,
  col: number,
  characters: number,
  hidden: boolean,
): sheets_v4.Schema$Request {
  return {
    updateDimensionProperties: {
      range: { sheetId, dimension: 'COLUMNS', startIndex: col - 1, endIndex: col },
      // About 7 pixels a character and a little air, as in the default font.
      properties: { pixelSize: Math.max(24, Math.round(characters * 7 + 10)), hiddenByUser: hidden },
      fields: 'pixelSize,hiddenByUser',
    },
  };
}

/**
 * New columns are inserted, not written into the empty ones at the edge: when somebody adds a column between our read
 * and our write, the edge is his, and his header would be overwritten.
 */
function columnBlock(facts: SheetFacts, columns: readonly ColumnAddition[]): Block {
  const { sheetId } = facts;
  const block: Block = [];
  for (const column of columns.toSorted((a, b) => a.col - b.col)) {
    const { format, fields } = cellFormat(column.headerStyle);
    block.push(
      {
        insertDimension: {
          range: { sheetId, dimension: 'COLUMNS', startIndex: column.col - 1, endIndex: column.col },
          // The service wants it so at the end of the sheet, where there is nothing behind to inherit from.
          inheritFromBefore: column.col > facts.columnCount,
        },
      },
      {
        updateCells: {
          start: { sheetId, rowIndex: column.headerRow - 1, columnIndex: column.col - 1 },
          rows: [{ values: [{ userEnteredValue: { stringValue: column.header }, userEnteredFormat: format }] }],
          fields: valueFields(fields),
        },
      },
      columnSize(sheetId, column.col, column.width, column.hidden),
      columnMarker(sheetId, column.col, column.key),
    );
  }
  return block;
}

/** The filter keeps what people set in it; only its right edge moves. */
function widenBlock(facts: SheetFacts, toCol: number): Block | undefined {
  const filter = facts.filter;
  if (!filter?.range || (filter.range.endColumnIndex ?? Number.POSITIVE_INFINITY) >= toCol) return undefined;
  // `criteria` is the outdated twin of `filterSpecs`; sending one is enough.
  const { criteria: _criteria, ...kept } = filter;
  return [{ setBasicFilter: { filter: { ...kept, range: { ...filter.range, endColumnIndex: toCol } } } }];
}

export type Typed = { readonly data: sheets_v4.Schema$CellData; readonly fields: string };

export function typedCell(
  content: Content,
  style: Style | undefined,
  present: sheets_v4.Schema$CellData | undefined,
): Typed {
  const { value, format } = typedValue(content);
  const looks = style === undefined ? { format: {}, fields: [] } : cellFormat(style);
  const wanted: sheets_v4.Schema$CellFormat = { ...looks.format };
  const fields = looks.fields.map(field => `userEnteredFormat.${field}`);
  const old = present?.effectiveFormat?.numberFormat;
  const wasDate = old?.type === 'DATE' || old?.type === 'DATE_TIME';
  // A day keeps the looks that somebody chose for it, as long as they show the day.
  const keeps = wasDate && content.kind === 'date' && content.text.length === 10 && showsDay(old?.pattern);
  if (format !== undefined && wanted.numberFormat === undefined && !keeps) {
    wanted.numberFormat = format;
    fields.push('userEnteredFormat.numberFormat');
  } else if (content.kind === 'number' && wasDate && wanted.numberFormat === undefined) {
    // A number in a cell that somebody formatted as a date would be read back as a date.
    wanted.numberFormat = { type: 'NUMBER' };
    fields.push('userEnteredFormat.numberFormat');
  }
  const data: sheets_v4.Schema$CellData = { userEnteredValue: value };
  if (fields.length > 0) data.userEnteredFormat = wanted;
  return { data, fields: ['userEnteredValue', ...fields].join(',') };
}

function valueFields(formatFields: readonly string[]): string {
  return ['userEnteredValue', ...formatFields.map(field => `userEnteredFormat.${field}`)].join(',');
}

/** One updateCells for each run of neighbouring cells with one mask; equal runs in consecutive rows are one block. */
function cellRuns(edits: readonly Edit[], facts: SheetFacts): sheets_v4.Schema$Request[] {
  type Run = { row: number; col: number; fields: string; bytes: number; rows: sheets_v4.Schema$CellData[][] };
  const done: Run[] = [];
  let open = new Map<string, Run>();
  const byRow = [...groupBy(edits, edit => edit.at.row)].sort(([a], [b]) => a - b);
  for (const [row, list] of byRow) {
    const next = new Map<string, Run>();
    const runs: Run[] = [];
    for (const edit of list.toSorted((a, b) => a.at.col - b.at.col)) {
      const { data, fields } = typedCell(edit.after, edit.style, facts.raw[row - 1]?.[edit.at.col - 1]);
      const last = runs.at(-1);
      if (last !== undefined && last.fields === fields && last.col + (last.rows[0]?.length ?? 0) === edit.at.col) {
        last.rows[0]?.push(data);
        last.bytes += bytesOf(edit);
      } else runs.push({ row, col: edit.at.col, fields, bytes: bytesOf(edit), rows: [[data]] });
    }
    for (const run of runs) {
      const key = `${run.col} ${run.rows[0]?.length} ${run.fields}`;
      const above = open.get(key);
      const values = run.rows[0] ?? [];
      if (above !== undefined && above.row + above.rows.length === row && above.bytes + run.bytes < BLOCK_BYTES) {
        above.rows.push(values);
        above.bytes += run.bytes;
        next.set(key, above);
      } else {
        done.push(run);
        next.set(key, run);
      }
    }
    open = next;
  }
  return done.map(run => updateCells(facts.sheetId, run.row, run.col, run.rows, run.fields));
}

export function updateCells(
  sheetId: number,
  row: number,
  col: number,
  rows: readonly (readonly sheets_v4.Schema$CellData[])[],
  fields: string,
): sheets_v4.Schema$Request {
  return {
    updateCells: {
      start: { sheetId, rowIndex: row - 1, columnIndex: col - 1 },
      rows: rows.map(values => ({ values: [...values] })),
      fields,
    },
  };
}

/**
 * Rows that are not there yet are inserted below the last filled one and filled in the same block. Writing into the
 * empty rows at the end instead would overwrite what a person typed there after we read.
 */
function newRowBlocks(edits: readonly Edit[], facts: SheetFacts): Block[] {
  if (edits.length === 0) return [];
  const { sheetId } = facts;
  const lastWanted = edits.reduce((most, edit) => Math.max(most, edit.at.row), 0);
  const byRow = groupBy(edits, edit => edit.at.row);
  const rows = Array.from(
    { length: lastWanted - facts.lastRow },
    (_, index) => byRow.get(facts.lastRow + 1 + index) ?? [],
  );
  let from = facts.lastRow;
  return chunks(rows, row => row.reduce((sum, edit) => sum + bytesOf(edit), 0)).map(chunk => {
    const start = from;
    from += chunk.length;
    return [
      {
        insertDimension: {
          range: { sheetId, dimension: 'ROWS', startIndex: start, endIndex: from },
          // The looks of the empty row below, which nobody has coloured yet; where there is none, of the row above.
          inheritFromBefore: start >= facts.rowCount + (start - facts.lastRow),
        },
      },
      ...cellRuns(chunk.flat(), { ...facts, raw: [] }),
    ];
  });
}

/** Bytes that an edit takes in a request, roughly and rather too many: Han characters are three bytes. */
function bytesOf(edit: Edit): number {
  return 60 + 3 * contentText(edit.after).length + (edit.style === undefined ? 0 : 200);
}

/** Cuts a list into runs of at most BLOCK_BYTES, at least one item each. */
function chunks<T>(list: readonly T[], sizeOf: (item: T) => number): T[][] {
  const out: T[][] = [];
  let room = 0;
  for (const item of list) {
    const size = sizeOf(item);
    const last = out.at(-1);
    if (last === undefined || size > room) {
      out.push([item]);
      room = BLOCK_BYTES - size;
    } else {
      last.push(item);
      room -= size;
    }
  }
  return out;
}

function imageBlocks(image: SheetImage, book: Spreadsheet, ledgerId: string, taken: Set<string>): Block[] {
  const present = [...book.sheets.values()].find(facts => facts.role === image.role);
  const adopted = present ?? (image.role === 'mirror' ? firstEmptySheet(book) : undefined);
  const width = image.rows.reduce((most, row) => Math.max(most, row.cells.length), image.widths.length);
  const height = Math.max(image.rows.length, image.frozenRows + 1) + (image.role === 'mirror' ? SPARE_ROWS : 0);
  const sheetId = sheetIdForRole(book, image.role, ledgerId);
  const edits = present === undefined ? undefined : imageEdits(image, book.grid, present);
  if (present !== undefined && edits !== undefined) return cellRuns(edits, present).map(run => [run]);
  const first: Block = [];
  const size = { rows: Math.max(height, adopted?.rowCount ?? 0), columns: Math.max(width, adopted?.columnCount ?? 1) };
  if (adopted === undefined) {
    first.push({
      addSheet: {
        properties: {
          sheetId,
          title: freeTitle(image.name, taken),
          gridProperties: { rowCount: size.rows, columnCount: size.columns, frozenRowCount: image.frozenRows },
        },
      },
    });
  } else {
    first.push({
      updateSheetProperties: {
        properties: {
          sheetId,
          ...(present === undefined ? { title: freeTitle(image.name, taken) } : {}),
          gridProperties: {
            rowCount: size.rows,
            columnCount: size.columns,
            frozenRowCount: image.frozenRows,
          },
        },
        fields: `${present === undefined ? 'title,' : ''}gridProperties.rowCount,gridProperties.columnCount,gridProperties.frozenRowCount`,
      },
    });
    // Whatever stood in a sheet of ours goes: values, looks and drop-downs, cell by cell as the image is shorter or longer.
    first.push(
      { unmergeCells: { range: { sheetId } } },
      { repeatCell: { range: { sheetId }, cell: {}, fields: 'userEnteredValue,userEnteredFormat,dataValidation' } },
    );
  }
  if (present === undefined) first.push(sheetMarker(sheetId, KEY.role, `${image.role} ${sheetId}`));
  // The mirror's own sheet is made once, and then belongs to its columns.
  if (image.role !== 'mirror') {
    first.push(markSheet(sheetId, KEY.looks, looksOf(image, size.rows, size.columns), present?.looks));
  }
  if (image.tabColor !== undefined) {
    first.push({
      updateSheetProperties: {
        properties: { sheetId, tabColorStyle: colorStyle(image.tabColor) },
        fields: 'tabColorStyle',
      },
    });
  }
  for (const [index, characters] of image.widths.entries())
    first.push(columnSize(sheetId, index + 1, characters, false));
  const blocks: Block[] = [first];
  let top = 1;
  for (const chunk of chunks(image.rows, rowBytes)) {
    const rows = chunk.map(row => Array.from(row.cells, cell => (cell === undefined ? {} : imageCell(cell))));
    blocks.push([updateCells(sheetId, top, 1, rows, 'userEnteredValue,userEnteredFormat')]);
    top += chunk.length;
  }
  const last: Block = image.merges.map(area => ({
    mergeCells: { range: gridRange(sheetId, area), mergeType: 'MERGE_ALL' },
  }));
  for (const choice of image.choices ?? []) last.push(choiceRequest(gridRange(sheetId, choice.area), choice.values));
  for (const bar of adopted === undefined ? image.bars : []) {
    // Sheets has no bars inside cells; a shade from white to the bar's colour says the same.
    last.push({
      addConditionalFormatRule: {
        index: 0,
        rule: {
          ranges: [gridRange(sheetId, bar.area)],
          gradientRule: {
            minpoint: { type: 'NUMBER', value: '0', colorStyle: colorStyle('FFFFFF') },
            maxpoint: { type: 'NUMBER', value: '1', colorStyle: colorStyle(bar.color) },
          },
        },
      },
    });
  }
  if (last.length > 0) blocks.push(last);
  return blocks;
}

function imageCell(cell: ImageCell): sheets_v4.Schema$CellData {
  const { value, format: number } = typedValue(cell.content);
  const { format } = cellFormat(cell.style ?? {});
  const merged =
    number === undefined || format.numberFormat !== undefined ? format : { ...format, numberFormat: number };
  return { userEnteredValue: value, userEnteredFormat: merged };
}

function rowBytes(row: ImageRow): number {
  return row.cells.reduce(
    (sum, cell) => sum + (cell === undefined ? 3 : 300 + 3 * contentText(cell.content).length),
    0,
  );
}

/** A drop-down. Other input is let in with a warning: a reviewer's own words are data to be read, not to be refused. */
export function choiceRequest(range: sheets_v4.Schema$GridRange, values: readonly string[]): sheets_v4.Schema$Request {
  return {
    setDataValidation: {
      range,
      rule: {
        condition: { type: 'ONE_OF_LIST', values: values.map(value => ({ userEnteredValue: value })) },
        showCustomUi: true,
        strict: false,
      },
    },
  };
}

/** 1-based area → the service's 0-based, half-open range. */
export function gridRange(sheetId: number, area: Area): sheets_v4.Schema$GridRange {
  return {
    sheetId,
    startRowIndex: area.top - 1,
    endRowIndex: area.bottom,
    startColumnIndex: area.left - 1,
    endColumnIndex: area.right,
  };
}

/** An office's own sheet of that name stays its own; ours then says whose it is. */
export function freeTitle(name: string, taken: Set<string>): string {
  let title = name;
  for (let number = 1; taken.has(title); number++)
    title = number === 1 ? `${name}（系统）` : `${name}（系统${number}）`;
  taken.add(title);
  return title;
}

export function factsOf(book: Spreadsheet, title: string): SheetFacts {
  const facts = book.sheets.get(title);
  if (facts === undefined) throw new Error(`the plan speaks of a sheet ${title} that was not read`);
  return facts;
}

export function groupBy<T, K>(list: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of list) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
