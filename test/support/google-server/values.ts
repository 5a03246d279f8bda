import type { sheets_v4 } from '@googleapis/sheets';
import { readRange } from './answer.js';
import { type Book, cellText } from './book.js';

/* `values.get` and `values.update`: the program does not use them; the client that it is measured against does. */

export function getValues(book: Book, range: string): sheets_v4.Schema$ValueRange {
  const { sheet, span } = readRange(book, range);
  const values = sheet.rows
    .slice(span.top, span.bottom)
    .map(row => Array.from(row.cells.slice(span.left, span.right), cellText));
  while (values.at(-1)?.every(text => text === '') === true) values.pop();
  return { range, majorDimension: 'ROWS', ...(values.length > 0 ? { values } : {}) };
}

/** As with USER_ENTERED: what looks like a number becomes one, what begins with = a formula; null leaves a cell alone. */
export function putValues(
  book: Book,
  range: string,
  body: sheets_v4.Schema$ValueRange,
): sheets_v4.Schema$UpdateValuesResponse {
  const { sheet, span } = readRange(book, range);
  for (const [down, line] of (body.values ?? []).entries()) {
    const cells = sheet.rows[span.top + down]?.cells;
    for (const [right, value] of line.entries()) {
      if (cells === undefined || value === null || value === undefined) continue;
      const text = String(value);
      const typed = text.startsWith('=')
        ? { formulaValue: text }
        : /^-?\d+(?:\.\d+)?$/.test(text)
          ? { numberValue: Number(text) }
          : { stringValue: text };
      cells[span.left + right] = { ...cells[span.left + right], userEnteredValue: text === '' ? {} : typed };
    }
  }
  return { spreadsheetId: book.id, updatedRange: range, updatedData: getValues(book, range) };
}
