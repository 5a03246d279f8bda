import { XmlError } from './xml-tree.js';

/** `t` of a cell, as a small number: comparing strings for every cell would double the time of a scan. */
export const CellType = { number: 0, shared: 1, formulaText: 2, boolean: 3, error: 4, inline: 5, isoDate: 6 } as const;

/**
 * Where the parts of one cell stand in the bytes of the sheet. The scanner hands out the same object again and again.
 * A range that is absent has start -1. `plain` ranges need no XML decoding.
 */
export type RawCell = {
  row: number;
  col: number;
  /** From `<c` to behind `</c>`. */
  start: number;
  end: number;
  style: number;
  type: number;
  valueStart: number;
  valueEnd: number;
  valuePlain: boolean;
  inlineStart: number;
  inlineEnd: number;
  /** From `<f` on; the characters of the formula from `formulaStart`. */
  formulaTag: number;
  formulaStart: number;
  formulaEnd: number;
};

export type RawRow = {
  number: number;
  hidden: boolean;
  /** From `<row` to behind `>` of the start tag. */
  start: number;
  innerStart: number;
  /** `<row …/>`: there is no end tag. */
  selfClosing: boolean;
  /** Value of the `spans` attribute; -1 when absent. */
  spansStart: number;
  spansEnd: number;
};

/** Cells at the beginning of a row that need not be looked at: where what follows them begins, and the last one's column. */
export type Known = { readonly end: number; readonly lastCol: number };

export type RowSink = {
  readonly startRow: (row: RawRow) => void;
  /** Asked after `startRow`. */
  readonly known?: (row: RawRow) => Known | undefined;
  readonly cell: (cell: RawCell) => void;
  /** `innerEnd`: before `</row>`; `end`: behind it. */
  readonly endRow: (innerEnd: number, end: number) => void;
};

export const MAX_ROW = 1_048_576;
export const MAX_COL = 16_384;

const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;
const BANG = 0x21;
const QUESTION = 0x3f;
const AMP = 0x26;
const EQUALS = 0x3d;

/**
 * Walks over the rows of a sheet byte by byte, strictly: whatever is not well-formed or has no place there stops the
 * scan with an XmlError, so a damaged sheet is never read as a smaller one. One walk serves reading, splicing and
 * checking what was written.
 */
export class RowScanner {
  private at = 0;
  private selfClosing = false;
  private nameStart = 0;
  private nameEnd = 0;
  private valueStart = 0;
  private valueEnd = 0;
  private textPlain = true;
  private readonly raw: RawCell = {
    row: 0,
    col: 0,
    start: 0,
    end: 0,
    style: 0,
    type: 0,
    valueStart: -1,
    valueEnd: -1,
    valuePlain: true,
    inlineStart: -1,
    inlineEnd: -1,
    formulaTag: -1,
    formulaStart: -1,
    formulaEnd: -1,
  };

  /** `prefix` is the one the sheet's root element has, with its colon (`x:`), or ''. */
  constructor(
    private readonly bytes: Buffer,
    private readonly prefix: string,
  ) {}

  /**
   * All rows from `from`, which stands behind `<sheetData>`.
   * Returns the offset of `</sheetData>`.
   */
  scan(from: number, sink: RowSink): number {
    this.at = from;
    let previous = 0;
    for (;;) {
      const tag = this.nextTag();
      if (this.isClosing(tag)) {
        if (!this.closes(tag, 'sheetData')) throw this.malformed('</sheetData>');
        return tag;
      }
      if (this.opens(tag, 'row')) {
        const number = this.row(tag, previous + 1, sink);
        if (number <= previous) throw this.malformed('rows in ascending order');
        previous = number;
      } else this.skipForeign(tag);
    }
  }

  /** One row that begins at `start`, whose number is `number` unless it says otherwise. Returns the offset behind it. */
  scanRow(start: number, number: number, sink: RowSink): number {
    this.at = start;
    if (!this.opens(start, 'row')) throw this.malformed('<row>');
    this.row(start, number, sink);
    return this.at;
  }

  /** The start tag of a row alone. */
  rowTag(tag: number, expected: number): RawRow {
    const row: RawRow = {
      number: expected,
      hidden: false,
      start: tag,
      innerStart: 0,
      selfClosing: false,
      spansStart: -1,
      spansEnd: -1,
    };
    this.at = tag + 1 + this.prefix.length + 3;
    while (this.attribute()) {
      if (this.isAttribute('r')) row.number = this.integer(this.valueStart, this.valueEnd, MAX_ROW);
      else if (this.isAttribute('hidden')) row.hidden = this.isTrue();
      else if (this.isAttribute('spans')) {
        row.spansStart = this.valueStart;
        row.spansEnd = this.valueEnd;
      }
    }
    if (row.number < 1 || row.number > MAX_ROW) throw this.malformed('row number');
    row.innerStart = this.at;
    row.selfClosing = this.selfClosing;
    return row;
  }

  private row(tag: number, expected: number, sink: RowSink): number {
    const row = this.rowTag(tag, expected);
    sink.startRow(row);
    if (row.selfClosing) {
      sink.endRow(this.at, this.at);
      return row.number;
    }
    const known = sink.known?.(row);
    let col = known?.lastCol ?? 0;
    if (known !== undefined) this.at = known.end;
    for (;;) {
      const inner = this.nextTag();
      if (this.isClosing(inner)) {
        if (!this.closes(inner, 'row')) throw this.malformed('</row>');
        sink.endRow(inner, this.at);
        return row.number;
      }
      if (this.opens(inner, 'c')) {
        this.cell(inner, row.number, col + 1);
        // Cells and rows ascend (ECMA-376 part 1, 18.3.1.4 and 18.3.1.73); one that stands twice would hide another.
        if (this.raw.col <= col) throw this.malformed('cells in ascending order');
        col = this.raw.col;
        sink.cell(this.raw);
      } else this.skipForeign(inner);
    }
  }

  private cell(tag: number, row: number, col: number): void {
    const raw = this.raw;
    raw.row = row;
    raw.col = col;
    raw.start = tag;
    raw.style = 0;
    raw.type = CellType.number;
    raw.valueStart = -1;
    raw.inlineStart = -1;
    raw.formulaTag = -1;
    this.at = tag + 1 + this.prefix.length + 1;
    while (this.shortAttribute() || this.attribute()) {
      if (this.nameEnd - this.nameStart !== 1) continue;
      const letter = this.bytes[this.nameStart] ?? 0;
      if (letter === 0x72) raw.col = this.reference(row);
      else if (letter === 0x73) raw.style = this.integer(this.valueStart, this.valueEnd, 1_000_000);
      else if (letter === 0x74) raw.type = this.cellType();
    }
    if (raw.col > MAX_COL) throw this.malformed('column');
    if (!this.selfClosing) this.insideCell(raw);
    raw.end = this.at;
  }

  private insideCell(raw: RawCell): void {
    for (;;) {
      const tag = this.nextTag();
      if (this.isClosing(tag)) {
        if (!this.closes(tag, 'c')) throw this.malformed('</c>');
        return;
      }
      if (this.opens(tag, 'v')) {
        if (raw.valueStart >= 0) throw this.malformed('second <v>');
        this.at = tag + 1 + this.prefix.length + 1;
        this.skipAttributes();
        raw.valueStart = this.at;
        raw.valueEnd = this.selfClosing ? this.at : this.characters('v');
        raw.valuePlain = this.textPlain;
      } else if (this.opens(tag, 'f')) {
        if (raw.formulaTag >= 0) throw this.malformed('second <f>');
        raw.formulaTag = tag;
        this.at = tag + 1 + this.prefix.length + 1;
        this.skipAttributes();
        raw.formulaStart = this.at;
        raw.formulaEnd = this.selfClosing ? this.at : this.characters('f');
      } else if (this.opens(tag, 'is')) {
        if (raw.inlineStart >= 0) throw this.malformed('second <is>');
        raw.inlineStart = tag;
        if (!this.skipPlainText(tag)) this.skipElement(tag);
        raw.inlineEnd = this.at;
      } else this.skipForeign(tag);
    }
  }

  /** Characters up to the end tag, which is consumed; returns where they end. */
  private characters(local: string): number {
    const bytes = this.bytes;
    this.textPlain = true;
    for (;;) {
      let at = this.at;
      let byte = bytes[at] ?? 0;
      while (byte !== LT) {
        if (byte === AMP || byte === 0x0d) this.textPlain = false;
        if (at >= bytes.length) throw this.malformed('end of the part');
        byte = bytes[++at] ?? 0;
      }
      const next = bytes[at + 1] ?? 0;
      if (next === SLASH) {
        if (!this.closes(at, local)) throw this.malformed(`</${local}>`);
        return at;
      }
      this.textPlain = false;
      if (next === BANG) this.bang(at);
      else throw this.malformed(`a tag inside <${local}>`);
    }
  }

  /** Moves to the next tag; only white space and comments may stand before it. */
  private nextTag(): number {
    const bytes = this.bytes;
    for (;;) {
      let at = this.at;
      let byte = bytes[at] ?? 0;
      while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) byte = bytes[++at] ?? 0;
      if (byte !== LT) throw this.malformed('text between the cells');
      const next = bytes[at + 1] ?? 0;
      if (next === BANG) this.bang(at);
      else if (next === QUESTION) this.at = this.behind('?>', at + 2);
      else return at;
    }
  }

  /** A comment or CDATA; anything else that begins with `<!` is a document type. */
  private bang(at: number): void {
    if (this.matches(at, '<!--')) this.at = this.behind('-->', at + 4);
    else if (this.matches(at, '<![CDATA[')) this.at = this.behind(']]>', at + 9);
    else throw new XmlError('doctype', 'document type or entity declaration');
  }

  private behind(mark: string, from: number): number {
    const found = this.bytes.indexOf(mark, from, 'latin1');
    if (found < 0) throw this.malformed(mark);
    return found + mark.length;
  }

  private isClosing(tag: number): boolean {
    return this.bytes[tag + 1] === SLASH;
  }

  private opens(tag: number, local: string): boolean {
    const prefix = this.prefix;
    if (prefix.length > 0 && !this.matches(tag + 1, prefix)) return false;
    const name = tag + 1 + prefix.length;
    return this.matches(name, local) && endsName(this.bytes[name + local.length] ?? 0);
  }

  /** Whether the end tag at `tag` closes this element; moves behind it. */
  private closes(tag: number, local: string): boolean {
    const prefix = this.prefix;
    let at = tag + 2;
    if (prefix.length > 0) {
      if (!this.matches(at, prefix)) return false;
      at += prefix.length;
    }
    if (!this.matches(at, local)) return false;
    at += local.length;
    let byte = this.bytes[at] ?? 0;
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) byte = this.bytes[++at] ?? 0;
    if (byte !== GT) return false;
    this.at = at + 1;
    return true;
  }

  private matches(at: number, text: string): boolean {
    for (let i = 0; i < text.length; i++) {
      if (this.bytes[at + i] !== text.charCodeAt(i)) return false;
    }
    return true;
  }

  /** ` r="A1"`: a blank, one letter, a value of up to 16 characters. Nearly all attributes of cells look so; false for any other. */
  private shortAttribute(): boolean {
    const { bytes, at } = this;
    if (bytes[at] !== 0x20 || bytes[at + 2] !== EQUALS || bytes[at + 3] !== 0x22) return false;
    const name = bytes[at + 1] ?? 0;
    if (name < 0x61 || name > 0x7a) return false;
    let end = at + 4;
    const last = end + 16;
    let byte = bytes[end] ?? 0;
    while (byte !== 0x22) {
      if (byte === LT || byte === 0 || end === last) return false;
      byte = bytes[++end] ?? 0;
    }
    this.nameStart = at + 1;
    this.nameEnd = at + 2;
    this.valueStart = at + 4;
    this.valueEnd = end;
    this.at = end + 1;
    return true;
  }

  private attribute(): boolean {
    const bytes = this.bytes;
    let at = this.at;
    const spaceStart = at;
    let byte = bytes[at] ?? 0;
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) byte = bytes[++at] ?? 0;
    if (byte === GT) {
      this.at = at + 1;
      this.selfClosing = false;
      return false;
    }
    if (byte === SLASH) {
      if (bytes[at + 1] !== GT) throw this.malformed('/>');
      this.at = at + 2;
      this.selfClosing = true;
      return false;
    }
    if (at === spaceStart) throw this.malformed('a space before an attribute');
    this.nameStart = at;
    while (!endsName(byte) && byte !== EQUALS && byte !== LT) byte = bytes[++at] ?? 0;
    this.nameEnd = at;
    if (at === this.nameStart) throw this.malformed('attribute name');
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) byte = bytes[++at] ?? 0;
    if (byte !== EQUALS) throw this.malformed('=');
    byte = bytes[++at] ?? 0;
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) byte = bytes[++at] ?? 0;
    if (byte !== 0x22 && byte !== 0x27) throw this.malformed('quote');
    const quote = byte;
    this.valueStart = ++at;
    byte = bytes[at] ?? 0;
    while (byte !== quote) {
      if (byte === LT || at >= bytes.length) throw this.malformed('end of an attribute');
      byte = bytes[++at] ?? 0;
    }
    this.valueEnd = at;
    this.at = at + 1;
    return true;
  }

  private skipAttributes(): void {
    while (this.attribute());
    this.textPlain = true;
  }

  private isAttribute(name: string): boolean {
    return this.nameEnd - this.nameStart === name.length && this.matches(this.nameStart, name);
  }

  private isTrue(): boolean {
    return this.bytes[this.valueStart] === 0x31 || this.matches(this.valueStart, 'true');
  }

  private integer(start: number, end: number, max: number): number {
    let value = 0;
    for (let at = start; at < end; at++) {
      const digit = (this.bytes[at] ?? 0) - 0x30;
      if (digit < 0 || digit > 9) throw this.malformed('number');
      value = value * 10 + digit;
      if (value > max) throw this.malformed('number in range');
    }
    if (start === end) throw this.malformed('number');
    return value;
  }

  /** The column of the `r` attribute, whose row must be the one the cell stands in. */
  private reference(row: number): number {
    let at = this.valueStart;
    let col = 0;
    for (; at < this.valueEnd; at++) {
      const letter = (this.bytes[at] ?? 0) - 0x40;
      if (letter < 1 || letter > 26) break;
      col = col * 26 + letter;
      if (col > MAX_COL) throw this.malformed('column in range');
    }
    if (col === 0 || this.integer(at, this.valueEnd, MAX_ROW) !== row) throw this.malformed(`cell of row ${row}`);
    return col;
  }

  private cellType(): number {
    const first = this.bytes[this.valueStart] ?? 0;
    const length = this.valueEnd - this.valueStart;
    if (length === 1) {
      if (first === 0x73) return CellType.shared;
      if (first === 0x6e) return CellType.number;
      if (first === 0x62) return CellType.boolean;
      if (first === 0x65) return CellType.error;
      if (first === 0x64) return CellType.isoDate;
    }
    if (length === 3 && this.matches(this.valueStart, 'str')) return CellType.formulaText;
    if (length === 9 && this.matches(this.valueStart, 'inlineStr')) return CellType.inline;
    throw this.malformed('cell type');
  }

  /** Skips an element that is not one of a sheet's own (an extension list, say). */
  private skipForeign(tag: number): void {
    let at = tag + 1;
    while (!endsName(this.bytes[at] ?? 0)) at++;
    const local = this.bytes.toString('latin1', tag + 1, at).replace(/^.*:/, '');
    // A row or cell in an unexpected place or under another prefix would otherwise be lost in silence.
    if (['row', 'c', 'v', 'f', 'is', 'sheetData', 'AlternateContent'].includes(local))
      throw this.malformed(`<${local}> here`);
    this.skipElement(tag);
  }

  /** `<is><t>…</t></is>`, which is how nearly all inline texts look; false, and nowhere, when it is anything else. */
  private skipPlainText(tag: number): boolean {
    const { bytes, prefix } = this;
    const inner = tag + 1 + prefix.length + 2;
    if (bytes[inner] !== GT || bytes[inner + 1] !== LT || !this.opens(inner + 1, 't')) return false;
    this.at = inner + 1 + 1 + prefix.length + 1;
    this.skipAttributes();
    if (this.selfClosing) return false;
    const end = bytes.indexOf(LT, this.at);
    return end >= 0 && bytes[end + 1] === SLASH && this.closes(end, 't') && this.closes(this.at, 'is');
  }

  private skipElement(tag: number): void {
    const names: string[] = [];
    this.at = tag;
    do {
      const lt = this.bytes.indexOf(LT, this.at);
      if (lt < 0) throw this.malformed('end of the part');
      const next = this.bytes[lt + 1] ?? 0;
      if (next === BANG) this.bang(lt);
      else if (next === QUESTION) this.at = this.behind('?>', lt + 2);
      else {
        const closing = next === SLASH;
        const nameAt = lt + (closing ? 2 : 1);
        let end = nameAt;
        while (!endsName(this.bytes[end] ?? 0)) end++;
        const name = this.bytes.toString('latin1', nameAt, end);
        this.at = end;
        this.skipAttributes();
        if (closing) {
          if (names.pop() !== name) throw this.malformed(`</${name}>`);
        } else if (!this.selfClosing) names.push(name);
        if (names.length > 64) throw this.malformed('less nesting');
      }
    } while (names.length > 0);
  }

  private malformed(expected: string): XmlError {
    return new XmlError('malformed', `${expected} expected at byte ${this.at}`);
  }
}

function endsName(byte: number): boolean {
  return (
    byte === 0x20 || byte === GT || byte === SLASH || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0
  );
}
