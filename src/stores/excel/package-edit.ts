import { posix } from 'node:path';
import { quotedSheet } from '../../model/grid.js';
import { type Package, relationships, relationshipsPart, tree } from './package.js';
import { refuse } from './refusals.js';
import type { WorkbookPart } from './workbook-part.js';
import {
  appendInside,
  attribute,
  child,
  childrenNamed,
  escapeAttribute,
  escapeText,
  removal,
  type Splice,
  splice,
} from './xml-tree.js';

/** A defined name that is to be there, replacing one of the same name and scope. */
export type NameWrite = {
  readonly name: string;
  /** Index of the sheet it belongs to; absent for the whole workbook. */
  readonly localSheet?: number;
  readonly formula: string;
  readonly hidden: boolean;
};

export type NewSheet = { readonly name: string; readonly part: string };

/** What is to change in the parts that hold the package together. */
export type WorkbookEdits = {
  readonly names: readonly NameWrite[];
  readonly newSheets: readonly NewSheet[];
  readonly dropCalcChain: boolean;
  /** A styles part for a workbook that has none. */
  readonly newStylesPart: string | undefined;
};

export const CONTENT_TYPES = '[Content_Types].xml';
const WORKSHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml';
const STYLES_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml';

/** Namespaces and relationship types of the flavour that a workbook is written in. */
export function flavourOf(book: WorkbookPart): {
  readonly main: string;
  readonly relationships: string;
  readonly date1904: boolean;
} {
  return {
    main: book.root.namespace,
    relationships: book.strict
      ? 'http://purl.oclc.org/ooxml/officeDocument/relationships'
      : 'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
    date1904: book.date1904,
  };
}

/** The small parts as they are to be, by name; only those that change. */
export function editPackage(pack: Package, book: WorkbookPart, edits: WorkbookEdits): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  const put = (part: string, before: string, splices: readonly Splice[]): void => {
    if (splices.length === 0) return;
    parts.set(part, splice(before, splices));
  };
  const related = relationships(pack, book.part);
  const ids = new Set(related.map(r => r.id));
  const sheetIds = edits.newSheets.map(() => freshId(ids));
  put(book.part, book.xml, [...nameSplices(book, edits.names), ...sheetSplices(book, edits.newSheets, sheetIds)]);

  const relsPart = relationshipsPart(book.part);
  const relsXml = pack.text(relsPart);
  const relsRoot = tree(relsXml, pack.path, relsPart);
  const relation = (id: string, type: string, part: string): string => {
    const p = relsRoot.prefix === '' ? '' : `${relsRoot.prefix}:`;
    const target = posix.relative(posix.dirname(book.part), part);
    return `<${p}Relationship Id="${id}" Type="${flavourOf(book).relationships}/${type}" Target="${escapeAttribute(target)}"/>`;
  };
  const added = edits.newSheets.map((sheet, i) => relation(sheetIds[i] ?? '', 'worksheet', sheet.part));
  if (edits.newStylesPart !== undefined) added.push(relation(freshId(ids), 'styles', edits.newStylesPart));
  const chain = edits.dropCalcChain ? related.find(r => r.type === 'calcChain') : undefined;
  put(relsPart, relsXml, [
    ...(chain === undefined ? [] : [removal(chain.element)]),
    ...(added.length === 0 ? [] : [appendInside(relsXml, relsRoot, added.join(''))]),
  ]);

  const typesXml = pack.text(CONTENT_TYPES);
  put(CONTENT_TYPES, typesXml, contentTypeSplices(pack, typesXml, edits, chain?.part));
  return parts;
}

function freshId(taken: Set<string>): string {
  let n = taken.size + 1;
  while (taken.has(`rId${n}`)) n++;
  taken.add(`rId${n}`);
  return `rId${n}`;
}

function contentTypeSplices(
  pack: Package,
  xml: string,
  edits: WorkbookEdits,
  chain: string | undefined,
): readonly Splice[] {
  const root = tree(xml, pack.path, CONTENT_TYPES);
  const p = root.prefix === '' ? '' : `${root.prefix}:`;
  const override = (part: string, type: string): string =>
    `<${p}Override PartName="/${escapeAttribute(part)}" ContentType="${type}"/>`;
  const added = edits.newSheets.map(sheet => override(sheet.part, WORKSHEET_TYPE));
  if (edits.newStylesPart !== undefined) added.push(override(edits.newStylesPart, STYLES_TYPE));
  const splices: Splice[] = added.length === 0 ? [] : [appendInside(xml, root, added.join(''))];
  if (chain !== undefined) {
    const element = childrenNamed(root, 'Override').find(
      o => (attribute(o, 'PartName') ?? '').toLowerCase() === `/${chain.toLowerCase()}`,
    );
    if (element !== undefined) splices.push(removal(element));
  }
  return splices;
}

/** Excel takes no larger one. */
const LAST_SHEET_ID = 65_534;

function sheetSplices(book: WorkbookPart, sheets: readonly NewSheet[], ids: readonly string[]): readonly Splice[] {
  const list = child(book.root, 'sheets');
  if (list === undefined || sheets.length === 0) return [];
  const p = book.root.prefix === '' ? '' : `${book.root.prefix}:`;
  const used = new Set(book.sheets.map(sheet => sheet.sheetId));
  let sheetId = 0;
  for (const id of used) if (id < LAST_SHEET_ID && id > sheetId) sheetId = id;
  // Some programs declare the prefix on each <sheet> and not on the root, so a new one always declares its own.
  const elements = sheets.map((sheet, i) => {
    do sheetId += 1;
    while (used.has(sheetId));
    return `<${p}sheet xmlns:r="${flavourOf(book).relationships}" name="${escapeAttribute(sheet.name)}" sheetId="${sheetId}" r:id="${ids[i] ?? ''}"/>`;
  });
  return [appendInside(book.xml, list, elements.join(''))];
}

function nameSplices(book: WorkbookPart, names: readonly NameWrite[]): readonly Splice[] {
  const p = book.root.prefix === '' ? '' : `${book.root.prefix}:`;
  const splices: Splice[] = [];
  let added = '';
  for (const write of names) {
    const present = book.names.find(
      n => n.name.toLowerCase() === write.name.toLowerCase() && n.localSheet === write.localSheet,
    );
    if (present !== undefined) {
      if (present.formula === write.formula) continue;
      const { element } = present;
      const inner = escapeText(write.formula);
      if (element.innerEnd === element.end) splices.push(appendInside(book.xml, element, inner));
      else splices.push({ start: element.innerStart, end: element.innerEnd, text: inner });
      continue;
    }
    const local = write.localSheet === undefined ? '' : ` localSheetId="${write.localSheet}"`;
    added += `<${p}definedName name="${escapeAttribute(write.name)}"${local}${write.hidden ? ' hidden="1"' : ''}>${escapeText(write.formula)}</${p}definedName>`;
  }
  if (added === '') return splices;
  const list = child(book.root, 'definedNames');
  if (list !== undefined) return [...splices, appendInside(book.xml, list, added)];
  const before = ['externalReferences', 'functionGroups', 'sheets']
    .map(local => child(book.root, local))
    .find(e => e !== undefined);
  const at = before?.end ?? book.root.innerEnd;
  return [...splices, { start: at, end: at, text: `<${p}definedNames>${added}</${p}definedNames>` }];
}

/** A name for a new sheet part that no part of the package has: `xl/worksheets/sheet7.xml`. */
export function freshSheetPart(pack: Package, book: WorkbookPart, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const part = posix.join(posix.dirname(book.part), 'worksheets', `sheet${n}.xml`);
    if (pack.entry(part) === undefined && !taken.has(part)) return part;
  }
}

/** Where the styles of a workbook go that has none. */
export function freshStylesPart(pack: Package, book: WorkbookPart): string {
  const part = posix.join(posix.dirname(book.part), 'styles.xml');
  if (pack.entry(part) !== undefined) throw refuse('missing-part', pack.path, part);
  return part;
}

const FORBIDDEN_IN_NAME = /[:\\/?*[\]\u0000-\u001f]/g;
/** Excel's limit, in UTF-16 units. */
const MAX_SHEET_NAME = 31;

/**
 * A name under which a new sheet can be added: the one wanted, or with （系统） behind it when a sheet of the
 * office has it. Names differ by more than case.
 */
export function freeSheetName(wanted: string, present: readonly string[]): string {
  const taken = new Set(present.map(name => name.toLowerCase()));
  // Excel keeps "History" for itself.
  taken.add('history');
  const clean =
    wanted
      .replace(FORBIDDEN_IN_NAME, '')
      .replace(/^'+|'+$/g, '')
      .slice(0, MAX_SHEET_NAME) || 'ledger';
  if (!taken.has(clean.toLowerCase())) return clean;
  for (let n = 1; ; n++) {
    const suffix = n === 1 ? '（系统）' : `（系统${n}）`;
    const name = clean.slice(0, MAX_SHEET_NAME - suffix.length) + suffix;
    if (!taken.has(name.toLowerCase())) return name;
  }
}

/** `'sheet'!$A$1:$C$3`-style reference; rows and columns absolute. */
export function absolute(sheet: string, reference: string): string {
  return `${quotedSheet(sheet)}!${reference.replace(/([A-Z]+)(\d+)/g, '$$$1$$$2')}`;
}

/** @throws StoreError when the workbook's structure is locked. */
export function requireOpenStructure(pack: Package, book: WorkbookPart): void {
  if (book.structureLocked) throw refuse('structure-locked', pack.path);
}
