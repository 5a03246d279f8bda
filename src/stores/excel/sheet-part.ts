import type { Area, GridRow } from '../../model/grid.js';
import { columnNumber } from '../../model/grid.js';
import { type DecodeContext, type RowIndex, rowDecoder } from './cell-decoder.js';
import { tree, xmlFault } from './package.js';
import { refuse } from './refusals.js';
import { MAX_COL, MAX_ROW, RowScanner } from './row-scanner.js';
import { attribute, child, childrenNamed, type XmlElement } from './xml-tree.js';

/**
 * The part of a worksheet in three pieces: what stands before the rows, the rows (bytes), what stands after them.
 * `head` ends behind `<sheetData>`, `tail` begins at `</sheetData>`. When the sheet has no rows at all
 * (`<sheetData/>`), the head ends before that tag and the tail begins behind it: `rowsTag` is then its range.
 */
export type SheetPart = {
  readonly bytes: Buffer;
  readonly head: string;
  readonly headRoot: XmlElement;
  readonly tail: string;
  readonly tailRoot: XmlElement;
  /** What is put before `tail` so that it can be read as XML of its own. */
  readonly tailOffset: number;
  /** Prefix of the root element, with its colon, or ''. */
  readonly prefix: string;
  readonly rowsStart: number;
  readonly rowsEnd: number;
  readonly emptyTag: boolean;
};

export type SheetContent = {
  readonly part: SheetPart;
  readonly rows: readonly GridRow[];
  readonly index: RowIndex;
  readonly clones: ReadonlyMap<string, number>;
  readonly merges: readonly Area[];
  /** Range of the sheet's own filter. */
  readonly filter: Area | undefined;
};

/**
 * Cuts a worksheet into its pieces and walks over its rows with `decode`.
 * @throws StoreError when it is not well-formed.
 */
export function readSheet(context: DecodeContext): SheetContent {
  const { bytes, path, sheet } = context;
  const opening = openSheet(bytes, path, sheet);
  const decoder = rowDecoder(context);
  let rowsEnd = opening.rowsStart;
  let decoded: ReturnType<typeof decoder.finish>;
  try {
    if (!opening.emptyTag) rowsEnd = new RowScanner(bytes, opening.prefix).scan(opening.rowsStart, decoder.sink);
    decoded = decoder.finish();
  } catch (error) {
    throw xmlFault(error, path, sheet);
  }
  const part = closeSheet(bytes, opening, rowsEnd, path, sheet);
  return {
    part,
    rows: decoded.rows,
    index: decoded.index,
    clones: decoded.clones,
    merges: merges(part),
    filter: filterOf(part),
  };
}

type Opening = {
  readonly head: string;
  readonly headRoot: XmlElement;
  readonly prefix: string;
  readonly rowsStart: number;
  readonly emptyTag: boolean;
};

/** Everything up to the first row. */
export function openSheet(bytes: Buffer, path: string, sheet: string): Opening {
  const beginning = bytes.toString('latin1', 0, Math.min(bytes.length, 65_536));
  const rootName =
    /<(?![?!])([^\s>/]+)/.exec(beginning.replace(/<!--[\s\S]*?-->/g, c => ' '.repeat(c.length)))?.[1] ?? '';
  const prefix = rootName.includes(':') ? rootName.slice(0, rootName.indexOf(':') + 1) : '';
  const tag = sheetDataTag(bytes, prefix);
  if (tag === undefined) {
    // No rows: still a sheet when the rest is well-formed, else this says what is wrong.
    const head = bytes.toString('utf8');
    const headRoot = tree(head, path, sheet);
    if (headRoot.local !== 'worksheet') throw refuse('broken-xml', path, sheet);
    throw refuse('broken-xml', path, `${sheet}: sheetData`);
  }
  const tagEnd = bytes.indexOf('>', tag, 'latin1') + 1;
  const emptyTag = bytes[tagEnd - 2] === 0x2f;
  const headEnd = emptyTag ? tag : tagEnd;
  const head = bytes.toString('utf8', 0, headEnd);
  const headRoot = tree(head, path, sheet, { openEnded: true });
  const inner = headRoot.children.at(-1);
  // The tag found must be the real one: a child of the root, not something inside a comment or another element.
  const genuine = emptyTag
    ? headRoot.innerEnd === head.length
    : inner?.local === 'sheetData' && inner.innerStart === head.length && inner.namespace === headRoot.namespace;
  if (headRoot.local !== 'worksheet' || !genuine) throw refuse('broken-xml', path, sheet);
  return { head, headRoot, prefix, rowsStart: tagEnd, emptyTag };
}

function sheetDataTag(bytes: Buffer, prefix: string): number | undefined {
  const name = `<${prefix}sheetData`;
  for (let at = bytes.indexOf(name, 0, 'latin1'); at >= 0; at = bytes.indexOf(name, at + 1, 'latin1')) {
    const next = bytes[at + name.length] ?? 0;
    if (next === 0x3e || next === 0x2f || next === 0x20 || next === 0x0a || next === 0x0d || next === 0x09) return at;
  }
  return undefined;
}

function closeSheet(bytes: Buffer, opening: Opening, rowsEnd: number, path: string, sheet: string): SheetPart {
  const tail = bytes.toString('utf8', rowsEnd);
  // The tail closes elements that the head opened: with their start tags before it, it is XML of its own.
  const rootTag = opening.head.slice(opening.headRoot.start, opening.headRoot.innerStart);
  const before = opening.emptyTag ? rootTag : `${rootTag}<${opening.prefix}sheetData>`;
  const tailRoot = tree(before + tail, path, sheet);
  return {
    bytes,
    head: opening.head,
    headRoot: opening.headRoot,
    tail,
    tailRoot,
    tailOffset: before.length,
    prefix: opening.prefix,
    rowsStart: opening.rowsStart,
    rowsEnd,
    emptyTag: opening.emptyTag,
  };
}

function merges(part: SheetPart): readonly Area[] {
  const list = child(part.tailRoot, 'mergeCells');
  if (list === undefined) return [];
  const areas: Area[] = [];
  for (const merge of childrenNamed(list, 'mergeCell')) {
    const area = areaOf(attribute(merge, 'ref') ?? '');
    if (area !== undefined) areas.push(area);
  }
  return areas;
}

function filterOf(part: SheetPart): Area | undefined {
  const filter = child(part.tailRoot, 'autoFilter');
  return filter === undefined ? undefined : areaOf(attribute(filter, 'ref') ?? '');
}

/** `A1:C3` or `A1`, with or without dollars; undefined for anything else or beyond a sheet's limits. */
export function areaOf(reference: string): Area | undefined {
  const found = /^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/.exec(reference);
  if (found === null) return undefined;
  const left = columnNumber(found[1] ?? '');
  const top = Number(found[2]);
  const right = found[3] === undefined ? left : columnNumber(found[3]);
  const bottom = found[4] === undefined ? top : Number(found[4]);
  if (top < 1 || bottom > MAX_ROW || right > MAX_COL || bottom < top || right < left) return undefined;
  return { top, left, bottom, right };
}
