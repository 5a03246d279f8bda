import { isDay, serialToDay } from '../../model/day.js';
import type { Cell, GridRow } from '../../model/grid.js';
import { decodeCellText } from './cell-text.js';
import { shiftFormula } from './formula-shift.js';
import type { DateKind } from './number-formats.js';
import { Uint32List } from './number-list.js';
import { itemText } from './rich-text.js';
import { CellType, type RawCell, type RawRow, type RowSink } from './row-scanner.js';
import type { SharedStrings } from './shared-strings.js';
import { attribute, parseXml, plainText, XmlError } from './xml-tree.js';

/** Where each row of a sheet stands in its bytes; the splice finds its way by it without a second scan. */
export type RowIndex = {
  readonly numbers: Uint32List;
  readonly starts: Uint32List;
  /** Before the end tag. */
  readonly innerEnds: Uint32List;
  /** Column of the last cell, 0 in a row without cells, and the style of that cell. */
  readonly lastCols: Uint32List;
  readonly lastStyles: Uint32List;
};

export type DecodedRows = {
  readonly rows: readonly GridRow[];
  readonly index: RowIndex;
  /** Cells per shared formula that refer to it, its master not counted; by its `si`. */
  readonly clones: ReadonlyMap<string, number>;
};

export type DecodeContext = {
  readonly path: string;
  readonly sheet: string;
  readonly bytes: Buffer;
  readonly strings: SharedStrings;
  readonly dateKinds: readonly DateKind[];
  readonly date1904: boolean;
};

const UNCALCULATED: Pick<Cell, 'kind' | 'text'> = { kind: 'error', text: '#UNCALCULATED' };
const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** Numbers, too, without digits on one side of the point; so no other place here writes them. */
const SHORT_NUMBER = /^[+-]?(?:\d+\.|\.\d+)(?:[eE][+-]?\d+)?$/;
/** Up to this column a row is gathered in one array and copied at its length; a farther cell makes an array with a gap. */
const NEAR = 1024;
/** Serials of days up to the year 9999 are below this; each day is decoded once. */
const CACHED_INTEGERS = 4096;

/** Turns what the scanner finds into the rows of a grid. */
export function rowDecoder(context: DecodeContext): { readonly sink: RowSink; readonly finish: () => DecodedRows } {
  const { bytes } = context;
  const decode = cellDecoder(context);
  const rows: GridRow[] = [];
  const index: RowIndex = {
    numbers: new Uint32List(),
    starts: new Uint32List(),
    innerEnds: new Uint32List(),
    lastCols: new Uint32List(),
    lastStyles: new Uint32List(),
  };
  const near: (Cell | undefined)[] = [];
  let reached = 0;
  let far: (Cell | undefined)[] | undefined;
  let number = 0;
  let hidden = false;
  let lastCol = 0;
  let lastStyle = 0;
  const sink: RowSink = {
    startRow: (row: RawRow) => {
      number = row.number;
      hidden = row.hidden;
      reached = 0;
      far = undefined;
      lastCol = 0;
      lastStyle = 0;
      index.numbers.push(number);
      index.starts.push(row.start);
    },
    cell: raw => {
      lastCol = raw.col;
      lastStyle = raw.style;
      const cell = decode.cell(raw);
      if (cell === undefined) return;
      const at = raw.col - 1;
      if (at < NEAR) {
        while (reached < at) near[reached++] = undefined;
        near[at] = cell;
        reached = at + 1;
      } else {
        far ??= near.slice(0, reached);
        far[at] = cell;
      }
    },
    endRow: innerEnd => {
      index.innerEnds.push(innerEnd);
      index.lastCols.push(lastCol);
      index.lastStyles.push(lastStyle);
      const cells = far ?? near.slice(0, reached);
      if (cells.length > 0) rows.push({ number, hidden, cells });
    },
  };
  const finish = (): DecodedRows => {
    return { rows: rows.map(row => decode.formulasOf(row)), index, clones: decode.clones };
  };
  if (bytes.length > 0xffff_ffff) throw new XmlError('malformed', 'a sheet below 4 GB');
  return { sink, finish };
}

type Master = { readonly row: number; readonly col: number; readonly formula: string };
export type CellDecoder = {
  readonly cell: (raw: RawCell) => Cell | undefined;
  /** Resolves formulas whose master came later in the file. */
  readonly formulasOf: (row: GridRow) => GridRow;
  readonly clones: ReadonlyMap<string, number>;
};

/** Decodes one cell at a time; what cells share (texts, days, masters of formulas) is kept between calls. */
export function cellDecoder(context: DecodeContext): CellDecoder {
  const { bytes, strings, dateKinds, date1904 } = context;
  const integers: (Cell | undefined)[] = new Array(CACHED_INTEGERS);
  const days = new Map<string, Cell>();
  const masters = new Map<string, Master>();
  const clones = new Map<string, number>();
  const pending = new Map<Cell, { si: string; row: number; col: number }>();

  const characters = (start: number, end: number, plain: boolean): string => {
    const raw = bytes.toString('utf8', start, end);
    return plain ? raw : plainText(raw);
  };

  const number = (raw: RawCell): Cell => {
    const kind = dateKinds[raw.style] ?? 'none';
    if (kind === 'none' && raw.valueEnd - raw.valueStart <= 4) {
      const small = smallInteger(bytes, raw.valueStart, raw.valueEnd);
      if (small >= 0 && small < CACHED_INTEGERS) {
        const known = integers[small];
        if (known !== undefined) return known;
        const cell: Cell = { kind: 'number', text: String(small) };
        integers[small] = cell;
        return cell;
      }
    }
    const cell = numberLike(bytes.toString('latin1', raw.valueStart, raw.valueEnd), kind);
    // Only digits are the same in both encodings.
    return cell.kind === 'text' ? numberLike(bytes.toString('utf8', raw.valueStart, raw.valueEnd), kind) : cell;
  };

  const numberLike = (text: string, kind: DateKind): Cell => {
    if (kind === 'none') return numberCell(text);
    const key = kind === 'day' ? text : `${text}m`;
    const known = days.get(key);
    if (known !== undefined) return known;
    const day = serialToDay(text.trim(), date1904);
    const cell: Cell =
      day === undefined ? numberCell(text) : { kind: 'date', text: kind === 'day' ? day : day.slice(0, 7) };
    days.set(key, cell);
    return cell;
  };

  const value = (raw: RawCell): Cell | undefined => {
    if (raw.type === CellType.inline) {
      if (raw.inlineStart < 0 && raw.valueEnd > raw.valueStart && raw.valueStart >= 0) throw otherwiseTyped();
      if (raw.inlineStart < 0) return undefined;
      return { kind: 'text', text: itemText(bytes, raw.inlineStart, raw.inlineEnd) };
    }
    if (raw.inlineStart >= 0) throw otherwiseTyped();
    if (raw.valueStart < 0) return undefined;
    if (raw.type === CellType.formulaText) {
      return { kind: 'text', text: decodeCellText(characters(raw.valueStart, raw.valueEnd, raw.valuePlain)) };
    }
    if (raw.valueStart === raw.valueEnd) return undefined;
    if (raw.type === CellType.number && raw.valuePlain) return number(raw);
    const text = characters(raw.valueStart, raw.valueEnd, raw.valuePlain).trim();
    switch (raw.type) {
      case CellType.shared: {
        if (!/^\d{1,9}$/.test(text)) throw new XmlError('malformed', 'number of a shared string expected');
        return strings.cell(Number(text));
      }
      case CellType.boolean:
        return booleanCell(text);
      case CellType.error:
        return { kind: 'error', text };
      case CellType.isoDate:
        return isoDate(text);
      default:
        return numberLike(text, dateKinds[raw.style] ?? 'none');
    }
  };

  const formulaCell = (raw: RawCell): Cell => {
    const cached = value(raw) ?? UNCALCULATED;
    const tag = bytes.toString('utf8', raw.formulaTag, raw.formulaStart);
    const formula = characters(raw.formulaStart, raw.formulaEnd, false);
    if (!tag.includes('shared')) return { kind: cached.kind, text: cached.text, formula };
    const si = sharedIndex(tag);
    if (si === undefined) return { kind: cached.kind, text: cached.text, formula };
    if (formula !== '') {
      masters.set(si, { row: raw.row, col: raw.col, formula });
      return { kind: cached.kind, text: cached.text, formula };
    }
    clones.set(si, (clones.get(si) ?? 0) + 1);
    const master = masters.get(si);
    if (master !== undefined) {
      const shifted = shiftFormula(master.formula, raw.row - master.row, raw.col - master.col);
      return { kind: cached.kind, text: cached.text, formula: shifted };
    }
    const cell: Cell = { kind: cached.kind, text: cached.text, formula: '' };
    pending.set(cell, { si, row: raw.row, col: raw.col });
    return cell;
  };

  const cell = (raw: RawCell): Cell | undefined => {
    if (raw.formulaTag >= 0) return formulaCell(raw);
    if (raw.type === CellType.shared && raw.valuePlain && raw.valueStart >= 0) {
      const index = smallInteger(bytes, raw.valueStart, raw.valueEnd);
      if (index >= 0) return strings.cell(index);
    }
    return value(raw);
  };

  const formulasOf = (row: GridRow): GridRow => {
    if (pending.size === 0 || !row.cells.some(c => c !== undefined && pending.has(c))) return row;
    const cells = row.cells.map(c => {
      const late = c === undefined ? undefined : pending.get(c);
      const master = late === undefined ? undefined : masters.get(late.si);
      if (c === undefined || late === undefined || master === undefined) return c;
      return { ...c, formula: shiftFormula(master.formula, late.row - master.row, late.col - master.col) };
    });
    return { ...row, cells };
  };

  return { cell, formulasOf, clones };
}

/** A text in a cell of numbers, or the other way round: read as either it would be lost in silence. */
function otherwiseTyped(): XmlError {
  return new XmlError('malformed', 'a cell whose content is of its type');
}

/** The value of up to nine plain digits without a leading zero, else -1. */
function smallInteger(bytes: Buffer, start: number, end: number): number {
  const length = end - start;
  if (length < 1 || length > 9 || (length > 1 && bytes[start] === 0x30)) return -1;
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** What stands in a number's place and is none is given as the text it is, never dropped. */
function numberCell(raw: string): Cell {
  const text = raw.trim();
  if (NUMBER.test(text)) return { kind: 'number', text };
  if (!SHORT_NUMBER.test(text)) return { kind: 'text', text };
  return { kind: 'number', text: text.replace(/^([+-]?)\./, '$10.').replace(/\.(?!\d)/, '') };
}

/** What is neither true nor false is given as the text it is. */
function booleanCell(text: string): Cell {
  if (/^(?:1|true)$/i.test(text)) return { kind: 'boolean', text: 'TRUE' };
  return /^(?:0|false)$/i.test(text) ? { kind: 'boolean', text: 'FALSE' } : { kind: 'text', text };
}

/** `t="d"`: a day, with or without a time. */
function isoDate(text: string): Cell {
  const day = text.slice(0, 10);
  return isDay(day) ? { kind: 'date', text: day } : { kind: 'text', text };
}

/** The `si` of `<f t="shared" si="0">`. */
export function sharedIndex(tag: string): string | undefined {
  const element = parseXml(tag.replace(/<[^\s>/]+/, '<f'), { openEnded: true });
  return attribute(element, 't') === 'shared' ? attribute(element, 'si') : undefined;
}
