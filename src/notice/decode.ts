import { wordLines } from './from-docx.js';
import { htmlLines } from './from-html.js';
import { markdownLines } from './from-markdown.js';
import { textLines } from './from-text.js';
import { largestNotice, refusal } from './refusals.js';
import type { Source, SourceFormat, SourceLine } from './source.js';

/**
 * The text of a notice from the bytes of its file. The content decides what it is, the name only between .txt and .md.
 * Nothing is fetched, nothing in the file is executed.
 * @param name the file's name, for the messages and its extension.
 * @throws StoreError (exit 2 or 4) for whatever is no readable document.
 */
export async function decodeNotice(bytes: Uint8Array, name: string): Promise<Source> {
  if (bytes.length > largestNotice) throw refusal('notice-too-large', name);
  if (bytes.length === 0) throw refusal('notice-empty', name);
  const magic = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  if (magic.startsWith('\xD0\xCF\x11\xE0')) throw refusal('notice-old-word', name);
  if (magic.startsWith('%PDF')) throw refusal('notice-pdf', name);
  if (magic.startsWith('{\\rtf')) throw refusal('notice-rtf', name);
  const source: Source = magic.startsWith('PK')
    ? { format: 'docx', lines: await wordLines(bytes, name) }
    : fromText(decodeText(bytes, name), name);
  if (!source.lines.some(line => /[\p{L}\p{N}]/u.test(line.text))) throw refusal('notice-empty', name);
  if (!isChinese(source)) throw refusal('notice-not-chinese', name);
  return { ...source, lines: withoutStrayBlanks(source.lines).map(withTitles) };
}

const stray = /(?<=[\p{Script=Han}\p{P}\d])[ \u3000]+(?=[\p{Script=Han}\p{P}\d])/gu;

/** 整改 情况 ： 一是 完成: what text recognition makes of a page. Told by blanks all over the text, where Chinese has none. */
function withoutStrayBlanks(lines: readonly SourceLine[]): readonly SourceLine[] {
  let blanks = 0;
  let signs = 0;
  for (const { text } of lines.slice(0, 200)) {
    blanks += text.match(stray)?.length ?? 0;
    signs += text.length;
  }
  if (blanks * 8 < signs) return lines;
  return lines.map(line => (line.cells === undefined ? { ...line, text: line.text.trim().replace(stray, '') } : line));
}

/** <<费用管理办法>> is what keyboards without 《 make of a book title. */
function withTitles(line: SourceLine): SourceLine {
  if (!line.text.includes('<<')) return line;
  const cells = line.cells?.map(cell => ({ ...cell, text: titled(cell.text) }));
  return { ...line, text: titled(line.text), ...(cells === undefined ? {} : { cells }) };
}

function titled(text: string): string {
  return text.replace(/<<([^<>\n]{1,60})>>/g, '《$1》');
}

function fromText(content: string, name: string): Source {
  const format = formatOf(content, name);
  const read = { txt: textLines, md: markdownLines, html: htmlLines }[format];
  return { format, lines: read(content) };
}

function formatOf(content: string, name: string): Exclude<SourceFormat, 'docx'> {
  const head = content.slice(0, 1000).trimStart().toLowerCase();
  if (/^(?:<!doctype html|<html|<\?xml[^>]*>\s*<(?:!doctype )?html)/.test(head)) return 'html';
  if (/\.html?$/i.test(name)) return /<[a-z]/i.test(content) ? 'html' : 'txt';
  return /\.(?:md|markdown)$/i.test(name) ? 'md' : 'txt';
}

/** Half of a document's letters at least are Han; an English abstract or a table of names does not matter. */
function isChinese(source: Source): boolean {
  let han = 0;
  let letters = 0;
  for (const line of source.lines) {
    han += line.text.match(/\p{Script=Han}/gu)?.length ?? 0;
    // Kana tells Japanese, whose text is full of Han characters, apart.
    letters += line.text.match(/\p{L}/gu)?.length ?? 0;
    letters += 2 * (line.text.match(/[\u3040-\u30FF]/g)?.length ?? 0);
    if (letters > 200_000) break;
  }
  return han > letters * 0.5;
}

/**
 * UTF-8, UTF-16 (with a mark, or told by its zero bytes) or GB18030, in this order: text that is valid UTF-8 and not
 * plain ASCII is never anything else.
 */
export function decodeText(bytes: Uint8Array, name: string): string {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return decodeAs('utf-8', bytes.subarray(3)) ?? fail(name);
  if (a === 0xff && b === 0xfe) return decodeAs('utf-16le', bytes.subarray(2)) ?? fail(name);
  if (a === 0xfe && b === 0xff) return decodeAs('utf-16be', bytes.subarray(2)) ?? fail(name);
  if (a === 0x84 && b === 0x31 && c === 0x95 && bytes[3] === 0x33) {
    return decodeAs('gb18030', bytes.subarray(4)) ?? fail(name);
  }
  if (bytes.includes(0)) {
    const wide = utf16WithoutMark(bytes);
    if (wide === undefined) throw refusal('notice-binary', name);
    return wide;
  }
  const utf8 = decodeAs('utf-8', bytes);
  if (utf8 !== undefined) return hasControls(utf8) ? fail(name, 'notice-binary') : utf8;
  // UTF-16 of nothing but Han characters holds no zero byte; it makes better Chinese than GB18030 does.
  const gb = decodeAs('gb18030', bytes);
  const wide = utf16WithoutMark(bytes);
  const best = wide !== undefined && hanShare(wide) > (gb === undefined ? 0 : hanShare(gb)) + 0.2 ? wide : gb;
  if (best === undefined) throw refusal('notice-not-utf8', name);
  if (hasControls(best)) throw refusal('notice-binary', name);
  return best;
}

function decodeAs(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function utf16WithoutMark(bytes: Uint8Array): string | undefined {
  if (bytes.length % 2 !== 0) return undefined;
  for (const encoding of ['utf-16le', 'utf-16be']) {
    const text = decodeAs(encoding, bytes);
    if (text !== undefined && !hasControls(text) && hanShare(text) > 0.3 && /[，。、\n]/.test(text)) return text;
  }
  return undefined;
}

function hanShare(text: string): number {
  const head = text.slice(0, 20_000);
  // Only the common block: a wrong decoding scatters over rare characters.
  return (head.match(/[\u4E00-\u9FA5\u3001\u3002\uFF0C\d\n]/g)?.length ?? 0) / Math.max(1, head.length);
}

function hasControls(text: string): boolean {
  return (text.slice(0, 100_000).match(/[\x00-\x08\x0E-\x1A\x1C-\x1F]/g)?.length ?? 0) > 2;
}

function fail(name: string, code: 'notice-not-utf8' | 'notice-binary' = 'notice-not-utf8'): never {
  throw refusal(code, name);
}
