import type { sheets_v4 } from '@googleapis/sheets';
import type { Book, CellState, SheetState, Span } from './book.js';
import { type Mask, maskAt, project } from './mask.js';
import { Refused } from './requests.js';

/** What a formula shows. The server does not calculate: a test says what a formula gives, else it is 0. */
export type Calculator = (formula: string) => sheets_v4.Schema$ExtendedValue;

/** A spreadsheet as `spreadsheets.get` gives it, cut to the mask. Cells come only when the mask asks for them. */
export function spreadsheetAnswer(
  book: Book,
  mask: Mask,
  ranges: readonly string[],
  calculate: Calculator,
  reader: string,
): unknown {
  const whole = {
    spreadsheetId: book.id,
    properties: { title: book.title, locale: book.locale, timeZone: book.timeZone },
    spreadsheetUrl: `https://docs.google.com/spreadsheets/d/${book.id}/edit`,
    ...(book.metadata.length > 0 ? { developerMetadata: book.metadata } : {}),
    ...(book.namedRanges.length > 0 ? { namedRanges: book.namedRanges } : {}),
  };
  const out = project(whole, mask);
  const sheetMask = maskAt(mask, 'sheets');
  if (sheetMask === undefined || typeof out !== 'object' || out === null) return out;
  const wanted = ranges.map(text => readRange(book, text));
  const sheets = book.sheets
    .filter(sheet => wanted.length === 0 || wanted.some(one => one.sheet === sheet))
    .map(sheet => {
      const spans = wanted.filter(one => one.sheet === sheet).map(one => one.span);
      const answer = project(sheetAnswer(book, sheet, reader), sheetMask);
      const dataMask = maskAt(sheetMask, 'data');
      if (dataMask === undefined || typeof answer !== 'object') return answer;
      return {
        ...answer,
        data: (spans.length > 0 ? spans : [undefined]).map(span => gridData(sheet, span, dataMask, calculate)),
      };
    });
  return { ...out, sheets };
}

function sheetAnswer(book: Book, sheet: SheetState, reader: string): sheets_v4.Schema$Sheet {
  const grid: sheets_v4.Schema$GridProperties = { rowCount: sheet.rowCount, columnCount: sheet.columnCount };
  if (sheet.frozenRows > 0) grid.frozenRowCount = sheet.frozenRows;
  if (sheet.frozenColumns > 0) grid.frozenColumnCount = sheet.frozenColumns;
  return {
    properties: {
      sheetId: sheet.id,
      title: sheet.title,
      index: book.sheets.indexOf(sheet),
      sheetType: 'GRID',
      gridProperties: grid,
      ...(sheet.hidden ? { hidden: true } : {}),
      ...(sheet.tabColor ? { tabColorStyle: sheet.tabColor } : {}),
    },
    ...(sheet.merges.length > 0
      ? {
          merges: sheet.merges.map(merge => ({
            ...(sheet.id === 0 ? {} : { sheetId: sheet.id }),
            startRowIndex: merge.top,
            endRowIndex: merge.bottom,
            startColumnIndex: merge.left,
            endColumnIndex: merge.right,
          })),
        }
      : {}),
    ...(sheet.filter ? { basicFilter: sheet.filter } : {}),
    ...(sheet.protections.length > 0
      ? {
          protectedRanges: sheet.protections.map(one => ({
            ...one,
            requestingUserCanEdit: reader === book.owner || (one.editors?.users?.includes(reader) ?? false),
          })),
        }
      : {}),
    ...(sheet.rules.length > 0 ? { conditionalFormats: sheet.rules } : {}),
    ...(sheet.charts.length > 0 ? { charts: sheet.charts } : {}),
    ...(sheet.metadata.length > 0 ? { developerMetadata: sheet.metadata } : {}),
  };
}

function gridData(
  sheet: SheetState,
  span: Span | undefined,
  mask: Mask,
  calculate: Calculator,
): sheets_v4.Schema$GridData {
  const area = span ?? { top: 0, left: 0, bottom: sheet.rowCount, right: sheet.columnCount };
  const out: sheets_v4.Schema$GridData = {};
  if (area.top > 0 && maskAt(mask, 'startRow')) out.startRow = area.top;
  if (area.left > 0 && maskAt(mask, 'startColumn')) out.startColumn = area.left;
  const valueMask = maskAt(mask, 'rowData', 'values');
  if (valueMask !== undefined) {
    const rows: sheets_v4.Schema$RowData[] = [];
    for (const row of sheet.rows.slice(area.top, area.bottom)) {
      const values: sheets_v4.Schema$CellData[] = [];
      for (const cell of row.cells.slice(area.left, area.right)) values.push(cellAnswer(cell, valueMask, calculate));
      while (values.length > 0 && Object.keys(values.at(-1) ?? {}).length === 0) values.pop();
      rows.push(values.length > 0 ? { values } : {});
    }
    while (rows.length > 0 && rows.at(-1)?.values === undefined) rows.pop();
    if (rows.length > 0) out.rowData = rows;
  }
  const rowMask = maskAt(mask, 'rowMetadata');
  if (rowMask !== undefined)
    out.rowMetadata = sheet.rows.slice(area.top, area.bottom).map(line => lineAnswer(line, rowMask));
  const columnMask = maskAt(mask, 'columnMetadata');
  if (columnMask !== undefined) {
    out.columnMetadata = sheet.columns.slice(area.left, area.right).map(line => lineAnswer(line, columnMask));
  }
  return out;
}

function lineAnswer(
  line: { hidden: boolean; pixelSize: number; metadata: sheets_v4.Schema$DeveloperMetadata[] },
  mask: Mask,
): sheets_v4.Schema$DimensionProperties {
  const out: sheets_v4.Schema$DimensionProperties = {};
  if (line.hidden && maskAt(mask, 'hiddenByUser')) out.hiddenByUser = true;
  if (maskAt(mask, 'pixelSize')) out.pixelSize = line.pixelSize;
  if (line.metadata.length > 0 && maskAt(mask, 'developerMetadata')) out.developerMetadata = line.metadata;
  return out;
}

function cellAnswer(cell: CellState | undefined, mask: Mask, calculate: Calculator): sheets_v4.Schema$CellData {
  const out: sheets_v4.Schema$CellData = {};
  if (cell === undefined) return out;
  // What is there stays in the answer, if only as an empty object, when the mask asks for a part that it has not.
  const entered = maskAt(mask, 'userEnteredValue');
  if (cell.userEnteredValue && entered) out.userEnteredValue = part(cell.userEnteredValue, entered);
  const shown = maskAt(mask, 'effectiveValue');
  if (cell.userEnteredValue && shown) {
    const formula = cell.userEnteredValue.formulaValue;
    out.effectiveValue = part(typeof formula === 'string' ? calculate(formula) : cell.userEnteredValue, shown);
  }
  if (cell.userEnteredFormat && maskAt(mask, 'userEnteredFormat')) {
    const format = project(cell.userEnteredFormat, maskAt(mask, 'userEnteredFormat') ?? new Map());
    if (typeof format === 'object' && format !== null && Object.keys(format).length > 0) out.userEnteredFormat = format;
  }
  const effective = maskAt(mask, 'effectiveFormat');
  if (cell.userEnteredFormat && effective !== undefined) {
    const format = project(cell.userEnteredFormat, effective);
    if (typeof format === 'object' && format !== null && Object.keys(format).length > 0) out.effectiveFormat = format;
  }
  if (cell.note && maskAt(mask, 'note')) out.note = cell.note;
  const rule = maskAt(mask, 'dataValidation');
  if (cell.dataValidation && rule) {
    const cut = project(cell.dataValidation, rule);
    out.dataValidation = typeof cut === 'object' && cut !== null ? cut : {};
  }
  return out;
}

function part(value: sheets_v4.Schema$ExtendedValue, mask: Mask): sheets_v4.Schema$ExtendedValue {
  const cut = project(value, mask);
  return typeof cut === 'object' && cut !== null ? cut : {};
}

/** `'台账'!A1:C3`, `'台账'!A:A`, `'台账'!1:2`, `'台账'`. */
export function readRange(book: Book, text: string): { sheet: SheetState; span: Span } {
  const match = /^(?:'((?:[^']|'')*)'|([^'!]+))(?:!(.+))?$/.exec(text);
  const title = match?.[1]?.replaceAll("''", "'") ?? match?.[2];
  const sheet = book.sheets.find(one => one.title === title);
  if (match === null || sheet === undefined) throw new Refused(`Unable to parse range: ${text}`);
  const corners = match[3];
  const all = { top: 0, left: 0, bottom: sheet.rowCount, right: sheet.columnCount };
  if (corners === undefined) return { sheet, span: all };
  const [from = '', to = from] = corners.split(':');
  const start = /^([A-Z]*)(\d*)$/.exec(from);
  const end = /^([A-Z]*)(\d*)$/.exec(to);
  if (start === null || end === null) throw new Refused(`Unable to parse range: ${text}`);
  const span = {
    top: start[2] ? Number(start[2]) - 1 : 0,
    left: start[1] ? letters(start[1]) - 1 : 0,
    bottom: Math.min(end[2] ? Number(end[2]) : sheet.rowCount, sheet.rowCount),
    right: Math.min(end[1] ? letters(end[1]) : sheet.columnCount, sheet.columnCount),
  };
  if (span.top >= sheet.rowCount || span.left >= sheet.columnCount) {
    throw new Refused(
      `Range (${text}) exceeds grid limits. Max rows: ${sheet.rowCount}, max columns: ${sheet.columnCount}`,
    );
  }
  return { sheet, span };
}

function letters(name: string): number {
  let col = 0;
  for (const letter of name) col = col * 26 + letter.charCodeAt(0) - 64;
  return col;
}
