import { type Area, a1, areaText, cellAt } from '../../model/grid.js';
import type { Plan, SheetImage } from '../../model/plan.js';
import { COLUMN_MARKER, ID_MARKER, RUN_MARKER, SHEET_MARKER } from './markers.js';
import { tree } from './package.js';
import {
  absolute,
  editPackage,
  flavourOf,
  freeSheetName,
  freshSheetPart,
  freshStylesPart,
  type NameWrite,
  type NewSheet,
  requireOpenStructure,
} from './package-edit.js';
import { refuse } from './refusals.js';
import type { CellWrite, CellWrites } from './rows-splice.js';
import { imageContents, type KeptObjects, sheetImageXml } from './sheet-image-xml.js';
import { areaOf } from './sheet-part.js';
import { placeText, type SheetChange, spliceSheet } from './sheet-splice.js';
import { emptyStyles, type StyleBook, styleBook } from './styles-write.js';
import { widenTable } from './table-splice.js';
import type { Sheet, Workbook } from './workbook.js';

export type Built = {
  /** Parts that are new or differ from what the package holds. */
  readonly parts: ReadonlyMap<string, Uint8Array>;
  readonly removed: ReadonlySet<string>;
  /** What was written into each sheet part, and must be read back from it. */
  readonly written: ReadonlyMap<string, CellWrites>;
  readonly styles: StyleBook;
  /** Cells written, those of own sheets not counted. */
  readonly cells: number;
};

type Draft = {
  readonly parts: Map<string, Uint8Array>;
  readonly written: Map<string, CellWrites>;
  readonly names: NameWrite[];
  readonly newSheets: NewSheet[];
  formulaGone: boolean;
  cells: number;
};

/**
 * All parts as they are to be after the plan. Pure: nothing is written.
 * @throws StoreError for what the workbook does not allow (locked structure, array formulas in our way).
 */
export function buildPlan(workbook: Workbook, plan: Plan): Built {
  const { pack, book } = workbook;
  const newStylesPart = book.stylesPart === undefined ? freshStylesPart(pack, book) : undefined;
  const stylesPart = book.stylesPart ?? newStylesPart ?? '';
  const stylesXml = newStylesPart === undefined ? pack.text(stylesPart) : emptyStyles(book.root.namespace);
  const styles = styleBook(stylesXml, tree(stylesXml, pack.path, stylesPart));
  const draft: Draft = {
    parts: new Map(),
    written: new Map(),
    names: [
      { name: ID_MARKER, formula: `"${plan.ledgerId}"`, hidden: true },
      ...(plan.run === undefined ? [] : [{ name: RUN_MARKER, formula: `"${plan.run}"`, hidden: true }]),
    ],
    newSheets: [],
    formulaGone: false,
    cells: 0,
  };
  requireSheets(workbook, plan);
  for (const sheet of workbook.sheets) spliceEdits(workbook, plan, sheet, styles, draft);
  for (const image of plan.images) placeImage(workbook, image, styles, draft);
  for (const { sheet, key, headerRow, col } of plan.columns) {
    draft.names.push({ name: COLUMN_MARKER + key, formula: absolute(sheet, a1(headerRow, col)), hidden: true });
  }
  const changedStyles = styles.changed();
  const needsStyles = changedStyles !== undefined && newStylesPart !== undefined;
  if (changedStyles !== undefined) draft.parts.set(stylesPart, Buffer.from(changedStyles, 'utf8'));
  const dropCalcChain = draft.formulaGone && book.calcChainPart !== undefined;
  const small = editPackage(pack, book, {
    names: draft.names,
    newSheets: draft.newSheets,
    dropCalcChain,
    newStylesPart: needsStyles ? newStylesPart : undefined,
  });
  for (const [part, xml] of small) draft.parts.set(part, Buffer.from(xml, 'utf8'));
  const removed = new Set<string>();
  if (dropCalcChain) removed.add(pack.entry(book.calcChainPart ?? '')?.name ?? '');
  return {
    parts: onlyChanged(workbook, draft.parts),
    removed,
    written: draft.written,
    styles,
    cells: draft.cells,
  };
}

/** The revision is the one the plan was made for, so a sheet that is not there is a mistake of the planner. */
function requireSheets(workbook: Workbook, plan: Plan): void {
  const present = new Set(workbook.sheets.map(sheet => sheet.entry.name));
  const missing =
    plan.columns.find(column => !present.has(column.sheet))?.sheet ??
    plan.edits.find(edit => !present.has(edit.at.sheet))?.at.sheet;
  if (missing !== undefined) throw new Error(`the plan writes to a sheet that is not there: ${missing}`);
}

/** Parts by the names that their entries have, those left out that are what they were. */
function onlyChanged(workbook: Workbook, parts: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, Uint8Array> {
  const changed = new Map<string, Uint8Array>();
  for (const [part, bytes] of parts) {
    const entry = workbook.pack.entry(part);
    if (entry === undefined || entry.size !== bytes.length || !workbook.pack.bytes(part).equals(bytes)) {
      changed.set(entry?.name ?? part, bytes);
    }
  }
  return changed;
}

function spliceEdits(workbook: Workbook, plan: Plan, sheet: Sheet, styles: StyleBook, draft: Draft): void {
  const { name, part } = sheet.entry;
  const cells = new Map<number, Map<number, CellWrite>>();
  const put = (row: number, col: number, write: CellWrite): void => {
    const ofRow = cells.get(row) ?? new Map<number, CellWrite>();
    ofRow.set(col, write);
    cells.set(row, ofRow);
    draft.cells += 1;
  };
  const columns = plan.columns.filter(column => column.sheet === name);
  for (const { headerRow, headerRows, col, header, headerStyle } of columns) {
    put(headerRow, col, { content: { kind: 'text', text: header }, style: headerStyle });
    for (let row = headerRow + 1; row < headerRow + headerRows; row++) {
      put(row, col, { content: { kind: 'blank' }, style: headerStyle });
    }
  }
  for (const { at, after, style } of plan.edits) {
    if (at.sheet === name) put(at.row, at.col, { content: after, ...(style === undefined ? {} : { style }) });
  }
  const filter = widenRanges(workbook, plan, sheet, draft);
  if (cells.size === 0 && filter === undefined) return;
  const change: SheetChange = {
    cells,
    widths: columns.map(({ col, width, hidden }) => ({ col, width, hidden })),
    merges: columns
      .filter(column => column.headerRows > 1)
      .map(({ headerRow, headerRows, col }) => ({
        top: headerRow,
        left: col,
        bottom: headerRow + headerRows - 1,
        right: col,
      })),
    filter,
  };
  const spliced = spliceSheet(sheet.content, change, styles, workbook.book.date1904);
  if (spliced.blocked !== undefined) throw refuse('cell-blocked', workbook.pack.path, placeText(name, spliced.blocked));
  if (spliced.formulaGone) draft.formulaGone = true;
  draft.parts.set(part, spliced.bytes);
  draft.written.set(part, cells);
}

/**
 * Lets the sheet's filter and table take in columns of ours that stand directly at their right edge, so that sorting
 * takes them along. Returns the new range of the sheet's own filter.
 */
function widenRanges(workbook: Workbook, plan: Plan, sheet: Sheet, draft: Draft): Area | undefined {
  const { name } = sheet.entry;
  const ours = new Map(headersOfOurs(workbook, name));
  for (const { sheet: on, col, header } of plan.columns) if (on === name) ours.set(col, header);
  let filter: Area | undefined;
  for (const { sheet: on, headerRow, toCol } of plan.widen) {
    if (on !== name) continue;
    const own = sheet.content.filter;
    const wide = own === undefined ? undefined : widened(own, headerRow, toCol, ours);
    if (own !== undefined && wide !== undefined) {
      filter = wide;
      draft.names.push(...filterNames(workbook, sheet, own, wide));
    }
    for (const table of sheet.tables) {
      const wideTable = table.area.top === headerRow ? widened(table.area, headerRow, toCol, ours) : undefined;
      if (wideTable === undefined) continue;
      const headers: string[] = [];
      for (let col = table.area.right + 1; col <= wideTable.right; col++) headers.push(ours.get(col) ?? '');
      const xml = widenTable(table.xml, table.root, table.area, headers);
      if (xml !== undefined) draft.parts.set(table.part, Buffer.from(xml, 'utf8'));
    }
  }
  return filter;
}

/** Columns of ours that are there already, with the texts of their headers. */
function headersOfOurs(workbook: Workbook, name: string): readonly (readonly [number, string])[] {
  const sheet = workbook.grid.sheets.find(s => s.name === name);
  const columns = workbook.markers.columns.get(name.toLowerCase());
  if (sheet === undefined || columns === undefined) return [];
  return [...columns.values()].map(({ row, col }) => [col, cellAt(sheet, row, col)?.text ?? ''] as const);
}

/** Rows that a header may take up below `headerRow`; a filter stands on the last of them. */
const MAX_HEADER_ROWS = 4;

function widened(area: Area, headerRow: number, toCol: number, ours: ReadonlyMap<number, string>): Area | undefined {
  if (area.right >= toCol || area.top < headerRow || area.top >= headerRow + MAX_HEADER_ROWS) return undefined;
  for (let col = area.right + 1; col <= toCol; col++) if (!ours.has(col)) return undefined;
  return { ...area, right: toCol };
}

/** Excel keeps a filter's range a second time, as a hidden name of the sheet. */
function filterNames(workbook: Workbook, sheet: Sheet, old: Area, wide: Area): readonly NameWrite[] {
  const localSheet = workbook.book.sheets.indexOf(sheet.entry);
  const present = workbook.book.names.find(n => n.name === '_xlnm._FilterDatabase' && n.localSheet === localSheet);
  const area = present === undefined ? undefined : areaOf(present.formula.replace(/^.*!/, ''));
  if (present === undefined || area === undefined || areaText(area) !== areaText(old)) return [];
  const formula = absolute(sheet.entry.name, areaText(wide));
  return [{ name: present.name, localSheet, formula, hidden: true }];
}

function placeImage(workbook: Workbook, image: SheetImage, styles: StyleBook, draft: Draft): void {
  const { pack, book, markers } = workbook;
  const flavour = flavourOf(book);
  const present = workbook.sheets.find(sheet => markers.roles.get(sheet.entry.name.toLowerCase()) === image.role);
  const name = present?.entry.name ?? newName(workbook, image, draft);
  const taken = new Set(draft.newSheets.map(sheet => sheet.part));
  const part = present?.entry.part ?? freshSheetPart(pack, book, taken);
  const xml = sheetImageXml(
    image,
    styles,
    flavour,
    present === undefined ? [] : keptObjects(present, flavour.relationships),
  );
  const contents = imageContents(image);
  draft.parts.set(part, Buffer.from(xml, 'utf8'));
  draft.written.set(part, contents);
  const index =
    present === undefined ? book.sheets.length + draft.newSheets.length : book.sheets.indexOf(present.entry);
  if (present === undefined) draft.newSheets.push({ name, part });
  else if (losesFormula(present, contents)) draft.formulaGone = true;
  draft.names.push({ name: SHEET_MARKER + image.role, formula: absolute(name, 'A1'), hidden: true });
  for (const { key, col } of image.columns ?? []) {
    draft.names.push({ name: COLUMN_MARKER + key, formula: absolute(name, a1(1, col)), hidden: true });
  }
  if (image.repeatRows !== undefined) {
    const [from, to] = image.repeatRows;
    const formula = `${absolute(name, '')}$${from}:$${to}`;
    draft.names.push({ name: '_xlnm.Print_Titles', localSheet: index, formula, hidden: false });
  }
}

function newName(workbook: Workbook, image: SheetImage, draft: Draft): string {
  requireOpenStructure(workbook.pack, workbook.book);
  const present = [...workbook.book.sheets, ...draft.newSheets].map(sheet => sheet.name);
  return freeSheetName(image.name, present);
}

/** A picture or comment that somebody put on a sheet of ours stays; its parts hang on these elements. */
const KEPT = ['drawing', 'legacyDrawing', 'legacyDrawingHF', 'picture'];

function keptObjects(sheet: Sheet, relationshipNamespace: string): KeptObjects {
  const { tailRoot } = sheet.content.part;
  return KEPT.flatMap(local =>
    tailRoot.children
      .filter(element => element.local === local && element.namespace === tailRoot.namespace)
      .flatMap(element => {
        const id = element.attributes.find(a => a.name.endsWith(':id'))?.value;
        return id === undefined ? [] : [`<${local} xmlns:r="${relationshipNamespace}" r:id="${id}"/>`];
      }),
  );
}

/** The list of formulas (calcChain) must not name a cell that no longer holds one. */
function losesFormula(sheet: Sheet, contents: CellWrites): boolean {
  for (const row of sheet.content.rows) {
    const wanted = contents.get(row.number);
    let col = 0;
    for (const cell of row.cells) {
      col += 1;
      if (cell?.formula !== undefined && wanted?.get(col)?.content.kind !== 'formula') return true;
    }
  }
  return false;
}
