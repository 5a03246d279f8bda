import type { DataValidation, Style, Workbook, Worksheet } from 'exceljs';
import PizZip from 'pizzip';
import { a1, columnLetters, quotedSheet } from '../../model/grid.js';
import { heightFor } from '../../model/text-height.js';
import type { Column, KeyOf, SheetSpec } from '../../sheets/column.js';
import { type Fact, type FactKey, facts, factsSheetName, templateId, templateVersion } from '../../sheets/facts.js';
import { ledgerSheet, registerSheets, type SheetKey, type sheets } from '../../sheets/index.js';
import { authored, edge, formats, grey, ownerLooks } from './author-looks.js';
import { COLUMN_MARKER, ID_MARKER, SHEET_MARKER } from './markers.js';

/** What a new cell is to hold: decimal digits for a number, `YYYY-MM-DD` for a date; `above`: merged with the cell above. */
export type NewValue = string | { readonly number: string } | { readonly date: string } | { readonly above: true };

export type NewRow<K extends SheetKey> = { readonly [C in KeyOf<(typeof sheets)[K]>]?: NewValue };

/** A workbook to be made from the declarations. */
export type NewWorkbook = {
  /** With the registers beside 整改台账. */
  readonly full: boolean;
  /** Absent in templates: every ledger made from one gets its own. */
  readonly ledgerId?: string;
  /** Above the table: 甲市某中心巡察整改台账. */
  readonly title?: string;
  readonly facts?: { readonly [K in FactKey]?: NewValue };
  readonly rows?: { readonly [K in SheetKey]?: readonly NewRow<K>[] };
};

/** Rows of a new sheet that have drop-downs and lie inside the filter. */
const PREPARED_ROWS = 1000;
const TITLE_ROW = 1;
const LEGEND_ROW = 2;
const HEADER_ROW = 3;
const PAPER_A4 = 9;
/** Templates must come out alike whenever they are made. */
const MADE_ON = new Date(Date.UTC(2024, 0, 1));

type Marker = { readonly name: string; readonly refersTo: string };

/**
 * A new workbook as the bytes of an `.xlsx` file: 基本信息, 整改台账, with `full` the registers, and the two sheets that the
 * first sync fills. Loads exceljs, which is used for new workbooks only.
 */
export async function authorWorkbook(wanted: NewWorkbook): Promise<Buffer> {
  const { default: ExcelJS } = await import('exceljs');
  const book = new ExcelJS.Workbook();
  book.creator = 'ledger';
  book.lastModifiedBy = 'ledger';
  book.created = MADE_ON;
  book.modified = MADE_ON;
  const markers: Marker[] = [];
  const mark = (name: string, sheet: string, cell: string) =>
    markers.push({ name, refersTo: `${quotedSheet(sheet)}!${cell}` });

  addFacts(book, wanted);
  mark(`${SHEET_MARKER}facts`, factsSheetName.zh, '$A$1');
  const rows = wanted.rows ?? {};
  addTable(book, ledgerSheet, rows.ledger ?? [], wanted.title ?? '巡察整改台账', key => key, mark);
  if (wanted.full) {
    const add = <K extends Exclude<SheetKey, 'ledger'>>(key: K, list: readonly NewRow<K>[]) =>
      addTable(book, registerSheets[key], list, registerSheets[key].name.zh, column => `${key}.${column}`, mark);
    add('recoveries', rows.recoveries ?? []);
    add('policies', rows.policies ?? []);
    add('actions', rows.actions ?? []);
    add('meetings', rows.meetings ?? []);
    add('evidence', rows.evidence ?? []);
    add('claims', rows.claims ?? []);
    add('exceptions', rows.exceptions ?? []);
  }
  for (const [name, role] of [
    ['汇总', 'rollup'],
    ['校验结果', 'diagnostics'],
  ] as const) {
    addPlaceholder(book, name);
    mark(`${SHEET_MARKER}${role}`, name, '$A$1');
  }
  if (wanted.ledgerId !== undefined) markers.push({ name: ID_MARKER, refersTo: `"${wanted.ledgerId}"` });
  book.views = [{ x: 0, y: 0, width: 24_000, height: 14_000, firstSheet: 0, activeTab: 1, visibility: 'visible' }];
  return withHiddenNames(Buffer.from(await book.xlsx.writeBuffer()), markers);
}

/** exceljs cannot write hidden names nor names of constants, and ours must be both. */
function withHiddenNames(bytes: Buffer, markers: readonly Marker[]): Buffer {
  const zip = new PizZip(bytes);
  const part = 'xl/workbook.xml';
  const xml = zip.file(part)?.asText();
  if (xml === undefined) throw new Error('exceljs wrote no xl/workbook.xml');
  const names = markers
    .map(({ name, refersTo }) => `<definedName name="${name}" hidden="1">${escapeXml(refersTo)}</definedName>`)
    .join('');
  const changed = xml.includes('</definedNames>')
    ? xml.replace('</definedNames>', () => `${names}</definedNames>`)
    : xml.replace('</sheets>', () => `</sheets><definedNames>${names}</definedNames>`);
  if (changed === xml) throw new Error('xl/workbook.xml has no place for names');
  zip.file(part, changed);
  return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' });
}

function escapeXml(written: string): string {
  return written.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function addFacts(book: Workbook, wanted: NewWorkbook): void {
  const sheet = book.addWorksheet(factsSheetName.zh, {
    views: [{ state: 'frozen', ySplit: HEADER_ROW, showGridLines: false }],
  });
  sheet.getColumn(1).width = 24;
  sheet.getColumn(2).width = 60;
  sheet.mergeCells('A1:B1');
  put(sheet, 'A1', '基本信息', authored.title);
  sheet.mergeCells('A2:B2');
  put(sheet, 'A2', '先填这一页：日期、集中整改期等是校验的依据；不清楚的先留空，系统会提示还缺什么。', authored.legend);
  put(sheet, 'A3', '项目', ownerLooks.office.header);
  put(sheet, 'B3', '内容', ownerLooks.office.header);
  sheet.getRow(TITLE_ROW).height = 30;
  sheet.getRow(HEADER_ROW).height = 22;
  const written: { readonly [K in FactKey]?: NewValue } = {
    template: templateId,
    templateVersion,
    ...wanted.facts,
  };
  let row = HEADER_ROW;
  for (const fact of facts) {
    row += 1;
    const program = fact.owner === 'program';
    put(sheet, a1(row, 1), fact.header.zh, { ...authored.factLabel, ...(program ? authored.programText : {}) });
    const cell = sheet.getCell(row, 2);
    cell.style = { ...authored.factValue, ...(program ? authored.programText : {}) };
    if (fact.kind === 'date') cell.numFmt = formats.date;
    if (fact.kind === 'amount') cell.numFmt = formats.money;
    setValue(sheet, row, 2, written[fact.key]);
    sheet.getCell(row, 1).note = fact.help.zh;
    prepareFact(sheet, `B${row}`, fact);
    sheet.getRow(row).height = 22;
  }
  sheet.pageSetup = { paperSize: PAPER_A4, orientation: 'portrait', fitToPage: true, fitToWidth: 1, fitToHeight: 0 };
}

function prepareFact(sheet: Worksheet, cell: string, fact: Fact): void {
  const prompt = { showInputMessage: true, promptTitle: fact.header.zh, prompt: fact.help.zh };
  addValidation(sheet, cell, {
    type: fact.choices === undefined ? 'textLength' : 'list',
    ...(fact.choices === undefined ? { operator: 'lessThan' as const } : {}),
    formulae: fact.choices === undefined ? [1000] : [listOf(fact.choices)],
    allowBlank: true,
    showErrorMessage: false,
    ...prompt,
  });
}

/** One sheet of the workbook: title, legend, header with notes, drop-downs, formats, filter, frozen header, print set-up. */
function addTable(
  book: Workbook,
  spec: SheetSpec,
  rows: readonly { readonly [key: string]: NewValue | undefined }[],
  title: string,
  marker: (key: string) => string,
  mark: (name: string, sheet: string, cell: string) => void,
): void {
  const { columns } = spec;
  const name = spec.name.zh;
  const main = spec.key === ledgerSheet.key;
  const frozen = main ? columns.findIndex(column => column.key === 'finding') + 1 : 0;
  const sheet = book.addWorksheet(name, {
    views: [{ state: 'frozen', xSplit: frozen, ySplit: HEADER_ROW, showGridLines: false, zoomScale: 90 }],
    properties: { outlineLevelCol: columns.some(column => column.rare) ? 1 : 0 },
  });
  for (const [index, column] of columns.entries()) prepareColumn(sheet, index + 1, column);
  // Columns A to `frozen` stay in view, column A is printed on every page: the title begins beside it, or it would be cut.
  const from = main ? 2 : 1;
  const to = Math.min(columns.length, main ? 10 : 8);
  sheet.mergeCells(TITLE_ROW, from, TITLE_ROW, to);
  put(sheet, a1(TITLE_ROW, from), title, authored.title);
  sheet.mergeCells(LEGEND_ROW, from, LEGEND_ROW, to);
  put(sheet, a1(LEGEND_ROW, from), `${spec.about.zh}${main ? legend : ''}`, authored.legend);
  sheet.getRow(TITLE_ROW).height = 32;
  sheet.getRow(LEGEND_ROW).height = 20;
  sheet.getRow(HEADER_ROW).height = 34;
  const last = HEADER_ROW + Math.max(PREPARED_ROWS, rows.length);
  for (const [index, column] of columns.entries()) {
    const col = index + 1;
    const letters = columnLetters(col);
    put(sheet, a1(HEADER_ROW, col), column.header.zh, ownerLooks[column.owner].header);
    sheet.getCell(HEADER_ROW, col).note = `【${ownerLooks[column.owner].who}填写】\n${column.help.zh}`;
    if (column.choices !== undefined) {
      addValidation(sheet, `${letters}${HEADER_ROW + 1}:${letters}${last}`, dropDown(column));
    }
    if (column.owner === 'program') {
      mark(`${COLUMN_MARKER}${marker(column.key)}`, name, `$${letters}$${HEADER_ROW}`);
    }
  }
  for (const [index, row] of rows.entries()) {
    const number = HEADER_ROW + 1 + index;
    for (const [at, column] of columns.entries()) setValue(sheet, number, at + 1, row[column.key]);
    // Two lines at least in 整改台账, so that 系统提示 has room.
    sheet.getRow(number).height = rowHeight(columns, row, main ? 34 : 22);
  }
  for (const [at, column] of columns.entries()) mergeDown(sheet, at + 1, column.key, rows);
  frameFilledRows(sheet, columns, last);
  sheet.autoFilter = { from: { row: HEADER_ROW, column: 1 }, to: { row: last, column: columns.length } };
  sheet.pageSetup = {
    paperSize: PAPER_A4,
    orientation: 'landscape',
    fitToPage: true,
    fitToWidth: main ? 4 : 1,
    fitToHeight: 0,
    printTitlesRow: `${TITLE_ROW}:${HEADER_ROW}`,
    ...(main ? { printTitlesColumn: 'A:A' } : {}),
    margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.5, header: 0.3, footer: 0.3 },
    horizontalCentered: true,
  };
  sheet.headerFooter = { oddFooter: '&C&P / &N' };
}

const legend = '　蓝色栏整改办填写 · 黄色栏纪检监察机关（巡察办）填写 · 灰色斜体栏系统填写，请勿改动。';

function prepareColumn(sheet: Worksheet, col: number, column: Column): void {
  const target = sheet.getColumn(col);
  target.width = column.width;
  target.style = {
    ...ownerLooks[column.owner].body,
    alignment: {
      vertical: 'middle',
      wrapText: true,
      horizontal: column.kind === 'amount' ? 'right' : column.width <= 14 ? 'center' : 'left',
    },
    ...(column.kind === 'amount' ? { numFmt: formats.money } : {}),
    ...(column.kind === 'date' || column.kind === 'deadline' ? { numFmt: formats.date } : {}),
  };
  if (column.rare === true) {
    target.outlineLevel = 1;
    target.hidden = true;
  }
  if (column.hidden === true) target.hidden = true;
}

function dropDown(column: Column): DataValidation {
  // Status words have aliases, and other fields take free text: the list helps, it does not forbid.
  const strict = column.kind === 'measureKind' || column.kind === 'publicity' || column.kind === 'review';
  return {
    type: 'list',
    formulae: [listOf(column.choices ?? [])],
    allowBlank: true,
    showErrorMessage: strict,
    ...(strict ? { errorStyle: 'warning', errorTitle: column.header.zh, error: column.help.zh } : {}),
  };
}

function listOf(choices: readonly string[]): string {
  return `"${choices.join(',')}"`;
}

/** Lines around rows that hold something, and grey behind the program's part of them: an empty table prints as nothing. */
function frameFilledRows(sheet: Worksheet, columns: readonly Column[], last: number): void {
  const first = HEADER_ROW + 1;
  const office = columns.findLastIndex(column => column.owner === 'office') + 1;
  const filled = `COUNTA($A${first}:$${columnLetters(office)}${first})>0`;
  // Two ranges side by side, not one over the other: of overlapping rules LibreOffice applies only the first.
  const frame = (from: number, to: number, style: Partial<Style>) =>
    sheet.addConditionalFormatting({
      ref: `${columnLetters(from)}${first}:${columnLetters(to)}${last}`,
      rules: [{ type: 'expression', priority: from, formulae: [filled], style }],
    });
  const isGrey = (column: Column) => column.owner === 'program' && column.key !== colouredKey;
  let from = 1;
  for (const [index, column] of columns.entries()) {
    const next = columns[index + 1];
    if (next !== undefined && isGrey(next) === isGrey(column)) continue;
    frame(from, index + 1, isGrey(column) ? { border: edge, fill: grey } : { border: edge });
    from = index + 2;
  }
}

/** 校验情况 brings its own colours, which a conditional fill would hide. */
const colouredKey = 'checkState';

function addPlaceholder(book: Workbook, name: string): void {
  const sheet = book.addWorksheet(name, { views: [{ state: 'normal', showGridLines: false }] });
  sheet.getColumn(1).width = 80;
  put(sheet, 'A1', name, authored.title);
  put(sheet, 'A2', '填好“基本信息”和“整改台账”后运行同步，结果写在这一页。', authored.legend);
}

function put(sheet: Worksheet, cell: string, value: string, style: Partial<Style>): void {
  const target = sheet.getCell(cell);
  target.value = value;
  target.style = style;
}

function setValue(sheet: Worksheet, row: number, col: number, value: NewValue | undefined): void {
  if (value === undefined || value === '') return;
  const cell = sheet.getCell(row, col);
  if (typeof value === 'string') cell.value = value;
  else if ('above' in value) return;
  else if ('number' in value) cell.value = Number(value.number);
  else cell.value = new Date(`${value.date}T00:00:00Z`);
}

function rowHeight(
  columns: readonly Column[],
  row: { readonly [key: string]: NewValue | undefined },
  least: number,
): number {
  let height = least;
  for (const column of columns) {
    const value = row[column.key];
    if (typeof value === 'string') height = Math.max(height, heightFor(value, column.width));
  }
  return Math.min(height, 200);
}

function mergeDown(
  sheet: Worksheet,
  col: number,
  key: string,
  rows: readonly { readonly [key: string]: NewValue | undefined }[],
): void {
  let top = 0;
  for (let index = 1; index <= rows.length; index += 1) {
    const value = rows[index]?.[key];
    if (typeof value === 'object' && 'above' in value) continue;
    if (index - top > 1) sheet.mergeCells(HEADER_ROW + 1 + top, col, HEADER_ROW + index, col);
    top = index;
  }
}

/** exceljs has it and writes it as ranges, but its types do not say so. */
type Validations = { add(address: string, validation: DataValidation): void };

function addValidation(sheet: Worksheet, address: string, validation: DataValidation): void {
  if (!hasValidations(sheet)) throw new Error('exceljs has no dataValidations');
  sheet.dataValidations.add(address, validation);
}

function hasValidations(sheet: object): sheet is { readonly dataValidations: Validations } {
  return 'dataValidations' in sheet;
}
