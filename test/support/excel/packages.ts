import { readdirSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';

/** The folder with the workbooks that other programs made. */
export const WORKBOOKS = new URL('../../fixtures/workbooks/', import.meta.url);

/** File names of all workbooks of the test set. */
export function workbookNames(): readonly string[] {
  return readdirSync(WORKBOOKS)
    .filter(name => /\.xls[xm]$/.test(name))
    .sort();
}

/** One entry of a zip: its compressed bytes as they lie in the file, and what they unpack to. */
export type RawEntry = { readonly compressed: Buffer; readonly content: Buffer };

/** Every entry of a zip file by its raw name, read with yauzl alone. */
export async function rawEntries(bytes: Buffer): Promise<ReadonlyMap<string, RawEntry>> {
  const entries = new Map<string, RawEntry>();
  const zip = await fromBufferPromise(bytes, { decodeStrings: true });
  for await (const entry of zip.eachEntry()) {
    const nameLength = bytes.readUInt16LE(entry.relativeOffsetOfLocalHeader + 26);
    const extraLength = bytes.readUInt16LE(entry.relativeOffsetOfLocalHeader + 28);
    const start = entry.relativeOffsetOfLocalHeader + 30 + nameLength + extraLength;
    const compressed = bytes.subarray(start, start + entry.compressedSize);
    const content = entry.compressionMethod === 0 ? compressed : inflateRawSync(compressed);
    entries.set(entry.fileName, { compressed, content });
  }
  return entries;
}

/** Every cell of a sheet part as the text it is written with, by its reference; found without the product's scanner. */
export function cellTexts(sheetXml: string): ReadonlyMap<string, string> {
  const cells = new Map<string, string>();
  const plain = sheetXml.replace(/<!--[\s\S]*?-->/g, comment => comment.replace(/[<>]/g, ' '));
  for (const found of plain.matchAll(
    /<((?:\w+:)?c)\s[^>]*?\br\s*=\s*["']([A-Z]+\d+)["'][^>]*?(?:\/>|>[\s\S]*?<\/\1>)/g,
  )) {
    cells.set(found[2] ?? '', found[0]);
  }
  return cells;
}

/**
 * A sheet part without the cells of these columns and without the few places that may change with them (extent, column
 * widths, row spans, filter range, merged header): what remains must be the same before and after.
 */
export function withoutColumns(sheetXml: string, columns: ReadonlySet<string>): string {
  let xml = sheetXml;
  for (const [reference, text] of cellTexts(sheetXml)) {
    if (columns.has(reference.replace(/\d+$/, ''))) xml = xml.replace(text, '');
  }
  return xml
    .replace(/<(\w+:)?dimension [^>]*\/>/, '')
    .replace(/<((?:\w+:)?cols)>[\s\S]*?<\/\1>/, '')
    .replace(/(<(?:\w+:)?row\b[^>]*?) spans="[^"]*"/g, '$1')
    .replace(/(<(?:\w+:)?autoFilter [^>]*?ref=)"[^"]*"/, '$1""')
    .replace(/<((?:\w+:)?mergeCells)[^>]*>[\s\S]*?<\/\1>/, '')
    .replace(/<((?:\w+:)?sheetData)\s*\/>|<((?:\w+:)?sheetData)><\/\2>/, '<sheetData/>');
}
