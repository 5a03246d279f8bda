import { SaxesParser } from 'saxes';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { StoreError } from '../stores/store.js';
import { type ListLevel, readNumbering, readStyles, type StyleSheet } from './docx-numbering.js';
import { numeralOf } from './docx-numerals.js';
import { refusal } from './refusals.js';
import type { SourceCell, SourceLine } from './source.js';

/** A part inflates to 60 MB at most, and to 300 times its size above 4 MB: a notice is far from either. */
const largestPart = 60 * 1024 * 1024;
const wanted = new Set(['word/document.xml', 'word/numbering.xml', 'word/styles.xml', 'xl/workbook.xml']);

/**
 * The paragraphs and table rows of a Word document in reading order. Numbers that Word draws itself ("一、" as automatic
 * numbering) are worked out: in a notice they carry the structure, and mammoth gives them up. Macros, links, pictures
 * and embedded objects are never opened; deleted text is left out, inserted text counts.
 */
export async function wordLines(bytes: Uint8Array, name: string): Promise<readonly SourceLine[]> {
  let parts: ReadonlyMap<string, string>;
  try {
    parts = await readParts(Buffer.from(bytes));
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw refusal('notice-damaged', name);
  }
  const document = parts.get('word/document.xml');
  if (document === undefined) throw refusal(parts.has('xl/workbook.xml') ? 'notice-workbook' : 'notice-not-word', name);
  try {
    const styles = readStyles(parts.get('word/styles.xml'));
    const numbering = readNumbering(parts.get('word/numbering.xml'));
    return readDocument(document, styles, numbering);
  } catch {
    throw refusal('notice-damaged', name);
  }
}

async function readParts(bytes: Buffer): Promise<ReadonlyMap<string, string>> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true }, (error, file) =>
      error ? reject(error) : resolve(file),
    );
  });
  const parts = new Map<string, string>();
  await new Promise<void>((resolve, reject) => {
    let count = 0;
    zip.on('error', reject);
    zip.on('end', () => resolve());
    zip.on('entry', (entry: Entry) => {
      count += 1;
      if (count > 5000) return reject(new Error('too many entries'));
      const path = entry.fileName.replaceAll('\\', '/').replace(/^\//, '');
      if (!wanted.has(path) || parts.has(path)) return zip.readEntry();
      const swollen = entry.uncompressedSize > 4 * 1024 * 1024 && entry.uncompressedSize > 300 * entry.compressedSize;
      if (entry.uncompressedSize > largestPart || swollen) return reject(new Error('part too large'));
      zip.openReadStream(entry, (error, stream) => {
        if (error) return reject(error);
        const chunks: Buffer[] = [];
        stream.on('error', reject);
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          parts.set(path, decodeXml(Buffer.concat(chunks)));
          zip.readEntry();
        });
      });
    });
    zip.readEntry();
  });
  return parts;
}

function decodeXml(bytes: Buffer): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

type Paragraph = {
  text: string;
  style: string | undefined;
  numId: string | undefined;
  level: number | undefined;
  /** Characters at its head that are set apart; whether the next ones can still belong to them. */
  strong: number;
  leads: boolean;
};
type OpenTable = {
  readonly id: number;
  cells: SourceCell[];
  cell: { lines: string[]; span: number; continues: boolean } | undefined;
};

function readDocument(
  xml: string,
  styles: StyleSheet,
  numbering: ReadonlyMap<string, readonly ListLevel[]>,
): readonly SourceLine[] {
  const lines: SourceLine[] = [];
  const counters = new Map<string, number[]>();
  const paragraphs: Paragraph[] = [];
  const tables: OpenTable[] = [];
  let tableCount = 0;
  let inText = false;
  let inRun = false;
  let strong = false;
  let skip = 0;
  const parser = new SaxesParser({ xmlns: false });
  parser.on('doctype', () => {
    throw new Error('a document part must not have a DTD');
  });
  parser.on('opentag', tag => {
    const name = local(tag.name);
    const value = tag.attributes['w:val'] ?? tag.attributes.val;
    if (skip > 0 || skipped.has(name)) {
      skip += 1;
      return;
    }
    const paragraph = paragraphs.at(-1);
    const table = tables.at(-1);
    switch (name) {
      case 'p':
        paragraphs.push({ text: '', style: undefined, numId: undefined, level: undefined, strong: 0, leads: true });
        break;
      case 'r':
        inRun = true;
        strong = false;
        break;
      case 'b':
        if (inRun) strong ||= value === undefined || !/^(?:0|false|off)$/.test(value);
        break;
      case 'rFonts':
        if (inRun) strong ||= headingType.test(tag.attributes['w:eastAsia'] ?? '');
        break;
      case 'pStyle':
        if (paragraph !== undefined) paragraph.style = value;
        break;
      case 'numId':
        if (paragraph !== undefined) paragraph.numId = value;
        break;
      case 'ilvl':
        if (paragraph !== undefined) paragraph.level = Number(value);
        break;
      case 't':
        inText = true;
        break;
      case 'tab':
        if (paragraph !== undefined && tag.attributes['w:pos'] === undefined) paragraph.text += ' ';
        break;
      case 'br':
      case 'cr':
        if (paragraph !== undefined && (tag.attributes['w:type'] ?? 'textWrapping') === 'textWrapping')
          paragraph.text += '\n';
        break;
      case 'noBreakHyphen':
        if (paragraph !== undefined) paragraph.text += '-';
        break;
      case 'tbl':
        tableCount += 1;
        tables.push({ id: tableCount, cells: [], cell: undefined });
        break;
      case 'tr':
        if (table !== undefined) table.cells = [];
        break;
      case 'tc':
        if (table !== undefined) table.cell = { lines: [], span: 1, continues: false };
        break;
      case 'gridSpan':
        if (table?.cell !== undefined) table.cell.span = Math.min(50, Math.max(1, Number(value) || 1));
        break;
      case 'vMerge':
        if (table?.cell !== undefined) table.cell.continues = value !== 'restart';
        break;
      default:
        break;
    }
  });
  parser.on('text', text => {
    const paragraph = paragraphs.at(-1);
    if (!inText || skip > 0 || paragraph === undefined) return;
    paragraph.text += text;
    paragraph.leads &&= strong || text.trim() === '';
    if (paragraph.leads) paragraph.strong = paragraph.text.length;
  });
  parser.on('closetag', tag => {
    if (skip > 0) {
      skip -= 1;
      return;
    }
    const table = tables.at(-1);
    switch (local(tag.name)) {
      case 't':
        inText = false;
        break;
      case 'r':
        inRun = false;
        break;
      case 'p': {
        const paragraph = paragraphs.pop();
        if (paragraph === undefined) break;
        const outer = paragraphs.at(-1);
        const text = numbered(paragraph, styles, numbering, counters);
        // A text box stands in a paragraph of its own inside another one.
        if (outer !== undefined) outer.text += outer.text === '' ? text : `\n${text}`;
        else if (table?.cell !== undefined) {
          if (text.trim() !== '') table.cell.lines.push(text.trim());
        } else {
          const before = text.length - paragraph.text.length;
          const lead = paragraph.strong === 0 ? 0 : before + paragraph.strong;
          pushLines(lines, text, styles.headings.get(paragraph.style ?? ''), lead);
        }
        break;
      }
      case 'tc':
        if (table?.cell !== undefined) {
          table.cells.push({
            text: table.cell.lines.join('\n'),
            span: table.cell.span,
            continues: table.cell.continues,
          });
          table.cell = undefined;
        }
        break;
      case 'tr':
        if (table !== undefined) endRow(table, tables, lines);
        break;
      case 'tbl': {
        tables.pop();
        break;
      }
      default:
        break;
    }
  });
  parser.write(xml).close();
  return lines;
}

/** The types in which such documents set their headings; the text is 仿宋. */
const headingType = /黑体|楷体|小标宋|SimHei|KaiTi/i;

/** Deleted text, field codes, the second copy of a text box, phonetic guides, what formats were before. */
const skipped = new Set([
  'del',
  'moveFrom',
  'instrText',
  'delText',
  'Fallback',
  'rt',
  'rPrChange',
  'pPrChange',
  'sectPr',
  'tblPr',
  'trPr',
  'pict',
]);

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** A row of a nested table is text of the cell around it. A table of one column only frames its text. */
function endRow(table: OpenTable, tables: readonly OpenTable[], lines: SourceLine[]): void {
  const text = table.cells
    .map(cell => cell.text)
    .join('\t')
    .trim();
  if (text === '' && !table.cells.some(cell => cell.continues)) return;
  const outer = tables.at(-2);
  if (outer?.cell !== undefined) outer.cell.lines.push(text);
  else if (table.cells.length === 1 && text.includes('\n'))
    for (const part of text.split('\n')) pushLines(lines, part, undefined, 0);
  else lines.push({ number: lines.length + 1, text, cells: table.cells, table: table.id });
}

function pushLines(lines: SourceLine[], text: string, heading: number | undefined, lead: number): void {
  let from = 0;
  for (const part of text.split('\n')) {
    const shown = part.trim();
    const strong = Math.min(shown.length, lead - from - (part.length - part.trimStart().length));
    from += part.length + 1;
    if (shown === '') continue;
    lines.push({
      number: lines.length + 1,
      text: shown,
      ...(heading === undefined ? {} : { heading }),
      ...(strong > 0 ? { strong } : {}),
    });
  }
}

/** The text with the number that Word draws before it. */
function numbered(
  paragraph: Paragraph,
  styles: StyleSheet,
  numbering: ReadonlyMap<string, readonly ListLevel[]>,
  counters: Map<string, number[]>,
): string {
  const fromStyle = styles.numbering.get(paragraph.style ?? '');
  const numId = paragraph.numId ?? fromStyle?.numId;
  if (numId === undefined || numId === '0' || paragraph.text.trim() === '') return paragraph.text;
  const depth = Math.min(8, Math.max(0, paragraph.level ?? fromStyle?.level ?? 0));
  const levels = numbering.get(numId);
  const level = levels?.[depth];
  if (levels === undefined || level === undefined) return paragraph.text;
  // Lists that share an abstract definition run on together.
  const counts = counters.get(level.list) ?? [];
  counters.set(level.list, counts);
  counts[depth] = (counts[depth] ?? level.start - 1) + 1;
  counts.length = depth + 1;
  if (level.format === 'bullet' || level.format === 'none')
    return level.format === 'bullet' ? `●${paragraph.text}` : paragraph.text;
  const label = level.text.replace(/%([1-9])/g, (_, digit: string) => {
    const at = Number(digit) - 1;
    const shown = levels[at];
    return shown === undefined ? '' : numeralOf(counts[at] ?? shown.start, at === depth ? level.format : shown.format);
  });
  return label + paragraph.text;
}
