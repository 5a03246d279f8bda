import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { workbookNames } from '../support/excel/packages.js';
import { compareMutants, type Explained, OF_BOTH } from './readers/differential.js';
import { Reader } from './readers/reader.js';

/*
 * No silent misread: what the store reads from a damaged workbook is what exceljs reads from it, cell by cell, unless one of them
 * refuses. exceljs runs in a process of its own, with bounds on time and memory. openpyxl does the same in the office tests.
 */

const EXCELJS: readonly Explained[] = [
  ...OF_BOTH,
  {
    why: 'exceljs keeps sheets by their sheetId and reads nothing of one whose id is 0 or no number',
    applies: ({ at, theirs }, { theirs: sheets }) =>
      theirs === undefined && Object.keys(sheets[at.slice(0, at.lastIndexOf('!'))] ?? {}).length === 0,
  },
  {
    why: 'exceljs drops texts that stand in or beside CDATA',
    applies: (_, { xml }) => xml.includes('<![CDATA['),
  },
  {
    why: 'exceljs takes 0x10 for 16 or 0, and a blank for 0, as JavaScript does',
    applies: ({ ours, theirs }) =>
      ours?.kind === 'text' &&
      typeof theirs?.value === 'number' &&
      [Number(ours.text), Number.parseFloat(ours.text), Number.parseInt(ours.text, 10)].includes(theirs.value),
  },
  {
    why: 'exceljs loses a cell that does not say where it stands, or reads it elsewhere',
    applies: (_, { xml }) => /<(?:\w+:)?c(?:\s(?![^>]*\br=)[^>]*)?>/.test(xml),
  },
  {
    why: 'exceljs takes the leading number of an ISO date or of a text in its place for a serial',
    applies: (_, { xml }) => / t="d"/.test(xml),
  },
];

const reader = new Reader(process.execPath, [
  '--max-old-space-size=512',
  fileURLToPath(new URL('readers/exceljs.mjs', import.meta.url)),
]);
afterAll(() => reader.stop());

let compared = 0;
test.each(workbookNames())(
  'mutants of %s are read as exceljs reads them, or refused',
  { timeout: 600_000 },
  async name => {
    const result = await compareMutants(name, reader, EXCELJS);
    compared += result.compared;
    expect(result.unexplained).toEqual([]);
  },
);

test('enough of them were read by both', () => {
  expect(compared).toBeGreaterThan(workbookNames().length);
});
