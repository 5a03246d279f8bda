import { type Area, areaText, type SheetRole } from '../../model/grid.js';
import { ledgerSheet } from '../../sheets/ledger.js';
import { ByteWriter } from './byte-writer.js';
import { MARKER } from './markers.js';
import { OverwrittenFormulas } from './overwritten-formulas.js';
import { relationships, relationshipsPart, tree } from './package.js';
import { CONTENT_TYPES } from './package-edit.js';
import type { Built } from './plan-build.js';
import { refuse } from './refusals.js';
import { RowScanner } from './row-scanner.js';
import type { CellWrite, CellWrites } from './rows-splice.js';
import { areaOf } from './sheet-part.js';
import { placeText } from './sheet-splice.js';
import { emptyStyles, styleBook } from './styles-write.js';
import { narrowTable } from './table-splice.js';
import type { Sheet, Workbook } from './workbook.js';
import type { SheetEntry } from './workbook-part.js';
import {
  attribute,
  child,
  childrenNamed,
  escapeText,
  removal,
  type Splice,
  setAttribute,
  splice,
  type XmlElement,
} from './xml-tree.js';

/** Sheets that the program writes. 基本信息 is known by a marker too, but the office writes it. */
const PROGRAM_SHEETS: readonly SheetRole[] = ['rollup', 'diagnostics', 'conflicts'];

/** The reviewers' columns may have been added by us; what stands in them is theirs. */
const REVIEW_COLUMNS: ReadonlySet<string> = new Set(
  ledgerSheet.columns.filter(column => column.owner === 'reviewer').map(column => column.key),
);

/**
 * The workbook without what is ours: our sheets, the cells of our columns, our names. The office's cells, styles and
 * sheets keep their bytes.
 * @throws StoreError `sheet-in-use` when a formula of the office refers to one of our sheets.
 */
export function cleanWorkbook(workbook: Workbook): Built {
  const { pack, book, markers } = workbook;
  const isOurs = (entry: SheetEntry): boolean => {
    const role = markers.roles.get(entry.name.toLowerCase());
    return entry.isWorksheet && role !== undefined && PROGRAM_SHEETS.includes(role);
  };
  const ours = book.sheets.filter(isOurs);
  requireUnused(workbook, ours);
  const parts = new Map<string, Uint8Array>();
  const written = new Map<string, CellWrites>();
  const removed = new Set<string>();
  let formulaGone = ours.length > 0;
  const put = (part: string, before: string, splices: readonly Splice[]): void => {
    if (splices.length > 0) parts.set(pack.entry(part)?.name ?? part, Buffer.from(splice(before, splices), 'utf8'));
  };

  for (const sheet of workbook.sheets) {
    const marked = [...(markers.columns.get(sheet.entry.name.toLowerCase()) ?? [])];
    const columns = new Set(marked.filter(([key]) => !REVIEW_COLUMNS.has(key)).map(([, at]) => at.col));
    if (isOurs(sheet.entry) || columns.size === 0) continue;
    const emptied = emptyColumns(sheet, columns);
    if (emptied.blocked !== undefined) {
      throw refuse('cell-blocked', pack.path, placeText(sheet.entry.name, emptied.blocked));
    }
    const name = pack.entry(sheet.entry.part)?.name ?? sheet.entry.part;
    parts.set(name, emptied.bytes);
    written.set(name, emptied.cells);
    formulaGone ||= emptied.formulaGone;
    for (const table of sheet.tables) {
      const right = rightWithout(table.area, columns);
      const xml =
        right === table.area.right
          ? undefined
          : narrowTable(table.xml, table.root, table.area, table.area.right - right);
      if (xml !== undefined) parts.set(pack.entry(table.part)?.name ?? table.part, Buffer.from(xml, 'utf8'));
    }
  }

  const gone = new Set<string>();
  for (const entry of ours) {
    for (const part of [entry.part, relationshipsPart(entry.part)]) {
      const name = pack.entry(part)?.name;
      if (name !== undefined) removed.add(name);
    }
    gone.add(entry.part.toLowerCase());
  }
  const chain = formulaGone ? book.calcChainPart : undefined;
  if (chain !== undefined) {
    removed.add(pack.entry(chain)?.name ?? chain);
    gone.add(chain.toLowerCase());
  }
  put(book.part, book.xml, workbookSplices(workbook, ours));
  const relsPart = relationshipsPart(book.part);
  const links = relationships(pack, book.part).filter(r => r.part !== undefined && gone.has(r.part.toLowerCase()));
  put(
    relsPart,
    pack.text(relsPart),
    links.map(link => removal(link.element)),
  );
  const typesXml = pack.text(CONTENT_TYPES);
  const overrides = childrenNamed(tree(typesXml, pack.path, CONTENT_TYPES), 'Override').filter(override =>
    gone.has((attribute(override, 'PartName') ?? '').replace(/^\//, '').toLowerCase()),
  );
  put(CONTENT_TYPES, typesXml, overrides.map(removal));

  const stylesXml = book.stylesPart === undefined ? emptyStyles(book.root.namespace) : pack.text(book.stylesPart);
  const styles = styleBook(stylesXml, tree(stylesXml, pack.path, book.stylesPart ?? ''));
  return { parts, removed, written, styles, cells: 0 };
}

/** A formula of the office that points to a sheet that is to go would become an error nobody announced. */
function requireUnused(workbook: Workbook, ours: readonly SheetEntry[]): void {
  if (ours.length === 0) return;
  const marks = ours.flatMap(({ name }) => [`'${name.replaceAll("'", "''")}'!`, `${name}!`]);
  const refersToOurs = (formula: string): boolean => marks.some(mark => formula.includes(mark));
  for (const { entry, content } of workbook.sheets) {
    if (ours.includes(entry)) continue;
    const columns = new Set(
      [...(workbook.markers.columns.get(entry.name.toLowerCase()) ?? [])].map(([, at]) => at.col),
    );
    for (const row of content.rows) {
      let col = 0;
      for (const cell of row.cells) {
        col += 1;
        if (cell?.formula !== undefined && !columns.has(col) && refersToOurs(cell.formula)) {
          throw refuse('sheet-in-use', workbook.pack.path, placeText(entry.name, { row: row.number, col }));
        }
      }
    }
  }
  const index = new Set(ours.map(entry => workbook.book.sheets.indexOf(entry)));
  for (const { name, formula, localSheet } of workbook.book.names) {
    const leaves = name.startsWith(MARKER) || (localSheet !== undefined && index.has(localSheet));
    if (!leaves && refersToOurs(formula)) throw refuse('sheet-in-use', workbook.pack.path, name);
  }
}

type Emptied = {
  readonly bytes: Buffer;
  readonly cells: CellWrites;
  readonly formulaGone: boolean;
  readonly blocked: { readonly row: number; readonly col: number } | undefined;
};

const BLANK: CellWrite = { content: { kind: 'blank' } };

/** The sheet without the cells of these columns, its filter, merges and column widths drawn back accordingly. */
function emptyColumns(sheet: Sheet, columns: ReadonlySet<number>): Emptied {
  const { part, clones } = sheet.content;
  const { bytes } = part;
  const out = new ByteWriter(bytes.length);
  const formulas = new OverwrittenFormulas(clones);
  const cells = new Map<number, ReadonlyMap<number, CellWrite>>();
  const blanks = new Map([...columns].map(col => [col, BLANK]));
  out.text(splice(part.head, columnRemovals(part.headRoot, columns)));
  let copied = Buffer.byteLength(part.head, 'utf8');
  if (!part.emptyTag) {
    new RowScanner(bytes, part.prefix).scan(part.rowsStart, {
      startRow: row => {
        cells.set(row.number, blanks);
      },
      cell: cell => {
        if (!columns.has(cell.col)) return;
        out.copy(bytes, copied, cell.start);
        copied = cell.end;
        if (cell.formulaTag >= 0) {
          formulas.overwrite(cell.row, cell.col, bytes.toString('utf8', cell.formulaTag, cell.formulaStart), false);
        }
      },
      endRow: () => undefined,
    });
  }
  out.copy(bytes, copied, part.rowsEnd);
  const tail = tailSplices(sheet, columns).map(s => ({
    ...s,
    start: s.start - part.tailOffset,
    end: s.end - part.tailOffset,
  }));
  out.text(splice(part.tail, tail));
  return { bytes: out.bytes(), cells, formulaGone: formulas.gone, blocked: formulas.blocked() };
}

/** A `<col>` that speaks of our columns only goes with them. */
function columnRemovals(headRoot: XmlElement, columns: ReadonlySet<number>): readonly Splice[] {
  const list = child(headRoot, 'cols');
  if (list === undefined) return [];
  const own = list.children.filter(element => {
    const min = Number(attribute(element, 'min'));
    return min === Number(attribute(element, 'max')) && columns.has(min);
  });
  return own.length === list.children.length ? [removal(list)] : own.map(removal);
}

function tailSplices(sheet: Sheet, columns: ReadonlySet<number>): readonly Splice[] {
  const { part, filter: area } = sheet.content;
  const splices: Splice[] = [];
  const filter = child(part.tailRoot, 'autoFilter');
  const right = area === undefined ? undefined : rightWithout(area, columns);
  if (filter !== undefined && area !== undefined && right !== undefined && right !== area.right) {
    splices.push(setAttribute(filter, 'ref', areaText({ ...area, right })));
    for (const column of childrenNamed(filter, 'filterColumn')) {
      if (area.left + Number(attribute(column, 'colId')) > right) splices.push(removal(column));
    }
  }
  const merges = child(part.tailRoot, 'mergeCells');
  if (merges !== undefined) {
    const own = childrenNamed(merges, 'mergeCell').filter(merge => {
      const merged = areaOf(attribute(merge, 'ref') ?? '');
      return merged !== undefined && merged.left === merged.right && columns.has(merged.left);
    });
    const left = merges.children.length - own.length;
    if (own.length > 0 && left === 0) splices.push(removal(merges));
    else if (own.length > 0) {
      splices.push(...own.map(removal));
      if (attribute(merges, 'count') !== undefined) splices.push(setAttribute(merges, 'count', String(left)));
    }
  }
  return splices;
}

/** The right edge of a range once our columns at that edge are taken off. */
function rightWithout(area: Area, columns: ReadonlySet<number>): number {
  let { right } = area;
  while (right > area.left && columns.has(right)) right -= 1;
  return right;
}

function workbookSplices(workbook: Workbook, ours: readonly SheetEntry[]): readonly Splice[] {
  const { book } = workbook;
  const splices: Splice[] = ours.map(entry => removal(entry.element));
  const gone = ours.map(entry => book.sheets.indexOf(entry)).sort((a, b) => a - b);
  const moved = (index: number): number => index - gone.filter(g => g < index).length;
  splices.push(...nameSplices(workbook, new Set(gone), moved));
  const views = child(book.root, 'bookViews');
  for (const view of views === undefined ? [] : childrenNamed(views, 'workbookView')) {
    for (const name of ['activeTab', 'firstSheet']) {
      const index = Number(attribute(view, name) ?? 0);
      // The tab that was in front may be one that goes; the one before it takes its place.
      const next = Math.max(0, gone.includes(index) ? moved(index) - 1 : moved(index));
      if (next !== index) splices.push(setAttribute(view, name, String(next)));
    }
  }
  return splices;
}

function nameSplices(
  workbook: Workbook,
  gone: ReadonlySet<number>,
  moved: (index: number) => number,
): readonly Splice[] {
  const { book } = workbook;
  const list = child(book.root, 'definedNames');
  if (list === undefined) return [];
  const splices: Splice[] = [];
  let kept = list.children.length;
  for (const { name, localSheet, element, formula } of book.names) {
    if (name.startsWith(MARKER) || (localSheet !== undefined && gone.has(localSheet))) {
      splices.push(removal(element));
      kept -= 1;
      continue;
    }
    if (localSheet === undefined) continue;
    if (moved(localSheet) !== localSheet)
      splices.push(setAttribute(element, 'localSheetId', String(moved(localSheet))));
    const narrowed = name === '_xlnm._FilterDatabase' ? narrowedFilterName(workbook, localSheet, formula) : undefined;
    if (narrowed !== undefined) splices.push({ start: element.innerStart, end: element.innerEnd, text: narrowed });
  }
  return kept === 0 ? [removal(list)] : splices;
}

function narrowedFilterName(workbook: Workbook, localSheet: number, formula: string): string | undefined {
  const entry = workbook.book.sheets[localSheet];
  const at = formula.lastIndexOf('!') + 1;
  const area = areaOf(formula.slice(at));
  if (entry === undefined || area === undefined) return undefined;
  const columns = new Set(
    [...(workbook.markers.columns.get(entry.name.toLowerCase()) ?? [])].map(([, place]) => place.col),
  );
  const right = rightWithout(area, columns);
  if (right === area.right) return undefined;
  const reference = areaText({ ...area, right }).replace(/([A-Z]+)(\d+)/g, '$$$1$$$2');
  return escapeText(formula.slice(0, at)) + reference;
}
