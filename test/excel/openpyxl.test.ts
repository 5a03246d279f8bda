import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { a1, type Cell } from '../../src/model/grid.js';
import { openExcel } from '../../src/stores/excel/index.js';
import { WORKBOOKS, workbookNames } from '../support/excel/packages.js';

/**
 * What openpyxl read from the same workbooks when they were made (test/fixtures/make/read_with_openpyxl.py), held
 * against what the store reads.
 */
const value = z.union([z.string(), z.number(), z.boolean(), z.object({ date: z.string() })]);
const cells = z.record(z.string(), z.record(z.string(), value));
const schema = z.record(
  z.string(),
  z.object({ fails: z.string().optional(), values: cells.optional(), formulas: cells.optional() }),
);
type Value = z.infer<typeof value>;

const reads = schema.parse(JSON.parse(await readFile(new URL('openpyxl-reads.json', WORKBOOKS), 'utf8')));

/** Where openpyxl cannot be asked, or is wrong, and why. */
const UNREADABLE = new Map([
  ['hand-backslashes.xlsx', 'openpyxl looks for names with slashes only'],
  ['hand-strict.xlsx', 'openpyxl sees no sheets in the strict flavour'],
]);
const WRONG = new Map([
  ['hand-values.xlsx!D2', 'built-in format 31 (yyyy年m月d日) is a date'],
  ['hand-values.xlsx!D3', 'built-in format 31'],
  ['hand-values.xlsx!D4', 'built-in format 31'],
  ['hand-values.xlsx!D5', 'built-in format 57 (yyyy年m月) is a date'],
  ['hand-values.xlsx!D6', 'built-in format 31'],
  ['hand-values.xlsx!B9', 'openpyxl leaves the escapes of inline strings'],
]);

describe.each(workbookNames().filter(name => !UNREADABLE.has(name)))('%s', name => {
  test('reads as openpyxl reads it', async () => {
    const grid = await openExcel(fileURLToPath(new URL(name, WORKBOOKS))).read();
    const theirs = reads[name];
    const found: string[] = [];
    let compared = 0;
    for (const sheet of grid.sheets) {
      const values = { ...theirs?.values?.[sheet.name] };
      const formulas = theirs?.formulas?.[sheet.name] ?? {};
      for (const row of sheet.rows) {
        row.cells.forEach((cell, index) => {
          const at = a1(row.number, index + 1);
          const theirValue = values[at];
          const theirFormula = formulas[at];
          delete values[at];
          if (cell === undefined || WRONG.has(`${name}!${at}`)) return;
          compared += 1;
          const formula =
            typeof theirFormula === 'string' && theirFormula.startsWith('=') ? theirFormula.slice(1) : undefined;
          const isArray = typeof theirFormula === 'string' && theirFormula.includes('ArrayFormula');
          if (cell.formula !== undefined && !isArray && cell.formula !== formula)
            found.push(`${at} formula ${formula}`);
          if (!same(cell, theirValue))
            found.push(`${at} ${JSON.stringify(cell)} openpyxl ${JSON.stringify(theirValue)}`);
        });
      }
      for (const [at, left] of Object.entries(values))
        found.push(`${sheet.name}!${at} only openpyxl reads ${JSON.stringify(left)}`);
    }
    expect(found).toEqual([]);
    expect(compared).toBeGreaterThan(20);
  });
});

function same(cell: Cell, theirs: Value | undefined): boolean {
  // openpyxl gives nothing for a formula that was never calculated, and for an empty text.
  if (theirs === undefined) return cell.text === '#UNCALCULATED' || cell.text === '';
  if (typeof theirs === 'object') return cell.kind === 'date' && theirs.date.startsWith(cell.text);
  if (typeof theirs === 'number') return cell.kind === 'number' && Number(cell.text) === theirs;
  if (typeof theirs === 'boolean') return cell.kind === 'boolean' && cell.text === (theirs ? 'TRUE' : 'FALSE');
  return cell.text === theirs;
}
