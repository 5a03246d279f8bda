import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { workbookNames } from '../support/excel/packages.js';
import { compareMutants, type Explained, OF_BOTH } from './readers/differential.js';
import { Reader } from './readers/reader.js';

/* No silent misread, as independent.test.ts, with openpyxl. */

const OPENPYXL: readonly Explained[] = [
  ...OF_BOTH,
  {
    why: 'openpyxl gives #VALUE! for a number in a date’s cell that is no day of the calendar',
    applies: ({ ours, theirs }) =>
      ours?.kind === 'number' &&
      typeof theirs?.value === 'object' &&
      'error' in theirs.value &&
      theirs.value.error === '#VALUE!',
  },
  {
    why: 'openpyxl takes full-width digits for numbers, which no spreadsheet does',
    applies: ({ ours, theirs }) =>
      ours?.kind === 'text' &&
      typeof theirs?.value === 'number' &&
      Number(ours.text.normalize('NFKC')) === theirs.value,
  },
  {
    why: 'openpyxl sees nothing of a sheet whose elements stand in no namespace of spreadsheets',
    applies: ({ at, theirs }, { theirs: sheets }) =>
      theirs === undefined && Object.keys(sheets[at.slice(0, at.lastIndexOf('!'))] ?? {}).length === 0,
  },
];

const reader = new Reader('prlimit', [
  '--as=1073741824',
  '/usr/bin/python3',
  fileURLToPath(new URL('readers/openpyxl_reader.py', import.meta.url)),
]);
afterAll(() => reader.stop());

let compared = 0;
test.each(workbookNames())(
  'mutants of %s are read as openpyxl reads them, or refused',
  { timeout: 600_000 },
  async name => {
    const result = await compareMutants(name, reader, OPENPYXL);
    compared += result.compared;
    expect(result.unexplained).toEqual([]);
  },
);

test('enough of them were read by both', () => {
  expect(compared).toBeGreaterThan(workbookNames().length);
});
