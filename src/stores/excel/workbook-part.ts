import { type Package, relationships, tree } from './package.js';
import { refuse } from './refusals.js';
import {
  attribute,
  child,
  childrenNamed,
  isTrue,
  prefixedAttribute,
  textOf,
  wholeNumber,
  type XmlElement,
} from './xml-tree.js';

/** What workbook.xml says, and where it says it. */
export type WorkbookPart = {
  readonly part: string;
  readonly xml: string;
  readonly root: XmlElement;
  readonly sheets: readonly SheetEntry[];
  readonly names: readonly DefinedName[];
  readonly date1904: boolean;
  readonly structureLocked: boolean;
  /** ISO strict flavour of the standard: other namespaces and relationship types. */
  readonly strict: boolean;
  readonly stylesPart: string | undefined;
  readonly stringsPart: string | undefined;
  readonly calcChainPart: string | undefined;
};

export type SheetEntry = {
  readonly name: string;
  readonly sheetId: number;
  readonly relationship: string;
  readonly hidden: boolean;
  /** Chart sheets, dialogs and old macro sheets hold no cells. */
  readonly isWorksheet: boolean;
  readonly part: string;
  readonly element: XmlElement;
};

/** What a sheet may be, by the type of its relationship. */
const SHEET_TYPES = ['worksheet', 'chartsheet', 'dialogsheet', 'xlMacrosheet', 'xlIntlMacrosheet'];

export type DefinedName = {
  readonly name: string;
  /** Index into `sheets` for a name that belongs to one sheet. */
  readonly localSheet: number | undefined;
  readonly formula: string;
  readonly element: XmlElement;
};

const MAX_SHEETS = 1000;
const CONTENT_TYPES = '[Content_Types].xml';

const MAIN_NAMESPACES = new Set([
  'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
  'http://purl.oclc.org/ooxml/spreadsheetml/main',
]);

/** @throws StoreError when the package holds no workbook, or one that may not be read or written. */
export function readWorkbookPart(pack: Package): WorkbookPart {
  const part = workbookName(pack);
  const xml = pack.text(part);
  const root = tree(xml, pack.path, part);
  if (!MAIN_NAMESPACES.has(root.namespace) || root.local !== 'workbook') throw refuse('not-a-workbook', pack.path);
  const related = relationships(pack, part);
  if (related.some(r => r.type === 'revisionHeaders')) throw refuse('shared-workbook', pack.path);
  // A workbook whose styles are lost would read as numbers where dates stand: nothing that is named may be missing.
  const partOf = (type: string): string | undefined => {
    const found = related.find(r => r.type === type)?.part;
    const missing =
      found === undefined ? unreferenced(pack, type) : pack.entry(found) === undefined ? found : undefined;
    if (missing !== undefined) throw refuse('missing-part', pack.path, missing);
    return found;
  };
  // The list of formulas is only a cache, and some programs leave a reference to one that is gone.
  const chain = related.find(r => r.type === 'calcChain')?.part;
  const list = child(root, 'sheets');
  const sheetElements = list === undefined ? [] : childrenNamed(list, 'sheet');
  if (sheetElements.length === 0) throw refuse('missing-part', pack.path, 'sheets');
  if (sheetElements.length > MAX_SHEETS) throw refuse('too-many-sheets', pack.path, String(sheetElements.length));
  const relatedById = new Map(related.map(r => [r.id, r]));
  const sheets = sheetElements.map((element): SheetEntry => {
    const name = attribute(element, 'name') ?? '';
    const relationship = prefixedAttribute(element, 'id') ?? '';
    const target = relatedById.get(relationship);
    if (target?.part === undefined || pack.entry(target.part) === undefined) {
      throw refuse('missing-part', pack.path, name);
    }
    // A sheet that is none would be left out without a word.
    if (!SHEET_TYPES.includes(target.type)) throw refuse('broken-sheet', pack.path, name);
    return {
      name,
      sheetId: wholeNumber(element, 'sheetId') ?? 0,
      relationship,
      hidden: ['hidden', 'veryHidden'].includes(attribute(element, 'state') ?? ''),
      isWorksheet: target.type === 'worksheet',
      part: target.part,
      element,
    };
  });
  if (new Set(sheets.map(s => s.part.toLowerCase())).size < sheets.length) throw refuse('broken-sheet', pack.path);
  const properties = child(root, 'workbookPr');
  const protection = child(root, 'workbookProtection');
  return {
    part,
    xml,
    root,
    sheets,
    names: definedNames(xml, root),
    date1904: properties !== undefined && isTrue(attribute(properties, 'date1904')),
    structureLocked: protection !== undefined && isTrue(attribute(protection, 'lockStructure')),
    strict: root.namespace.startsWith('http://purl.oclc.org/'),
    stylesPart: partOf('styles'),
    stringsPart: partOf('sharedStrings'),
    calcChainPart: chain !== undefined && pack.entry(chain) !== undefined ? chain : undefined,
  };
}

function workbookName(pack: Package): string {
  const mimetype = pack.entry('mimetype');
  if (mimetype !== undefined && /opendocument/.test(mimetype.data.toString('latin1', 0, 100)))
    throw refuse('ods', pack.path);
  const isOffice = pack.entry(CONTENT_TYPES) !== undefined;
  if (!isOffice && pack.entry('_rels/.rels') === undefined) {
    const looksLikeOne = pack.zip.entries.some(entry => /^xl\//i.test(entry.name));
    throw refuse(looksLikeOne ? 'missing-part' : 'not-a-workbook', pack.path, looksLikeOne ? CONTENT_TYPES : undefined);
  }
  if (!isOffice) throw refuse('missing-part', pack.path, CONTENT_TYPES);
  const types = pack.text(CONTENT_TYPES);
  tree(types, pack.path, CONTENT_TYPES);
  const roots = relationships(pack, '');
  if (roots.some(r => r.type === 'origin' && /digital-signature/.test(attribute(r.element, 'Type') ?? ''))) {
    throw refuse('signed', pack.path);
  }
  const part = roots.find(r => r.type === 'officeDocument')?.part;
  if (part === undefined) throw refuse('missing-part', pack.path, 'officeDocument');
  if (/sheet\.binary\.macroEnabled/.test(types) && /\.bin$/i.test(part)) throw refuse('xlsb', pack.path);
  if (/^(word|ppt|visio)\//i.test(part)) throw refuse('other-office', pack.path);
  if (pack.entry(part) === undefined) throw refuse('missing-part', pack.path, part);
  return part;
}

/** A part that the package declares to be of this type, and to which nothing leads. */
function unreferenced(pack: Package, type: string): string | undefined {
  const overrides = childrenNamed(tree(pack.text(CONTENT_TYPES), pack.path, CONTENT_TYPES), 'Override');
  const declared = overrides.find(one => attribute(one, 'ContentType')?.endsWith(`.${type}+xml`));
  const name = declared === undefined ? undefined : attribute(declared, 'PartName')?.replace(/^\//, '');
  return name === undefined || pack.entry(name) === undefined ? undefined : name;
}

function definedNames(xml: string, root: XmlElement): readonly DefinedName[] {
  const list = child(root, 'definedNames');
  if (list === undefined) return [];
  return childrenNamed(list, 'definedName').map(element => {
    const local = attribute(element, 'localSheetId');
    return {
      name: attribute(element, 'name') ?? '',
      localSheet: local === undefined ? undefined : Number(local),
      formula: textOf(xml, element),
      element,
    };
  });
}
