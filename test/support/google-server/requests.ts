import type { sheets_v4 } from '@googleapis/sheets';
import {
  type Book,
  type CellState,
  cellText,
  deleteLines,
  insertLines,
  isCovered,
  type Line,
  newLine,
  newRow,
  newSheet,
  type SheetState,
  type Span,
} from './book.js';
import { type Mask, parseMask } from './mask.js';

/** A request that the service refuses with 400; the whole batch is then dropped. */
export class Refused extends Error {}

const CELL_LIMIT = 10_000_000;
const TEXT_LIMIT = 50_000;

/**
 * Applies one request to the book, which must be a copy: when a later request of the batch is refused, the copy is
 * thrown away.
 * @param caller e-mail of the account that asks; protected ranges let only their editors and the owner through.
 */
export function applyRequest(book: Book, request: sheets_v4.Schema$Request, caller: string): sheets_v4.Schema$Response {
  if (request.addSheet) return addSheet(book, request.addSheet.properties ?? {});
  if (request.deleteSheet) {
    const sheet = sheetOf(book, request.deleteSheet.sheetId);
    if (book.sheets.length === 1) throw new Refused("You can't remove all the sheets in a document.");
    book.sheets = book.sheets.filter(one => one !== sheet);
    return {};
  }
  if (request.updateSheetProperties) {
    const { properties, fields } = request.updateSheetProperties;
    setSheetProperties(book, sheetOf(book, properties?.sheetId), properties ?? {}, maskOf(fields));
    return {};
  }
  if (request.updateSpreadsheetProperties) {
    const { properties, fields } = request.updateSpreadsheetProperties;
    const mask = maskOf(fields);
    if (mask.has('title')) book.title = properties?.title ?? '';
    if (mask.has('locale')) book.locale = properties?.locale ?? book.locale;
    if (mask.has('timeZone')) book.timeZone = properties?.timeZone ?? book.timeZone;
    return {};
  }
  if (request.updateCells) return updateCells(book, request.updateCells, caller);
  if (request.repeatCell) {
    const { range, cell, fields } = request.repeatCell;
    const sheet = sheetOf(book, range?.sheetId);
    const span = spanOf(sheet, range);
    guard(book, sheet, span, caller);
    const mask = maskOf(fields);
    for (let row = span.top; row < span.bottom; row++) {
      for (let col = span.left; col < span.right; col++) setCell(sheet, row, col, cell ?? {}, mask);
    }
    return {};
  }
  if (request.appendDimension) {
    const { sheetId, dimension, length } = request.appendDimension;
    const sheet = sheetOf(book, sheetId);
    const count = positive(length);
    if (dimension === 'ROWS') {
      for (let i = 0; i < count; i++) sheet.rows.push(newRow());
      sheet.rowCount += count;
    } else {
      for (let i = 0; i < count; i++) sheet.columns.push(newLine());
      sheet.columnCount += count;
    }
    checkSize(book);
    return {};
  }
  if (request.insertDimension) {
    const { range, inheritFromBefore } = request.insertDimension;
    const { sheet, dimension, from, to } = dimensionOf(book, range);
    const size = dimension === 'ROWS' ? sheet.rowCount : sheet.columnCount;
    if (from > size) throw new Refused(`Cannot insert at index ${from}: the sheet has ${size}.`);
    if (inheritFromBefore !== true && from >= size) {
      throw new Refused(
        `range.startIndex[${from}] must be less than the grid size (${size}) if inheritFromBefore is false.`,
      );
    }
    if (inheritFromBefore === true && from === 0) throw new Refused('inheritFromBefore cannot be true at index 0.');
    insertLines(sheet, dimension, from, to - from);
    checkSize(book);
    return {};
  }
  if (request.deleteDimension) {
    const { sheet, dimension, from, to } = dimensionOf(book, request.deleteDimension.range);
    const span =
      dimension === 'ROWS'
        ? { top: from, bottom: to, left: 0, right: sheet.columnCount }
        : { top: 0, bottom: sheet.rowCount, left: from, right: to };
    guard(book, sheet, span, caller);
    deleteLines(sheet, dimension, from, to - from);
    return {};
  }
  if (request.updateDimensionProperties) {
    const { range, properties, fields } = request.updateDimensionProperties;
    const { sheet, dimension, from, to } = dimensionOf(book, range);
    const mask = maskOf(fields);
    const lines: Line[] = dimension === 'ROWS' ? sheet.rows : sheet.columns;
    for (const line of lines.slice(from, to)) {
      if (mask.has('hiddenByUser')) line.hidden = properties?.hiddenByUser ?? false;
      if (mask.has('pixelSize')) line.pixelSize = properties?.pixelSize ?? 100;
    }
    return {};
  }
  if (request.mergeCells) {
    const sheet = sheetOf(book, request.mergeCells.range?.sheetId);
    const span = spanOf(sheet, request.mergeCells.range);
    if (sheet.merges.some(merge => touches(merge, span))) {
      throw new Refused('You must select all cells in a merged range to merge or unmerge them.');
    }
    sheet.merges.push(span);
    for (let row = span.top; row < span.bottom; row++) {
      for (let col = span.left; col < span.right; col++) {
        const cell = sheet.rows[row]?.cells[col];
        if (cell !== undefined && isCovered(sheet, row, col)) {
          sheet.rows[row]?.cells.splice(col, 1, { ...cell, userEnteredValue: {} });
        }
      }
    }
    return {};
  }
  if (request.unmergeCells) {
    const sheet = sheetOf(book, request.unmergeCells.range?.sheetId);
    const span = spanOf(sheet, request.unmergeCells.range);
    sheet.merges = sheet.merges.filter(merge => !touches(merge, span));
    return {};
  }
  if (request.setDataValidation) {
    const { range, rule } = request.setDataValidation;
    const sheet = sheetOf(book, range?.sheetId);
    const span = spanOf(sheet, range);
    guard(book, sheet, span, caller);
    for (let row = span.top; row < span.bottom; row++) {
      for (let col = span.left; col < span.right; col++) {
        setCell(sheet, row, col, rule ? { dataValidation: rule } : {}, parseMask('dataValidation'));
      }
    }
    return {};
  }
  if (request.setBasicFilter) {
    const sheet = sheetOf(book, request.setBasicFilter.filter?.range?.sheetId);
    sheet.filter = request.setBasicFilter.filter ?? undefined;
    return {};
  }
  if (request.clearBasicFilter) {
    sheetOf(book, request.clearBasicFilter.sheetId).filter = undefined;
    return {};
  }
  const rest =
    protectionRequest(book, request, caller) ?? metadataRequest(book, request) ?? objectRequest(book, request);
  if (rest === undefined)
    throw new Refused(`Invalid JSON payload: request ${Object.keys(request).join()} not known here`);
  return rest;
}

function protectionRequest(
  book: Book,
  request: sheets_v4.Schema$Request,
  caller: string,
): sheets_v4.Schema$Response | undefined {
  if (request.addProtectedRange) {
    const wanted = request.addProtectedRange.protectedRange ?? {};
    const sheet = sheetOf(book, wanted.range?.sheetId);
    const id =
      wanted.protectedRangeId ?? freeId(book.sheets.flatMap(one => one.protections.map(p => p.protectedRangeId)));
    if (book.sheets.some(one => one.protections.some(p => p.protectedRangeId === id))) {
      throw new Refused(`Invalid requests: A protected range with ID ${id} already exists.`);
    }
    const users = new Set([...(wanted.editors?.users ?? []), caller, book.owner]);
    const made = { ...wanted, protectedRangeId: id, editors: { ...wanted.editors, users: [...users] } };
    sheet.protections.push(made);
    return { addProtectedRange: { protectedRange: made } };
  }
  if (request.updateProtectedRange) {
    const wanted = request.updateProtectedRange.protectedRange ?? {};
    const mask = maskOf(request.updateProtectedRange.fields);
    const found = findProtection(book, wanted.protectedRangeId);
    const next = { ...found.protection };
    if (mask.has('range') && wanted.range) next.range = wanted.range;
    if (mask.has('description') && typeof wanted.description === 'string') next.description = wanted.description;
    if (mask.has('warningOnly')) next.warningOnly = wanted.warningOnly ?? false;
    if (mask.has('editors')) {
      next.editors = { users: [...new Set([...(wanted.editors?.users ?? []), caller, book.owner])] };
    }
    found.sheet.protections = found.sheet.protections.map(one => (one === found.protection ? next : one));
    return {};
  }
  if (request.deleteProtectedRange) {
    const found = findProtection(book, request.deleteProtectedRange.protectedRangeId);
    found.sheet.protections = found.sheet.protections.filter(one => one !== found.protection);
    return {};
  }
  return undefined;
}

function metadataRequest(book: Book, request: sheets_v4.Schema$Request): sheets_v4.Schema$Response | undefined {
  if (request.createDeveloperMetadata) {
    const wanted = request.createDeveloperMetadata.developerMetadata ?? {};
    const all = allMetadata(book);
    const id = wanted.metadataId ?? freeId(all.map(one => one.metadataId));
    if (all.some(one => one.metadataId === id)) {
      throw new Refused(`Invalid requests: Developer metadata with ID ${id} already exists.`);
    }
    if (typeof wanted.metadataKey !== 'string' || wanted.metadataKey === '')
      throw new Refused('metadataKey is required.');
    if (wanted.visibility !== 'DOCUMENT' && wanted.visibility !== 'PROJECT')
      throw new Refused('visibility is required.');
    const made = { ...wanted, metadataId: id };
    place(book, made).push(made);
    return { createDeveloperMetadata: { developerMetadata: made } };
  }
  if (request.updateDeveloperMetadata || request.deleteDeveloperMetadata) {
    const update = request.updateDeveloperMetadata;
    const lookup = update
      ? update.dataFilters?.[0]?.developerMetadataLookup
      : request.deleteDeveloperMetadata?.dataFilter?.developerMetadataLookup;
    const at = lookup?.metadataLocation?.sheetId;
    const hit = (one: sheets_v4.Schema$DeveloperMetadata): boolean =>
      (at === undefined || (one.location?.sheetId ?? 0) === at) &&
      (lookup?.metadataId === undefined || lookup.metadataId === one.metadataId) &&
      (lookup?.metadataKey === undefined || lookup.metadataKey === one.metadataKey);
    const change = (list: sheets_v4.Schema$DeveloperMetadata[]): sheets_v4.Schema$DeveloperMetadata[] =>
      update
        ? list.map(one =>
            hit(one)
              ? {
                  ...one,
                  ...(update.developerMetadata?.metadataValue
                    ? { metadataValue: update.developerMetadata.metadataValue }
                    : {}),
                }
              : one,
          )
        : list.filter(one => !hit(one));
    book.metadata = change(book.metadata);
    for (const sheet of book.sheets) {
      sheet.metadata = change(sheet.metadata);
      for (const line of [...sheet.rows, ...sheet.columns])
        if (line.metadata.length > 0) line.metadata = change(line.metadata);
    }
    return {};
  }
  return undefined;
}

function objectRequest(book: Book, request: sheets_v4.Schema$Request): sheets_v4.Schema$Response | undefined {
  if (request.addConditionalFormatRule) {
    const { rule, index } = request.addConditionalFormatRule;
    const sheet = sheetOf(book, rule?.ranges?.[0]?.sheetId);
    sheet.rules.splice(index ?? 0, 0, rule ?? {});
    return {};
  }
  if (request.deleteConditionalFormatRule) {
    const sheet = sheetOf(book, request.deleteConditionalFormatRule.sheetId);
    const index = request.deleteConditionalFormatRule.index ?? 0;
    if (sheet.rules[index] === undefined) throw new Refused(`No conditional format on sheet at index ${index}.`);
    sheet.rules.splice(index, 1);
    return {};
  }
  if (request.addChart) {
    const chart = request.addChart.chart ?? {};
    const id = chart.chartId ?? freeId(book.sheets.flatMap(one => one.charts.map(c => c.chartId)));
    if (book.sheets.some(one => one.charts.some(c => c.chartId === id)))
      throw new Refused(`Chart ${id} already exists.`);
    const sheet = sheetOf(book, chart.position?.overlayPosition?.anchorCell?.sheetId);
    const made = { ...chart, chartId: id };
    sheet.charts.push(made);
    return { addChart: { chart: made } };
  }
  if (request.updateChartSpec) {
    const { chartId, spec } = request.updateChartSpec;
    const sheet = book.sheets.find(one => one.charts.some(chart => chart.chartId === chartId));
    if (sheet === undefined) throw new Refused(`No chart with ID ${chartId}.`);
    sheet.charts = sheet.charts.map(chart => (chart.chartId === chartId ? { ...chart, spec: spec ?? {} } : chart));
    return {};
  }
  if (request.deleteEmbeddedObject) {
    const id = request.deleteEmbeddedObject.objectId;
    for (const sheet of book.sheets) sheet.charts = sheet.charts.filter(chart => chart.chartId !== id);
    return {};
  }
  if (request.addNamedRange) {
    const wanted = request.addNamedRange.namedRange ?? {};
    if (book.namedRanges.some(one => one.name === wanted.name))
      throw new Refused(`Named range ${wanted.name} already exists.`);
    const made = { ...wanted, namedRangeId: wanted.namedRangeId ?? `nr${book.namedRanges.length + 1}` };
    book.namedRanges.push(made);
    return { addNamedRange: { namedRange: made } };
  }
  if (request.deleteNamedRange) {
    const id = request.deleteNamedRange.namedRangeId;
    book.namedRanges = book.namedRanges.filter(one => one.namedRangeId !== id);
    return {};
  }
  return undefined;
}

function addSheet(book: Book, properties: sheets_v4.Schema$SheetProperties): sheets_v4.Schema$Response {
  const title = properties.title ?? `工作表${book.sheets.length + 1}`;
  if (book.sheets.some(one => one.title === title)) {
    throw new Refused(
      `Invalid requests[0].addSheet: A sheet with the name "${title}" already exists. Please enter another name.`,
    );
  }
  const id = properties.sheetId ?? freeId(book.sheets.map(one => one.id));
  if (book.sheets.some(one => one.id === id))
    throw new Refused(`Invalid requests: a sheet with ID ${id} already exists.`);
  const grid = properties.gridProperties ?? {};
  const sheet = newSheet(id, title, grid.rowCount ?? 1000, grid.columnCount ?? 26);
  sheet.frozenRows = grid.frozenRowCount ?? 0;
  sheet.frozenColumns = grid.frozenColumnCount ?? 0;
  sheet.hidden = properties.hidden ?? false;
  sheet.tabColor = properties.tabColorStyle ?? undefined;
  const index = properties.index ?? book.sheets.length;
  book.sheets.splice(index, 0, sheet);
  checkSize(book);
  return { addSheet: { properties: { ...properties, sheetId: id, title, index } } };
}

function setSheetProperties(
  book: Book,
  sheet: SheetState,
  properties: sheets_v4.Schema$SheetProperties,
  mask: Mask,
): void {
  if (mask.has('title')) {
    if (book.sheets.some(one => one !== sheet && one.title === properties.title)) {
      throw new Refused(`A sheet with the name "${properties.title}" already exists.`);
    }
    sheet.title = properties.title ?? sheet.title;
  }
  if (mask.has('hidden')) sheet.hidden = properties.hidden ?? false;
  if (mask.has('tabColorStyle')) sheet.tabColor = properties.tabColorStyle ?? undefined;
  const grid = mask.get('gridProperties');
  if (grid === undefined) return;
  const wanted = properties.gridProperties ?? {};
  const all = grid.size === 0;
  if (all || grid.has('frozenRowCount')) sheet.frozenRows = wanted.frozenRowCount ?? 0;
  if (all || grid.has('frozenColumnCount')) sheet.frozenColumns = wanted.frozenColumnCount ?? 0;
  if (sheet.frozenRows >= sheet.rowCount) throw new Refused("You can't freeze all visible rows on the sheet.");
  if (all || grid.has('rowCount')) {
    const count = positive(wanted.rowCount);
    while (sheet.rows.length < count) sheet.rows.push(newRow());
    sheet.rows.length = count;
    sheet.rowCount = count;
  }
  if (all || grid.has('columnCount')) {
    const count = positive(wanted.columnCount);
    while (sheet.columns.length < count) sheet.columns.push(newLine());
    sheet.columns.length = count;
    for (const row of sheet.rows) if (row.cells.length > count) row.cells.length = count;
    sheet.columnCount = count;
  }
  checkSize(book);
}

function updateCells(
  book: Book,
  request: sheets_v4.Schema$UpdateCellsRequest,
  caller: string,
): sheets_v4.Schema$Response {
  const mask = maskOf(request.fields);
  const rows = request.rows ?? [];
  const width = rows.reduce((most, row) => Math.max(most, row.values?.length ?? 0), 0);
  const sheet = sheetOf(book, request.range ? request.range.sheetId : request.start?.sheetId);
  let span: Span;
  if (request.range) span = spanOf(sheet, request.range);
  else {
    const top = request.start?.rowIndex ?? 0;
    const left = request.start?.columnIndex ?? 0;
    span = { top, left, bottom: top + rows.length, right: left + width };
    if (span.bottom > sheet.rowCount || span.right > sheet.columnCount) {
      throw new Refused(
        `Range (${sheet.title}!R${span.bottom}C${span.right}) exceeds grid limits. Max rows: ${sheet.rowCount}, max columns: ${sheet.columnCount}`,
      );
    }
  }
  guard(book, sheet, span, caller);
  for (let row = span.top; row < span.bottom; row++) {
    const values = rows[row - span.top]?.values;
    const end = request.range ? span.right : span.left + (values?.length ?? 0);
    for (let col = span.left; col < end; col++) setCell(sheet, row, col, values?.[col - span.left] ?? {}, mask);
  }
  return {};
}

function setCell(sheet: SheetState, row: number, col: number, next: sheets_v4.Schema$CellData, mask: Mask): void {
  const line = sheet.rows[row];
  if (line === undefined) throw new Refused(`Range exceeds grid limits. Max rows: ${sheet.rowCount}`);
  const old = line.cells[col];
  const cell: sheets_v4.Schema$CellData = { ...old };
  if ((mask.has('*') || mask.has('userEnteredValue')) && !isCovered(sheet, row, col)) {
    const value = next.userEnteredValue;
    if ((value?.stringValue?.length ?? 0) > TEXT_LIMIT) {
      throw new Refused(`Your input contains more than the maximum of ${TEXT_LIMIT} characters in a single cell.`);
    }
    if (value && Object.keys(value).length > 0) cell.userEnteredValue = value;
    else delete cell.userEnteredValue;
  }
  const format = mask.get('userEnteredFormat');
  if (mask.has('*') || format !== undefined) {
    const wanted = next.userEnteredFormat ?? {};
    if (format === undefined || format.size === 0) cell.userEnteredFormat = wanted;
    else {
      const merged: Record<string, unknown> = { ...cell.userEnteredFormat };
      for (const name of format.keys()) {
        const entry = Object.entries(wanted).find(([key]) => key === name);
        if (entry === undefined) delete merged[name];
        else merged[name] = entry[1];
      }
      cell.userEnteredFormat = merged;
    }
    if (Object.keys(cell.userEnteredFormat ?? {}).length === 0) delete cell.userEnteredFormat;
  }
  if (mask.has('*') || mask.has('note')) {
    if (next.note) cell.note = next.note;
    else delete cell.note;
  }
  if (mask.has('*') || mask.has('dataValidation')) {
    if (next.dataValidation) cell.dataValidation = next.dataValidation;
    else delete cell.dataValidation;
  }
  const kept: CellState | undefined = Object.keys(cell).length === 0 ? undefined : cell;
  if (kept === undefined && col >= line.cells.length) return;
  while (line.cells.length < col) line.cells.push(undefined);
  line.cells[col] = kept;
}

/** Throws the service's own refusal when somebody else's protection covers a cell of the span. */
function guard(book: Book, sheet: SheetState, span: Span, caller: string): void {
  if (caller === book.owner) return;
  for (const protection of sheet.protections) {
    if (protection.warningOnly === true || protection.editors?.users?.includes(caller) === true) continue;
    if (!touches(spanOf(sheet, protection.range), span)) continue;
    const free = (protection.unprotectedRanges ?? []).map(range => spanOf(sheet, range));
    if (free.some(open => covers(open, span))) continue;
    throw new Refused(
      'You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if you need to edit.',
    );
  }
}

export function sheetOf(book: Book, sheetId: number | null | undefined): SheetState {
  const sheet = book.sheets.find(one => one.id === (sheetId ?? 0));
  if (sheet === undefined) throw new Refused(`No grid with id: ${sheetId ?? 0}`);
  return sheet;
}

export function spanOf(sheet: SheetState, range: sheets_v4.Schema$GridRange | null | undefined): Span {
  const span = {
    top: range?.startRowIndex ?? 0,
    left: range?.startColumnIndex ?? 0,
    bottom: range?.endRowIndex ?? sheet.rowCount,
    right: range?.endColumnIndex ?? sheet.columnCount,
  };
  if (
    span.top > sheet.rowCount ||
    span.left > sheet.columnCount ||
    span.bottom > sheet.rowCount ||
    span.right > sheet.columnCount
  ) {
    throw new Refused(`Range exceeds grid limits. Max rows: ${sheet.rowCount}, max columns: ${sheet.columnCount}`);
  }
  return span;
}

function dimensionOf(
  book: Book,
  range: sheets_v4.Schema$DimensionRange | undefined,
): { sheet: SheetState; dimension: 'ROWS' | 'COLUMNS'; from: number; to: number } {
  const sheet = sheetOf(book, range?.sheetId);
  const dimension = range?.dimension === 'COLUMNS' ? 'COLUMNS' : 'ROWS';
  const size = dimension === 'ROWS' ? sheet.rowCount : sheet.columnCount;
  const from = range?.startIndex ?? 0;
  const to = range?.endIndex ?? size;
  if (to <= from) throw new Refused('Invalid range: endIndex must be greater than startIndex.');
  return { sheet, dimension, from, to };
}

function place(book: Book, metadata: sheets_v4.Schema$DeveloperMetadata): sheets_v4.Schema$DeveloperMetadata[] {
  const location = metadata.location ?? {};
  if (location.spreadsheet === true) return book.metadata;
  if (location.dimensionRange) {
    const { sheet, dimension, from, to } = dimensionOf(book, location.dimensionRange);
    const line = (dimension === 'ROWS' ? sheet.rows : sheet.columns)[from];
    if (to - from !== 1 || line === undefined)
      throw new Refused('Developer metadata must be on one row or one column.');
    return line.metadata;
  }
  return sheetOf(book, location.sheetId).metadata;
}

function allMetadata(book: Book): sheets_v4.Schema$DeveloperMetadata[] {
  return [
    ...book.metadata,
    ...book.sheets.flatMap(sheet => [
      ...sheet.metadata,
      ...sheet.columns.flatMap(line => line.metadata),
      ...sheet.rows.flatMap(line => line.metadata),
    ]),
  ];
}

function findProtection(
  book: Book,
  id: number | null | undefined,
): { sheet: SheetState; protection: sheets_v4.Schema$ProtectedRange } {
  for (const sheet of book.sheets) {
    const protection = sheet.protections.find(one => one.protectedRangeId === id);
    if (protection !== undefined) return { sheet, protection };
  }
  throw new Refused(`No protected range with ID: ${id}.`);
}

function maskOf(fields: string | null | undefined): Mask {
  if (!fields) throw new Refused('Invalid requests: must specify at least one field to update.');
  return parseMask(fields);
}

function positive(count: number | null | undefined): number {
  if (typeof count !== 'number' || count <= 0) throw new Refused('Invalid value: must be greater than 0.');
  return count;
}

function checkSize(book: Book): void {
  const cells = book.sheets.reduce((sum, sheet) => sum + sheet.rowCount * sheet.columnCount, 0);
  if (cells > CELL_LIMIT) {
    throw new Refused(
      `This action would increase the number of cells in the workbook above the limit of ${CELL_LIMIT} cells.`,
    );
  }
}

function freeId(taken: readonly (number | null | undefined)[]): number {
  let id = 1;
  while (taken.includes(id)) id++;
  return id;
}

function touches(a: Span, b: Span): boolean {
  return a.top < b.bottom && b.top < a.bottom && a.left < b.right && b.left < a.right;
}

function covers(outer: Span, inner: Span): boolean {
  return (
    outer.top <= inner.top && outer.bottom >= inner.bottom && outer.left <= inner.left && outer.right >= inner.right
  );
}

/** Is there anything for a person to see in this cell? */
export function isFilled(cell: CellState | undefined): boolean {
  return cellText(cell) !== '';
}
