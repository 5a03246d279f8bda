import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { a1, type Grid } from '../../src/model/grid.js';
import { openExcel } from '../../src/stores/excel/index.js';
import { StoreError } from '../../src/stores/store.js';
import { seeded } from '../support/excel/mutate.js';
import { type RawEntry, rawEntries, WORKBOOKS, workbookNames } from '../support/excel/packages.js';
import { samplePlan } from '../support/excel/plans.js';
import { type Mutant, mutateMeaning, mutateParts, mutateZip } from './mutate-structure.js';

/*
 * Mutations of what bytes mean: fields of the zip, parts, attributes, tags, numbers, references. A mutant is refused in a
 * sentence, or read; read wrongly it is never: a damaged zip never gives other cells, and damage in one row of a sheet never
 * changes another row. `npm run fuzz` goes on for longer.
 */

const RUNS = Number(process.env.LEDGER_FUZZ_RUNS ?? 10);
const SEED = Number(process.env.LEDGER_FUZZ_SEED ?? 20231030);
const TOO_LONG = 5_000;

let folder = '';
let path = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-fuzz-'));
  path = join(folder, '台账.xlsx');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(mutant: Mutant): Promise<Grid | undefined> {
  await writeFile(path, mutant.bytes);
  const began = performance.now();
  try {
    return await openExcel(path).read();
  } catch (error) {
    if (!(error instanceof StoreError)) throw new Error(`${mutant.what}: ${String(error)}`, { cause: error });
    expect(error.text.zh, mutant.what).toMatch(/[\u4e00-\u9fff].*。/u);
    return undefined;
  } finally {
    expect(performance.now() - began, mutant.what).toBeLessThan(TOO_LONG);
  }
}

type Cells = ReadonlyMap<string, string>;

/** `sheet!B7` → kind and text of every cell. */
function cellsOf(grid: Grid): Cells {
  const cells = new Map<string, string>();
  for (const sheet of grid.sheets)
    for (const row of sheet.rows)
      row.cells.forEach((cell, index) => {
        if (cell !== undefined) cells.set(`${sheet.name}!${a1(row.number, index + 1)}`, `${cell.kind} ${cell.text}`);
      });
  return cells;
}

function differing(right: Cells, now: Cells): readonly string[] {
  return [...new Set([...right.keys(), ...now.keys()])].filter(at => right.get(at) !== now.get(at));
}

async function original(
  name: string,
): Promise<{ entries: ReadonlyMap<string, RawEntry>; bytes: Buffer; cells: Cells }> {
  const bytes = await readFile(new URL(name, WORKBOOKS));
  await writeFile(path, bytes);
  return { bytes, entries: await rawEntries(bytes), cells: cellsOf(await openExcel(path).read()) };
}

test.each(workbookNames())('%s with a lie in its zip is read as it is, or refused', async name => {
  const { bytes, cells } = await original(name);
  const random = seeded(SEED);
  for (let run = 0; run < RUNS; run += 1) {
    const mutant = mutateZip(bytes, random);
    const grid = await read(mutant);
    if (grid !== undefined) expect(differing(cells, cellsOf(grid)), `run ${run}, ${mutant.what}`).toEqual([]);
  }
});

test.each(workbookNames())('%s with a part gone, doubled or exchanged is never read as an empty one', async name => {
  const { entries } = await original(name);
  const random = seeded(SEED + 1);
  for (let run = 0; run < RUNS; run += 1) {
    const mutant = mutateParts(entries, random);
    const grid = await read(mutant);
    if (grid !== undefined) expect(cellsOf(grid).size, `run ${run}, ${mutant.what}`).toBeGreaterThan(0);
  }
});

test.each(workbookNames())('%s with a change of meaning keeps all the rest, and is written whole', async name => {
  const { entries, cells } = await original(name);
  const random = seeded(SEED + 2);
  for (let run = 0; run < RUNS; run += 1) {
    const mutant = mutateMeaning(entries, random);
    const grid = await read(mutant);
    if (grid === undefined) continue;
    const changed = differing(cells, cellsOf(grid));
    expect(strangers(changed, cells, mutant, entries), `run ${run}, ${mutant.what}`).toEqual([]);
    if (!grid.sheets.some(sheet => sheet.rows.some(row => row.cells.some(cell => cell?.text === '反馈问题')))) continue;
    const store = openExcel(path, { backupDir: join(folder, 'kept') });
    const result = await store.apply(samplePlan(await store.read())).catch((error: unknown) => error);
    if (result instanceof Error && !(result instanceof StoreError)) throw new Error(mutant.what, { cause: result });
    if (result instanceof StoreError) expect(result.code, `run ${run}, ${mutant.what}`).not.toBe('verify-failed');
  }
});

/** Cells that are read differently although the damage was elsewhere. */
function strangers(
  changed: readonly string[],
  cells: Cells,
  { part = '', at = 0 }: Mutant,
  entries: ReadonlyMap<string, RawEntry>,
): readonly string[] {
  const xml = entries.get(part)?.content.toString('utf8') ?? '';
  if (/worksheets[/\\][^/\\]+\.xml$/.test(part)) {
    const rows = rowsAround(xml, at);
    return changed.filter(place => !rows.has(Number(/\d+$/.exec(place)?.[0])));
  }
  // One shared text damaged: the cells that show it, no others.
  if (/sharedStrings/i.test(part)) return new Set(changed.map(place => cells.get(place))).size > 1 ? changed : [];
  // Formats decide whether a number is a day; texts they cannot change.
  if (/styles/i.test(part)) return changed.filter(place => !/^(?:number|date) /.test(cells.get(place) ?? ''));
  // The workbook's own parts say which sheets there are and from which day they count; a table, a drawing or a theme says nothing.
  return /workbook|rels$|Content_Types/i.test(part) ? [] : changed;
}

/** Numbers of the row in which a character of the sheet stands, and of its neighbour where the place is on the border. */
function rowsAround(xml: string, at: number): ReadonlySet<number> {
  const rows = new Set<number>();
  let number = 0;
  for (const found of xml.matchAll(/<(?:\w+:)?row\b[^>]*?(?:\/>|>[\s\S]*?<\/(?:\w+:)?row>)/g)) {
    const written = /\br\s*=\s*["'](\d+)["']/.exec(found[0].slice(0, found[0].indexOf('>')))?.[1];
    number = written === undefined ? number + 1 : Number(written);
    const from = found.index;
    const to = from + found[0].length;
    // Two rows exchanged differ from where their texts first differ, which is in the first.
    if (at >= from - 1 && at <= to + 1) rows.add(number).add(number + 1);
  }
  return rows;
}
