import { SaxesParser } from 'saxes';
import { a1, type Cell } from '../../model/grid.js';
import { cellDecoder } from './cell-decoder.js';
import { asRead } from './cell-xml.js';
import { openPackage } from './package.js';
import type { Built } from './plan-build.js';
import { refuse } from './refusals.js';
import { type Known, type RawRow, RowScanner, type RowSink } from './row-scanner.js';
import type { CellWrite, CellWrites } from './rows-splice.js';
import { noSharedStrings } from './shared-strings.js';
import { openSheet } from './sheet-part.js';
import type { Workbook } from './workbook.js';
import { openZip, unpacksTo } from './zip-read.js';

/**
 * Reads the parts that are about to be written as a stranger would: well-formedness, and our cells by value.
 * @throws StoreError `verify-failed`.
 */
export function verifyParts(before: Workbook, built: Built): void {
  for (const [part, content] of built.parts) {
    const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
    const expected = expectedOf(built, part);
    try {
      if (expected === undefined) wellFormed(bytes.toString('utf8'));
      else verifySheet(bytes, before, built, part, expected);
    } catch (error) {
      // What was malformed before is the file's fault, and has its own sentence.
      throw refuse(wasMalformed(before, part) ? 'broken-xml' : 'verify-failed', before.pack.path, part, error);
    }
  }
}

function wasMalformed(before: Workbook, part: string): boolean {
  if (before.pack.entry(part) === undefined) return false;
  try {
    wellFormed(before.pack.text(part));
    return false;
  } catch {
    return true;
  }
}

/**
 * Reads a package back from the disk before it takes the place of the office's file: the checksum of every entry,
 * what was written against what should have been, and what should not have changed against what it was.
 * @throws StoreError `verify-failed`; or what is wrong with a part that was damaged before (`wrong-crc`).
 */
export async function verifyPackage(bytes: Buffer, before: Workbook, built: Built): Promise<void> {
  const { path, zip: old } = before.pack;
  const zip = await openZip(bytes, path);
  const pack = openPackage(zip);
  for (const entry of zip.entries) {
    const wanted = built.parts.get(entry.name);
    const asWanted = await unpacksTo(entry, path, wanted);
    const right = wanted === undefined ? before.pack.entry(entry.name)?.data.equals(entry.data) === true : asWanted;
    if (!right) throw refuse('verify-failed', path, entry.name);
  }
  const gone = [...old.entries.map(entry => entry.name), ...built.parts.keys()].find(
    name => pack.entry(name) === undefined && !built.removed.has(name),
  );
  if (gone !== undefined) throw refuse('verify-failed', path, gone);
}

function expectedOf(built: Built, part: string): CellWrites | undefined {
  for (const [name, expected] of built.written) if (name.toLowerCase() === part.toLowerCase()) return expected;
  return undefined;
}

/** Sheets up to this size go through the XML parser whole; of larger ones the rows go through the strict scanner only. */
const WHOLE_PARSE_BELOW = 2 * 1024 * 1024;

function verifySheet(bytes: Buffer, before: Workbook, built: Built, part: string, expected: CellWrites): void {
  const { path } = before.pack;
  const opening = openSheet(bytes, path, part);
  let rowsEnd = opening.rowsStart;
  if (!opening.emptyTag) {
    const check = cellCheck(bytes, before, built, part, expected);
    rowsEnd = new RowScanner(bytes, opening.prefix).scan(opening.rowsStart, check.sink);
    check.finish();
  }
  if (bytes.length <= WHOLE_PARSE_BELOW) wellFormed(bytes.toString('utf8'));
  else wellFormed(opening.head + bytes.toString('utf8', rowsEnd));
}

/** Decodes only the cells that were written and compares each with what it should hold. */
function cellCheck(
  bytes: Buffer,
  before: Workbook,
  built: Built,
  part: string,
  written: CellWrites,
): { readonly sink: RowSink; readonly finish: () => void } {
  const { path } = before.pack;
  const decoder = cellDecoder({
    path,
    sheet: part,
    bytes,
    strings: noSharedStrings(path),
    dateKinds: built.styles.dateKinds(),
    date1904: before.book.date1904,
  });
  let ofRow: ReadonlyMap<number, CellWrite> | undefined;
  let found = 0;
  const sink: RowSink = {
    startRow: row => {
      ofRow = written.get(row.number);
    },
    known: unchanged(bytes, before, part, written),
    cell: raw => {
      const write = ofRow?.get(raw.col);
      if (write === undefined) return;
      const cell = decoder.cell(raw);
      if (!same(cell, asRead(write.content))) throw refuse('verify-failed', path, `${part} ${a1(raw.row, raw.col)}`);
      if (cell !== undefined) found += 1;
    },
    endRow: () => undefined,
  };
  const finish = (): void => {
    let wanted = 0;
    written.forEach(row => {
      row.forEach(({ content }) => {
        if (content.kind !== 'blank') wanted += 1;
      });
    });
    if (found !== wanted) throw refuse('verify-failed', path, part);
  };
  return { sink, finish };
}

/**
 * Where a row goes on as it was. What is byte for byte what stood there when the workbook was read was walked through then;
 * when none of our cells lies in it, only what follows is looked at.
 */
function unchanged(
  bytes: Buffer,
  before: Workbook,
  part: string,
  written: CellWrites,
): (row: RawRow) => Known | undefined {
  const content = before.sheets.find(sheet => sheet.entry.part.toLowerCase() === part.toLowerCase())?.content;
  if (content === undefined) return () => undefined;
  const { index } = content;
  const old = content.part;
  const scanner = new RowScanner(old.bytes, old.prefix);
  let at = 0;
  return row => {
    while (at < index.numbers.length && index.numbers.at(at) < row.number) at += 1;
    if (at === index.numbers.length || index.numbers.at(at) !== row.number) return undefined;
    const lastCol = index.lastCols.at(at);
    let first = Number.POSITIVE_INFINITY;
    written.get(row.number)?.forEach((_, col) => {
      first = Math.min(first, col);
    });
    if (first <= lastCol) return undefined;
    const from = scanner.rowTag(index.starts.at(at), row.number).innerStart;
    const to = index.innerEnds.at(at);
    const end = row.innerStart + (to - from);
    const same = to > from && end <= bytes.length && bytes.compare(old.bytes, from, to, row.innerStart, end) === 0;
    return same ? { end, lastCol } : undefined;
  };
}

function same(found: Cell | undefined, wanted: Cell | undefined): boolean {
  if (found === undefined || wanted === undefined) return found === wanted;
  return found.kind === wanted.kind && found.text === wanted.text && found.formula === wanted.formula;
}

/** @throws Error when the text is no well-formed XML with namespaces. */
export function wellFormed(xml: string): void {
  const parser = new SaxesParser({ xmlns: true });
  let fault: Error | undefined;
  parser.on('error', error => {
    fault ??= error;
  });
  parser.write(xml.replace(/^\ufeff/, '')).close();
  if (fault !== undefined) throw fault;
}
