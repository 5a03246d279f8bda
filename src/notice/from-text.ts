import type { SourceLine } from './source.js';

/** A line of the file is a line of the notice; rows of a pasted table (two tabs or more) keep their cells. */
export function textLines(content: string): readonly SourceLine[] {
  const lines = content.split(/\r\n|[\n\r\u2028\u2029\f\v]/);
  let table = 0;
  let inTable = false;
  return lines.map((text, index) => {
    const cells = text.split('\t');
    const isRow = cells.filter(cell => cell.trim() !== '').length >= 3;
    if (isRow && !inTable) table += 1;
    inTable = isRow;
    const number = index + 1;
    if (!isRow) return { number, text };
    return { number, text, table, cells: cells.map(cell => ({ text: cell.trim(), span: 1, continues: false })) };
  });
}
