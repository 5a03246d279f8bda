import type { Content, Style } from '../../model/plan.js';
import { ByteWriter } from './byte-writer.js';
import { type RowIndex, sharedIndex } from './cell-decoder.js';
import { cellXml, isNumeric } from './cell-xml.js';
import { type RawRow, RowScanner } from './row-scanner.js';
import { DATE_FORMAT, GENERAL, type StyleBook } from './styles-write.js';
import { attribute, parseXml } from './xml-tree.js';

/** What is to stand in one cell. Without `style` the cell keeps the one it has, or takes its left neighbour's. */
export type CellWrite = { readonly content: Content; readonly style?: Style };

/** Row number → column → what is to stand there. */
export type CellWrites = ReadonlyMap<number, ReadonlyMap<number, CellWrite>>;

export type SplicedRows = {
  readonly bytes: Buffer;
  /** A formula was overwritten with something else: the list of formulas (calcChain) no longer holds. */
  readonly formulaGone: boolean;
  /** A cell that may not be overwritten alone, when there is one. */
  readonly blocked: { readonly row: number; readonly col: number } | undefined;
};

export type RowsToSplice = {
  readonly bytes: Buffer;
  readonly prefix: string;
  readonly index: RowIndex;
  /** From behind `<sheetData>` to `</sheetData>`. */
  readonly start: number;
  readonly end: number;
  /** Cells per shared formula that refer to its master. */
  readonly clones: ReadonlyMap<string, number>;
  readonly date1904: boolean;
};

type Present = {
  readonly col: number;
  readonly start: number;
  readonly end: number;
  readonly style: number;
  /** The `<f …>` tag, when there is a formula. */
  readonly formula: string | undefined;
};

/** The rows of a sheet with these cells put in; every byte between them is copied as it is. */
export function spliceRows(sheet: RowsToSplice, writes: CellWrites, styles: StyleBook): SplicedRows {
  const { bytes, prefix, index, date1904 } = sheet;
  const scanner = new RowScanner(bytes, prefix);
  const out = new ByteWriter(sheet.end - sheet.start + writes.size * 512);
  const formulas = new OverwrittenFormulas(sheet.clones);
  let copied = sheet.start;

  const merged = (
    row: number,
    present: readonly Present[],
    wanted: ReadonlyMap<number, CellWrite>,
    from: number,
  ): number => {
    let at = from;
    let neighbour = 0;
    let next = 0;
    const columns = [...wanted.keys()].sort((a, b) => a - b);
    for (const col of columns) {
      const write = wanted.get(col);
      if (write === undefined) continue;
      for (let cell = present[next]; cell !== undefined && cell.col < col; cell = present[++next])
        neighbour = cell.style;
      const old = present[next]?.col === col ? present[next] : undefined;
      const insertAt = old?.start ?? present[next]?.start;
      if (insertAt !== undefined) {
        out.copy(bytes, at, insertAt);
        at = old?.end ?? insertAt;
      } else {
        const end = Math.max(at, present.at(-1)?.end ?? at);
        out.copy(bytes, at, end);
        at = end;
      }
      if (old?.formula !== undefined) formulas.overwrite(row, col, old.formula, write.content.kind === 'formula');
      if (old !== undefined) next++;
      const base = old?.style ?? neighbour;
      if (write.style === undefined) neighbour = base;
      if (write.content.kind === 'blank' && old === undefined && write.style === undefined) continue;
      const style = write.style === undefined ? base : styles.styleFor(write.style);
      out.text(cellXml(prefix, row, col, fitting(style, write.content, styles), write.content, date1904));
    }
    return at;
  };

  const newRow = (row: number, wanted: ReadonlyMap<number, CellWrite>): void => {
    out.text(`<${prefix}row r="${row}">`);
    merged(row, [], wanted, 0);
    out.text(`</${prefix}row>`);
  };

  const pending = [...writes].sort(([a], [b]) => a - b);
  let next = 0;
  for (let i = 0; i < index.numbers.length && next < pending.length; i++) {
    const number = index.numbers.at(i);
    for (let entry = pending[next]; entry !== undefined && entry[0] < number; entry = pending[++next]) {
      out.copy(bytes, copied, index.starts.at(i));
      copied = index.starts.at(i);
      newRow(...entry);
    }
    const entry = pending[next];
    if (entry === undefined || entry[0] !== number) continue;
    next++;
    const wanted = entry[1];
    const { raw, present, innerEnd } = cellsOf(scanner, bytes, index.starts.at(i), number);
    out.copy(bytes, copied, raw.start);
    writeRowTag(out, bytes, raw, wanted);
    const at = merged(number, present, wanted, raw.innerStart);
    if (raw.selfClosing) out.text(`</${prefix}row>`);
    else out.copy(bytes, at, innerEnd);
    copied = innerEnd;
  }
  out.copy(bytes, copied, sheet.end);
  for (const entry of pending.slice(next)) newRow(...entry);
  return { bytes: out.bytes(), formulaGone: formulas.gone, blocked: formulas.blocked() };
}

function cellsOf(
  scanner: RowScanner,
  bytes: Buffer,
  start: number,
  number: number,
): { raw: RawRow; present: Present[]; innerEnd: number } {
  const present: Present[] = [];
  const found: { raw?: RawRow } = {};
  let innerEnd = start;
  scanner.scanRow(start, number, {
    startRow: row => {
      found.raw = row;
    },
    cell: cell => {
      const formula = cell.formulaTag < 0 ? undefined : bytes.toString('utf8', cell.formulaTag, cell.formulaStart);
      present.push({ col: cell.col, start: cell.start, end: cell.end, style: cell.style, formula });
    },
    endRow: end => {
      innerEnd = end;
    },
  });
  if (found.raw === undefined) throw new Error(`row ${number} is not where it was`);
  return { raw: found.raw, present, innerEnd };
}

/** The start tag of a row, opened when it closed itself, its `spans` widened when it has any. */
function writeRowTag(out: ByteWriter, bytes: Buffer, row: RawRow, wanted: ReadonlyMap<number, CellWrite>): void {
  const end = row.selfClosing ? row.innerStart - 2 : row.innerStart;
  const spans =
    row.spansStart < 0 ? null : /^(\d+):(\d+)$/.exec(bytes.toString('latin1', row.spansStart, row.spansEnd));
  if (spans === null) {
    out.copy(bytes, row.start, end);
  } else {
    let first = Number(spans[1]);
    let last = Number(spans[2]);
    for (const [col, write] of wanted) {
      if (write.content.kind === 'blank' && write.style === undefined) continue;
      if (col < first) first = col;
      if (col > last) last = col;
    }
    out.copy(bytes, row.start, row.spansStart);
    out.text(`${first}:${last}`);
    out.copy(bytes, row.spansEnd, end);
  }
  if (row.selfClosing) out.text('>');
}

/** A date needs a format that shows one, and a number one that shows none: else it would be read as the other. */
function fitting(style: number, content: Content, styles: StyleBook): number {
  const kind = styles.dateKindOf(style);
  if (content.kind === 'date') return kind === 'day' ? style : styles.withFormat(style, DATE_FORMAT);
  if (kind !== 'none' && isNumeric(content)) return styles.withFormat(style, GENERAL);
  return style;
}

/** Keeps account of formulas that are overwritten, and of those that must not be, because other cells live on them. */
class OverwrittenFormulas {
  gone = false;
  private readonly masters = new Map<string, { row: number; col: number }>();
  private readonly overwrittenClones = new Map<string, number>();
  private reachesFurther: { row: number; col: number } | undefined;

  constructor(private readonly clones: ReadonlyMap<string, number>) {}

  overwrite(row: number, col: number, tag: string, withFormula: boolean): void {
    if (!withFormula) this.gone = true;
    if (!/\st\s*=/.test(tag)) return;
    const element = parseXml(tag.replace(/<[^\s>/]+/, '<f'), { openEnded: true });
    const type = attribute(element, 't');
    const reference = attribute(element, 'ref');
    if (type === 'dataTable' || (type === 'array' && reference?.includes(':') === true))
      this.reachesFurther ??= { row, col };
    const si = sharedIndex(tag);
    if (si === undefined) return;
    if (reference === undefined) this.overwrittenClones.set(si, (this.overwrittenClones.get(si) ?? 0) + 1);
    else this.masters.set(si, { row, col });
  }

  /** An array's first cell, a data table, or the master of a shared formula of which other cells remain. */
  blocked(): { readonly row: number; readonly col: number } | undefined {
    if (this.reachesFurther !== undefined) return this.reachesFurther;
    for (const [si, place] of this.masters) {
      if ((this.clones.get(si) ?? 0) > (this.overwrittenClones.get(si) ?? 0)) return place;
    }
    return undefined;
  }
}
