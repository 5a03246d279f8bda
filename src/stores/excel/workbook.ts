import { createHash } from 'node:crypto';
import type { Area, Grid, GridSheet } from '../../model/grid.js';
import { type Markers, readMarkers } from './markers.js';
import type { DateKind } from './number-formats.js';
import { openPackage, type Package, relationships, tree, xmlFault } from './package.js';
import { noSharedStrings, readSharedStrings } from './shared-strings.js';
import { areaOf, readSheet, type SheetContent } from './sheet-part.js';
import { refuseWhatIsNoZip } from './sniff.js';
import { dateKindsOfStyles } from './styles-read.js';
import { readWorkbookPart, type SheetEntry, type WorkbookPart } from './workbook-part.js';
import { attribute, type XmlElement } from './xml-tree.js';
import { openZip } from './zip-read.js';

/** A workbook as it was read: the grid for everyone else, the rest for writing. */
export type Workbook = {
  readonly revision: string;
  readonly pack: Package;
  readonly book: WorkbookPart;
  readonly markers: Markers;
  readonly sheets: readonly Sheet[];
  readonly dateKinds: readonly DateKind[];
  readonly grid: Grid;
};

export type Sheet = {
  readonly entry: SheetEntry;
  readonly content: SheetContent;
  readonly tables: readonly Table[];
};

/** A table (Ctrl+T) of a sheet. */
export type Table = { readonly part: string; readonly xml: string; readonly root: XmlElement; readonly area: Area };

/** SHA-256 of a file. */
export function revisionOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** @throws StoreError with what is wrong with the file and what to do. */
export async function readWorkbook(bytes: Buffer, path: string): Promise<Workbook> {
  refuseWhatIsNoZip(bytes, path);
  const pack = openPackage(await openZip(bytes, path));
  try {
    return readPackage(pack, revisionOf(bytes));
  } catch (error) {
    throw xmlFault(error, path, 'workbook');
  }
}

function readPackage(pack: Package, revision: string): Workbook {
  const { path } = pack;
  const book = readWorkbookPart(pack);
  const { stringsPart, stylesPart } = book;
  const strings =
    stringsPart === undefined ? noSharedStrings(path) : readSharedStrings(pack.bytes(stringsPart), path, stringsPart);
  const dateKinds = stylesPart === undefined ? [] : dateKindsOfStyles(tree(pack.text(stylesPart), path, stylesPart));
  const markers = readMarkers(book.names);
  const sheets = book.sheets
    .filter(entry => entry.isWorksheet)
    .map((entry): Sheet => {
      const content = readSheet({
        path,
        sheet: entry.name,
        bytes: pack.bytes(entry.part),
        strings,
        dateKinds,
        date1904: book.date1904,
      });
      return { entry, content, tables: tablesOf(pack, entry.part) };
    });
  const grid: Grid = {
    source: path,
    revision,
    ...(markers.ledgerId === undefined ? {} : { ledgerId: markers.ledgerId }),
    ...(markers.lastRun === undefined ? {} : { lastRun: markers.lastRun }),
    sheets: sheets.map(sheet => gridSheet(sheet, markers)),
  };
  return { revision, pack, book, markers, sheets, dateKinds, grid };
}

function gridSheet({ entry, content, tables }: Sheet, markers: Markers): GridSheet {
  const key = entry.name.toLowerCase();
  const role = markers.roles.get(key);
  const columns = [...(markers.columns.get(key) ?? [])].map(([name, at]): [string, number] => [name, at.col]);
  const filter = content.filter ?? largest(tables.map(table => table.area));
  return {
    name: entry.name,
    hidden: entry.hidden,
    rows: content.rows,
    merges: content.merges,
    ...(role === undefined ? {} : { role }),
    markers: new Map(columns),
    ...(filter === undefined ? {} : { filter }),
  };
}

/** Of several tables on a sheet the one that holds the most cells: a ledger beside small look-up tables. */
function largest(areas: readonly Area[]): Area | undefined {
  let best: Area | undefined;
  for (const area of areas) if (best === undefined || cells(area) > cells(best)) best = area;
  return best;
}

function cells(area: Area): number {
  return (area.bottom - area.top + 1) * (area.right - area.left + 1);
}

function tablesOf(pack: Package, sheetPart: string): readonly Table[] {
  const tables: Table[] = [];
  for (const { type, part } of relationships(pack, sheetPart)) {
    if (type !== 'table' || part === undefined) continue;
    const xml = pack.text(part);
    const root = tree(xml, pack.path, part);
    const area = areaOf(attribute(root, 'ref') ?? '');
    if (area !== undefined) tables.push({ part, xml, root, area });
  }
  return tables;
}
