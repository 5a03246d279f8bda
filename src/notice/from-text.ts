import { labelsOf } from './labels.js';
import { leadingMarker } from './markers.js';
import type { SourceLine } from './source.js';

/** A line of the file is a line of the notice; rows of a pasted table (two tabs or more) keep their cells. */
export function textLines(content: string): readonly SourceLine[] {
  const lines = content.split(/\r\n|[\n\r\u2028\u2029\f\v]/);
  let table = 0;
  let inTable = false;
  return unwrapped(
    lines.map((text, index) => {
      const cells = text.split('\t');
      const isRow = cells.filter(cell => cell.trim() !== '').length >= 3;
      if (isRow && !inTable) table += 1;
      inTable = isRow;
      const number = index + 1;
      if (!isRow) return { number, text };
      return { number, text, table, cells: cells.map(cell => ({ text: cell.trim(), span: 1, continues: false })) };
    }),
  );
}

/** No page holds more columns of type than this. */
const WIDEST_PAGE = 112;
/** How far a full line may stay behind the widest: a sign that must not begin a line, a word kept whole. */
const RAGGED = 6;

/**
 * Paragraphs that were broken at the edge of a page, as text copied out of a PDF is, put together again; what is joined
 * keeps the number of its first line. Told by no line being longer than a page is wide, and many ending at its edge in
 * the middle of a sentence.
 */
function unwrapped(lines: readonly SourceLine[]): readonly SourceLine[] {
  const widths = lines.map(line => widthOf(line.text.trimEnd()));
  const widest = widths.reduce((most, width) => Math.max(most, width), 0);
  if (widest > WIDEST_PAGE || widest < 40) return lines;
  const isFull = (index: number) => (widths[index] ?? 0) >= widest - RAGGED && lines[index]?.cells === undefined;
  const full = lines.map((_, index) => index).filter(isFull);
  const broken = full.filter(index => isOpen(lines[index]) && !isBlank(lines[index + 1]));
  const filled = lines.filter(line => !isBlank(line)).length;
  if (broken.length < 5 || broken.length * 2 < full.length || full.length * 6 < filled) return lines;
  const indented = broken.filter(index => /^\s/u.test(lines[index + 1]?.text ?? '')).length * 4 < broken.length;
  const paragraphs = lines.filter(line => /^\s/u.test(line.text) && !isBlank(line)).length * 5 > filled;
  const joined: SourceLine[] = [];
  lines.forEach((line, index) => {
    const last = joined.at(-1);
    const goesOn =
      last !== undefined &&
      isFull(index - 1) &&
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
