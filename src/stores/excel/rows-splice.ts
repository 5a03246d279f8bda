import type { Content, Style } from '../../model/plan.js';
import type { ByteWriter } from './byte-writer.js';
import type { RowIndex } from './cell-decoder.js';
import { cellXml, isNumeric } from './cell-xml.js';
import { OverwrittenFormulas } from './overwritten-formulas.js';
import { type RawRow, RowScanner } from './row-scanner.js';
import { DATE_FORMAT, GENERAL, type StyleBook } from './styles-write.js';

/** What is to stand in one cell. Without `style` the cell keeps the one it has, or takes its left neighbour's. */
export type CellWrite = { readonly content: Content; readonly style?: Style };

/** Row number → column → what is to stand there. */
export type CellWrites = ReadonlyMap<number, ReadonlyMap<number, CellWrite>>;

export type SplicedRows = {
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

/** A cell that is there, at or behind the first column that is to be written. */
type Present = {
  readonly col: number;
  readonly start: number;
  readonly end: number;
  readonly style: number;
  /** The `<f …>` tag, when there is a formula. */
  readonly formula: string | undefined;
};

type Columns = ReadonlyMap<number, CellWrite>;

/** Writes the rows of a sheet with these cells put in; every byte between them is copied as it is. */
export function spliceRows(out: ByteWriter, sheet: RowsToSplice, writes: CellWrites, styles: StyleBook): SplicedRows {
  const { bytes, index } = sheet;
  const splicer = new RowSplicer(out, sheet, styles);
  const pending = [...writes].sort(([a], [b]) => a - b);
  let next = 0;
  let copied = sheet.start;
  for (let i = 0; i < index.numbers.length && next < pending.length; i++) {
    const number = index.numbers.at(i);
    for (let entry = pending[next]; entry !== undefined && entry[0] < number; entry = pending[++next]) {
      out.copy(bytes, copied, index.starts.at(i));
      copied = index.starts.at(i);
      splicer.newRow(...entry);
    }
    const entry = pending[next];
    if (entry === undefined || entry[0] !== number) continue;
    next++;
    out.copy(bytes, copied, index.starts.at(i));
    copied = splicer.changeRow(i, entry[1]);
  }
  out.copy(bytes, copied, sheet.end);
  for (const entry of pending.slice(next)) splicer.newRow(...entry);
  return { formulaGone: splicer.formulas.gone, blocked: splicer.formulas.blocked() };
}

/** Puts cells into one row at a time. */
class RowSplicer {
  readonly formulas: OverwrittenFormulas;
  private readonly scanner: RowScanner;

  constructor(
    private readonly out: ByteWriter,
    private readonly sheet: RowsToSplice,
    private readonly styles: StyleBook,
  ) {
    this.formulas = new OverwrittenFormulas(sheet.clones);
    this.scanner = new RowScanner(sheet.bytes, sheet.prefix);
  }

  newRow(row: number, wanted: Columns): void {
    const { prefix } = this.sheet;
    this.out.text(`<${prefix}row r="${row}">`);
    this.cells(row, [], wanted, 0, 0);
    this.out.text(`</${prefix}row>`);
  }

  /** Writes the row at this place of the index; returns where it ends in the old bytes, its end tag not counted. */
  changeRow(at: number, wanted: Columns): number {
    const { bytes, index } = this.sheet;
    const [row, start, end] = [index.numbers.at(at), index.starts.at(at), index.innerEnds.at(at)];
    let first = Number.POSITIVE_INFINITY;
    for (const col of wanted.keys()) first = Math.min(first, col);
    // Columns of ours stand right of everything else: on first contact no cell of the row need be looked at.
    if (first > index.lastCols.at(at)) {
      const tag = this.scanner.rowTag(start, row);
      writeRowTag(this.out, bytes, tag, wanted);
      this.finishRow(tag, end, this.cells(row, [], wanted, tag.innerStart, end, index.lastStyles.at(at)));
      return end;
    }
    return this.changeCells(row, start, first, wanted);
  }

  private changeCells(row: number, start: number, first: number, wanted: Columns): number {
    const { bytes } = this.sheet;
    const present: Present[] = [];
    let neighbour = 0;
    let tag: RawRow | undefined;
    let end = start;
    this.scanner.scanRow(start, row, {
      startRow: raw => {
        tag = raw;
        writeRowTag(this.out, bytes, raw, wanted);
      },
      cell: cell => {
        if (cell.col < first) neighbour = cell.style;
        else {
          const formula = cell.formulaTag < 0 ? undefined : bytes.toString('utf8', cell.formulaTag, cell.formulaStart);
          present.push({ col: cell.col, start: cell.start, end: cell.end, style: cell.style, formula });
        }
      },
      endRow: innerEnd => {
        end = innerEnd;
      },
    });
    if (tag !== undefined) this.finishRow(tag, end, this.cells(row, present, wanted, tag.innerStart, end, neighbour));
    return end;
  }

  private finishRow(tag: RawRow, end: number, copied: number): void {
    this.out.copy(this.sheet.bytes, copied, end);
    // A row that closed itself has been opened; its end tag is not among the old bytes.
    if (tag.selfClosing) this.out.text(`</${this.sheet.prefix}row>`);
  }

  /** Writes what stands between `from` and the last cell written; returns how far the old bytes are copied. */
  private cells(
    row: number,
    present: readonly Present[],
    wanted: Columns,
    from: number,
    end: number,
    left = 0,
  ): number {
    const { bytes, prefix, date1904 } = this.sheet;
    let at = from;
    let neighbour = left;
    let next = 0;
    for (const [col, write] of ascending(wanted)) {
      for (let cell = present[next]; cell !== undefined && cell.col < col; cell = present[++next])
        neighbour = cell.style;
      const following = present[next];
      const old = following?.col === col ? following : undefined;
      const until = following?.start ?? end;
      this.out.copy(bytes, at, until);
      at = old?.end ?? until;
      if (old !== undefined) next++;
      if (old?.formula !== undefined) this.formulas.overwrite(row, col, old.formula, write.content.kind === 'formula');
      const base = old?.style ?? neighbour;
      if (write.style === undefined) neighbour = base;
      if (old === undefined && leavesNothing(write)) continue;
      const style = write.style === undefined ? base : this.styles.styleFor(write.style);
      this.out.text(cellXml(prefix, row, col, fitting(style, write.content, this.styles), write.content, date1904));
    }
    return at;
  }
}

/** A plan names its cells in the order of the columns, nearly always. */
function ascending(wanted: Columns): Iterable<readonly [number, CellWrite]> {
  let last = 0;
  for (const col of wanted.keys()) {
    if (col < last) return [...wanted].sort(([a], [b]) => a - b);
    last = col;
  }
  return wanted;
}

/** Nothing to hold and nothing to show: such a cell need not be there. */
export function leavesNothing(write: CellWrite): boolean {
  return write.content.kind === 'blank' && write.style === undefined;
}

/** The start tag of a row, opened when it closed itself, its `spans` widened when it has any. */
function writeRowTag(out: ByteWriter, bytes: Buffer, row: RawRow, wanted: ReadonlyMap<number, CellWrite>): void {
  const end = row.selfClosing ? row.innerStart - 2 : row.innerStart;
  const colon = row.spansStart < 0 ? -1 : bytes.indexOf(COLON, row.spansStart);
  const before = digits(bytes, row.spansStart, colon);
  const until = digits(bytes, colon + 1, row.spansEnd);
  if (before === undefined || until === undefined) {
    out.copy(bytes, row.start, end);
  } else {
    let first = before;
    let last = until;
    wanted.forEach((write, col) => {
      if (leavesNothing(write)) return;
      if (col < first) first = col;
      if (col > last) last = col;
    });
    out.copy(bytes, row.start, row.spansStart);
    out.text(`${first}:${last}`);
    out.copy(bytes, row.spansEnd, end);
  }
  if (row.selfClosing) out.text('>');
}

const COLON = 0x3a;

/** A number of up to nine digits and nothing else. */
function digits(bytes: Buffer, start: number, end: number): number | undefined {
  if (start < 0 || end <= start || end - start > 9) return undefined;
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}

/** A date needs a format that shows one, and a number one that shows none: else it would be read as the other. */
function fitting(style: number, content: Content, styles: StyleBook): number {
  const kind = styles.dateKindOf(style);
  if (content.kind === 'date') return kind === 'day' ? style : styles.withFormat(style, DATE_FORMAT);
  if (kind !== 'none' && isNumeric(content)) return styles.withFormat(style, GENERAL);
  return style;
}
