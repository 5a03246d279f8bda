import { labelsOf } from './labels.js';
import { leadingMarker } from './markers.js';
import type { SourceLine } from './source.js';

/** A row drawn with strokes: |1|反馈问题|整改措施|. */
const drawn = /^\s*[|｜│](?:[^|｜│]*[|｜│]){3,}\s*$/u;

/** A line of the file is a line of the notice; rows of a pasted or drawn table (three cells or more) keep their cells. */
export function textLines(content: string): readonly SourceLine[] {
  const lines = content.split(/\r\n|[\n\r\u2028\u2029\f\v]/);
  let table = 0;
  let inTable = false;
  const read: readonly SourceLine[] = lines.map((text, index) => {
    const cells = drawn.test(text)
      ? text
          .trim()
          .slice(1, -1)
          .split(/[|｜│]/u)
      : text.split('\t');
    const isRow = cells.filter(cell => cell.trim() !== '').length >= 3;
    if (isRow && !inTable) table += 1;
    inTable = isRow;
    const number = index + 1;
    if (!isRow) return { number, text };
    return { number, text, table, cells: cells.map(cell => ({ text: cell.trim(), span: 1, continues: false })) };
  });
  return unwrapped(withoutFurniture(read));
}

/** — 3 —, 第3页 共8页: what a page prints at its edge. */
const pageNumber = /^\s*(?:[—–-]+\s*\d{1,3}\s*[—–-]+|第\s*\d{1,3}\s*页(?:[,，\s]*共\s*\d{1,3}\s*页)?)\s*$/u;

/**
 * Without the numbers of pages and the line that is printed again beside each of them; a sentence that went on from one
 * page to the next is one again.
 */
function withoutFurniture(lines: readonly SourceLine[]): readonly SourceLine[] {
  const filled = lines.filter(line => !isBlank(line));
  const numbers = new Set(filled.filter(line => pageNumber.test(line.text)).map(line => line.number));
  if (numbers.size < 2) return lines;
  const key = (line: SourceLine | undefined) => line?.text.replace(/\s+/g, ' ').trim() ?? '';
  const beside = new Map<string, number>();
  filled.forEach((line, index) => {
    if (!numbers.has(line.number)) return;
    for (const other of new Set([key(filled[index - 1]), key(filled[index + 1])]))
      beside.set(other, (beside.get(other) ?? 0) + 1);
  });
  const printed = (line: SourceLine) => numbers.has(line.number) || (beside.get(key(line)) ?? 0) >= 2;
  const kept: SourceLine[] = [];
  let turned = false;
  for (const line of lines) {
    if (printed(line) && !isBlank(line)) {
      turned = true;
      continue;
    }
    if (isBlank(line)) {
      if (!turned) kept.push(line);
      continue;
    }
    const last = kept.at(-1);
    const goesOn =
      turned && last !== undefined && isOpen(last) && /[，,、]\s*$/u.test(last.text) && !beginsAnew(line.text);
    if (goesOn) kept[kept.length - 1] = { ...last, text: last.text.trimEnd() + line.text.trim() };
    else kept.push(line);
    turned = false;
  }
  return kept;
}

/** What tells that lines end at the edge of a page: their width in columns of type, or their signs where a program broke them. */
const measures: readonly { readonly of: (text: string) => number; readonly widest: number; readonly ragged: number }[] =
  [
    { of: widthOf, widest: 112, ragged: 6 },
    { of: text => text.length, widest: 100, ragged: 2 },
  ];

/**
 * Paragraphs that were broken at the edge of a page, as text copied out of a PDF is, put together again; what is joined
 * keeps the number of its first line. Told by no line being longer than a page is wide, and many ending at its edge in
 * the middle of a sentence.
 */
function unwrapped(lines: readonly SourceLine[]): readonly SourceLine[] {
  const filled = lines.filter(line => !isBlank(line)).length;
  let full = new Set<number>();
  let broken: readonly number[] = [];
  for (const { of, widest, ragged } of measures) {
    const widths = lines.map(line => of(line.text.trimEnd()));
    const edge = widths.reduce((most, width) => Math.max(most, width), 0);
    if (edge > widest || edge < 24) continue;
    const atEdge = new Set(
      lines
        .map((_, index) => index)
        .filter(index => (widths[index] ?? 0) >= edge - ragged && lines[index]?.cells === undefined),
    );
    const open = [...atEdge].filter(index => isOpen(lines[index]) && !isBlank(lines[index + 1]));
    if (open.length < 5 || open.length * 2 < atEdge.size || atEdge.size * 6 < filled || open.length <= broken.length)
      continue;
    full = atEdge;
    broken = open;
  }
  if (broken.length === 0) return lines;
  const indented = broken.filter(index => /^\s/u.test(lines[index + 1]?.text ?? '')).length * 4 < broken.length;
  const paragraphs = lines.filter(line => /^\s/u.test(line.text) && !isBlank(line)).length * 5 > filled;
  const joined: SourceLine[] = [];
  lines.forEach((line, index) => {
    const last = joined.at(-1);
    const goesOn =
      last !== undefined &&
      full.has(index - 1) &&
      !isBlank(line) &&
      line.cells === undefined &&
      (indented && paragraphs ? !/^\s/u.test(line.text) : isOpen(lines[index - 1]) && !beginsAnew(line.text));
    if (goesOn) joined[joined.length - 1] = { ...last, text: last.text.trimEnd() + line.text.trim() };
    else joined.push(line);
  });
  return joined;
}

function isBlank(line: SourceLine | undefined): boolean {
  return line === undefined || line.text.trim() === '';
}

/** The sentence goes on behind it. */
function isOpen(line: SourceLine | undefined): boolean {
  return line !== undefined && !/[。；：！？.;:!?]\s*$/u.test(line.text);
}

function beginsAnew(text: string): boolean {
  return leadingMarker(text) !== undefined || labelsOf(text, 0)[0]?.at === 0;
}

/** In columns: a Chinese character takes two. */
function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += (char.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1;
  return width;
}
