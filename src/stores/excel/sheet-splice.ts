import { type Area, a1, areaText } from '../../model/grid.js';
import { ByteWriter } from './byte-writer.js';
import { type CellWrites, leavesNothing, type SplicedRows, spliceRows } from './rows-splice.js';
import { areaOf, type SheetContent, type SheetPart } from './sheet-part.js';
import type { StyleBook } from './styles-write.js';
import {
  appendInside,
  attribute,
  child,
  childrenNamed,
  type Splice,
  setAttribute,
  splice,
  type XmlElement,
} from './xml-tree.js';

/** What is to change in one worksheet that is not ours as a whole. */
export type SheetChange = {
  readonly cells: CellWrites;
  readonly widths: readonly { readonly col: number; readonly width: number; readonly hidden: boolean }[];
  readonly merges: readonly Area[];
  /** New range of the sheet's own filter. */
  readonly filter: Area | undefined;
};

export type SplicedSheet = SplicedRows & { readonly bytes: Buffer };

/** Bytes that a cell of ours takes at most, beside its text; only to reserve room once. */
const ROOM_PER_CELL = 160;

/** The sheet part with the change spliced in; everything else is the same bytes. */
export function spliceSheet(
  content: SheetContent,
  change: SheetChange,
  styles: StyleBook,
  date1904: boolean,
): SplicedSheet {
  const { part, index, clones } = content;
  const { prefix, bytes } = part;
  let cells = 0;
  for (const row of change.cells.values()) cells += row.size;
  const out = new ByteWriter(bytes.length + cells * ROOM_PER_CELL + part.tail.length);
  out.text(splice(part.head, [...widenDimension(part, change.cells), ...columnSplices(part, change.widths)]));
  // `<sheetData/>` stays as it is unless rows come into it.
  const opened = part.emptyTag && cells > 0;
  if (opened) out.text(`<${prefix}sheetData>`);
  else if (part.emptyTag) out.copy(bytes, Buffer.byteLength(part.head, 'utf8'), part.rowsStart);
  const rows = spliceRows(
    out,
    { bytes, prefix, index, start: part.rowsStart, end: part.rowsEnd, clones, date1904 },
    change.cells,
    styles,
  );
  if (opened) out.text(`</${prefix}sheetData>`);
  out.text(splice(part.tail, tailSplices(part, change)));
  return { bytes: out.bytes(), formulaGone: rows.formulaGone, blocked: rows.blocked };
}

/** `<dimension>` is a hint that readers may trust for sizing, so it grows with what is written. */
function widenDimension(part: SheetPart, writes: CellWrites): readonly Splice[] {
  const element = child(part.headRoot, 'dimension');
  const area = element === undefined ? undefined : areaOf(attribute(element, 'ref') ?? '');
  if (element === undefined || area === undefined) return [];
  let { top, left, bottom, right } = area;
  for (const [row, cells] of writes) {
    for (const [col, write] of cells) {
      if (leavesNothing(write)) continue;
      top = Math.min(top, row);
      bottom = Math.max(bottom, row);
      left = Math.min(left, col);
      right = Math.max(right, col);
    }
  }
  if (top === area.top && bottom === area.bottom && left === area.left && right === area.right) return [];
  return [setAttribute(element, 'ref', areaText({ top, left, bottom, right }))];
}

/** Excel's `width` counts the cell's padding too: 5 of 7 pixels of a digit. */
const PADDING = 5 / 7;

/**
 * Gives columns their width. A `<col>` that spans more columns than ours is cut in pieces, which keep what it says.
 */
function columnSplices(part: SheetPart, widths: SheetChange['widths']): readonly Splice[] {
  if (widths.length === 0) return [];
  const p = part.prefix;
  const own = (col: number, width: number, hidden: boolean): string =>
    `<${p}col min="${col}" max="${col}" width="${(width + PADDING).toFixed(4)}"${hidden ? ' hidden="1"' : ''} customWidth="1"/>`;
  const ordered = [...widths].sort((a, b) => a.col - b.col);
  const list = child(part.headRoot, 'cols');
  if (list === undefined || list.children.length === 0) {
    const text = `<${p}cols>${ordered.map(w => own(w.col, w.width, w.hidden)).join('')}</${p}cols>`;
    if (list !== undefined) return [{ start: list.start, end: list.end, text }];
    const rows = child(part.headRoot, 'sheetData');
    const at = rows?.start ?? part.head.length;
    return [{ start: at, end: at, text }];
  }
  const splices: Splice[] = [];
  const placed = new Set<number>();
  for (const element of list.children) {
    const min = Number(attribute(element, 'min'));
    const max = Number(attribute(element, 'max'));
    const inside = ordered.filter(w => w.col >= min && w.col <= max);
    if (inside.length === 0) continue;
    let text = '';
    let from = min;
    for (const width of inside) {
      placed.add(width.col);
      if (width.col > from) text += ranged(part.head, element, from, width.col - 1);
      text += own(width.col, width.width, width.hidden);
      from = width.col + 1;
    }
    if (from <= max) text += ranged(part.head, element, from, max);
    splices.push({ start: element.start, end: element.end, text });
  }
  for (const width of ordered) {
    if (placed.has(width.col)) continue;
    const next = list.children.find(element => Number(attribute(element, 'min')) > width.col);
    const at = next?.start ?? list.innerEnd;
    splices.push({ start: at, end: at, text: own(width.col, width.width, width.hidden) });
  }
  return splices;
}

function ranged(xml: string, element: XmlElement, min: number, max: number): string {
  const text = xml.slice(element.start, element.end);
  const moved = (name: string, value: number): Splice => {
    const { start, end, text: set } = setAttribute(element, name, String(value));
    return { start: start - element.start, end: end - element.start, text: set };
  };
  return splice(text, [moved('min', min), moved('max', max)]);
}

/** What may stand between the rows and the merged cells (ECMA-376 part 1, 18.3.1.99). */
const BEFORE_MERGES = new Set([
  'sheetData',
  'sheetCalcPr',
  'sheetProtection',
  'protectedRanges',
  'scenarios',
  'autoFilter',
  'sortState',
  'dataConsolidate',
  'customSheetViews',
]);

function tailSplices(part: SheetPart, change: SheetChange): readonly Splice[] {
  const splices: Splice[] = [];
  const filter = child(part.tailRoot, 'autoFilter');
  if (change.filter !== undefined && filter !== undefined)
    splices.push(setAttribute(filter, 'ref', areaText(change.filter)));
  if (change.merges.length > 0) splices.push(...mergeSplices(part, change.merges));
  return splices.map(s => ({ ...s, start: s.start - part.tailOffset, end: s.end - part.tailOffset }));
}

function mergeSplices(part: SheetPart, merges: readonly Area[]): readonly Splice[] {
  const p = part.prefix;
  const cells = merges.map(area => `<${p}mergeCell ref="${areaText(area)}"/>`).join('');
  const list = child(part.tailRoot, 'mergeCells');
  const whole = ' '.repeat(part.tailOffset) + part.tail;
  if (list !== undefined) {
    const total = childrenNamed(list, 'mergeCell').length + merges.length;
    const count = attribute(list, 'count') === undefined ? [] : [setAttribute(list, 'count', String(total))];
    return [...count, appendInside(whole, list, cells)];
  }
  const text = `<${p}mergeCells count="${merges.length}">${cells}</${p}mergeCells>`;
  const before = part.tailRoot.children.filter(element => BEFORE_MERGES.has(element.local)).at(-1);
  const at = Math.max(before?.end ?? 0, part.tailOffset);
  return [{ start: at, end: at, text }];
}

/** `A1` of the top left corner, for messages. */
export function placeText(sheet: string, at: { readonly row: number; readonly col: number }): string {
  return `${sheet}!${a1(at.row, at.col)}`;
}
