import { type Area, a1, areaText, quotedSheet } from '../../model/grid.js';
import type { ImageCell, ImageRow, SheetImage } from '../../model/plan.js';
import { cellXml, isNumeric } from './cell-xml.js';
import type { CellWrites } from './rows-splice.js';
import { DATE_FORMAT, GENERAL, type StyleBook } from './styles-write.js';
import { escapeAttribute } from './xml-tree.js';

/** The namespaces of the workbook that a new sheet is made for. */
export type Flavour = { readonly main: string; readonly relationships: string; readonly date1904: boolean };

/** What people added to a sheet of ours and what stays when it is replaced: references to drawings and comments. */
export type KeptObjects = readonly string[];

/** A4, in the standard's list of paper sizes. */
const PAPER_A4 = 9;
/** Excel's limit for the list of a drop-down. */
const MAX_CHOICES = 255;

/** A whole sheet of ours. The same image gives the same bytes. */
export function sheetImageXml(image: SheetImage, styles: StyleBook, flavour: Flavour, kept: KeptObjects = []): string {
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
    `<worksheet xmlns="${flavour.main}" xmlns:r="${flavour.relationships}">`,
    `<sheetPr>${image.tabColor === undefined ? '' : `<tabColor rgb="FF${image.tabColor}"/>`}<pageSetUpPr fitToPage="1"/></sheetPr>`,
    `<dimension ref="${areaText(extent(image))}"/>`,
    sheetView(image),
    '<sheetFormatPr defaultRowHeight="15"/>',
    columns(image.widths),
    `<sheetData>${image.rows.map((row, index) => rowXml(row, index + 1, styles, flavour.date1904)).join('')}</sheetData>`,
    merges(image.merges),
    bars(image),
    choices(image),
    links(image),
    '<printOptions horizontalCentered="1"/>',
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>',
    `<pageSetup paperSize="${PAPER_A4}"${image.landscape ? ' orientation="landscape"' : ''} fitToHeight="0"/>`,
    '<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter>',
    ...kept,
    '</worksheet>',
  ].join('');
}

/** The contents of an image by place, as they will be read again. */
export function imageContents(image: SheetImage): CellWrites {
  const rows = new Map<number, ReadonlyMap<number, ImageCell>>();
  image.rows.forEach((row, index) => {
    const cells = new Map<number, ImageCell>();
    row.cells.forEach((cell, at) => {
      if (cell !== undefined) cells.set(at + 1, cell);
    });
    rows.set(index + 1, cells);
  });
  return rows;
}

function extent(image: SheetImage): Area {
  let right = 1;
  for (const row of image.rows) right = Math.max(right, row.cells.length);
  return { top: 1, left: 1, bottom: Math.max(1, image.rows.length), right };
}

function sheetView(image: SheetImage): string {
  const frozen = image.frozenRows;
  const top = a1(frozen + 1, 1);
  const pane =
    frozen === 0
      ? ''
      : `<pane ySplit="${frozen}" topLeftCell="${top}" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="${top}" sqref="${top}"/>`;
  return `<sheetViews><sheetView showGridLines="0" workbookViewId="0"${pane === '' ? '/>' : `>${pane}</sheetView>`}</sheetViews>`;
}

function columns(widths: readonly number[]): string {
  if (widths.length === 0) return '';
  const cols = widths.map(
    (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  return `<cols>${cols.join('')}</cols>`;
}

function rowXml(row: ImageRow, number: number, styles: StyleBook, date1904: boolean): string {
  const height = row.height === undefined ? '' : ` ht="${row.height}" customHeight="1"`;
  let cells = '';
  row.cells.forEach((cell, index) => {
    if (cell === undefined || (cell.content.kind === 'blank' && cell.style === undefined)) return;
    cells += cellXml('', number, index + 1, styleOf(cell, styles), cell.content, date1904);
  });
  if (cells === '' && height === '') return '';
  return `<row r="${number}"${height}>${cells}</row>`;
}

function styleOf(cell: ImageCell, styles: StyleBook): number {
  const style = cell.style === undefined ? 0 : styles.styleFor(cell.style);
  const kind = styles.dateKindOf(style);
  if (cell.content.kind === 'date') return kind === 'day' ? style : styles.withFormat(style, DATE_FORMAT);
  if (kind !== 'none' && isNumeric(cell.content)) return styles.withFormat(style, GENERAL);
  return style;
}

function merges(areas: readonly Area[]): string {
  if (areas.length === 0) return '';
  return `<mergeCells count="${areas.length}">${areas.map(a => `<mergeCell ref="${areaText(a)}"/>`).join('')}</mergeCells>`;
}

/** Bars from 0 to 1: without fixed ends Excel would draw the longest bar for the largest value, however small. */
function bars(image: SheetImage): string {
  return image.bars
    .map(
      ({ area, color }, index) =>
        `<conditionalFormatting sqref="${areaText(area)}"><cfRule type="dataBar" priority="${index + 1}">` +
        `<dataBar minLength="0" maxLength="100"><cfvo type="num" val="0"/><cfvo type="num" val="1"/><color rgb="FF${color}"/></dataBar>` +
        '</cfRule></conditionalFormatting>',
    )
    .join('');
}

function choices(image: SheetImage): string {
  const lists = image.choices ?? [];
  if (lists.length === 0) return '';
  const rules = lists.map(({ area, values }) => {
    const list = values.join(',').replaceAll('"', '""');
    if (list.length > MAX_CHOICES) throw new Error(`a drop-down of more than ${MAX_CHOICES} characters`);
    return (
      `<dataValidation type="list" allowBlank="1" showInputMessage="1" showErrorMessage="1" sqref="${areaText(area)}">` +
      `<formula1>${escapeAttribute(`"${list}"`)}</formula1></dataValidation>`
    );
  });
  return `<dataValidations count="${rules.length}">${rules.join('')}</dataValidations>`;
}

function links(image: SheetImage): string {
  const found: string[] = [];
  image.rows.forEach((row, rowIndex) => {
    row.cells.forEach((cell, colIndex) => {
      if (cell?.link === undefined) return;
      const { sheet, row: toRow, col } = cell.link;
      const location = `${quotedSheet(sheet)}!${a1(toRow, col)}`;
      found.push(`<hyperlink ref="${a1(rowIndex + 1, colIndex + 1)}" location="${escapeAttribute(location)}"/>`);
    });
  });
  return found.length === 0 ? '' : `<hyperlinks>${found.join('')}</hyperlinks>`;
}
