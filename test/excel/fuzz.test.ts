import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Grid } from '../../src/model/grid.js';
import { openExcel } from '../../src/stores/excel/index.js';
import { StoreError } from '../../src/stores/store.js';
import { mutateBytes, mutateXml, seeded } from '../support/excel/mutate.js';
import { rawEntries, WORKBOOKS, workbookNames } from '../support/excel/packages.js';
import { samplePlan } from '../support/excel/plans.js';

/** Runs per workbook; `LEDGER_FUZZ_RUNS` and `LEDGER_FUZZ_SEED` for a longer hunt. */
const RUNS = Number(process.env.LEDGER_FUZZ_RUNS ?? 10);
const SEED = Number(process.env.LEDGER_FUZZ_SEED ?? 20231030);
/** No mutation of a workbook of some kilobytes may take longer. */
const TOO_LONG = 5_000;

let folder = '';
let path = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-fuzz-'));
  path = join(folder, '台账.xlsx');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(bytes: Buffer): Promise<Grid | StoreError> {
  await writeFile(path, bytes);
  const started = performance.now();
  try {
    return await openExcel(path).read();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return error;
  } finally {
    expect(performance.now() - started).toBeLessThan(TOO_LONG);
  }
}

const contents = (grid: Grid): unknown => grid.sheets.map(sheet => ({ ...sheet, markers: [...sheet.markers] }));

test.each(workbookNames())('%s with spoiled bytes is read as it was or refused', async name => {
  const bytes = await readFile(new URL(name, WORKBOOKS));
  const right = contents(await openExcel(await written(bytes)).read());
  const random = seeded(SEED);
  let refused = 0;
  for (let run = 0; run < RUNS; run++) {
    const result = await read(mutateBytes(bytes, random));
    if (result instanceof StoreError) refused += 1;
    else expect(contents(result), `run ${run}`).toEqual(right);
  }
  expect(refused).toBeGreaterThan(0);
});

test.each(workbookNames())('%s with spoiled XML is refused, or read and written whole', async name => {
  const entries = await rawEntries(await readFile(new URL(name, WORKBOOKS)));
  const random = seeded(SEED + 1);
  for (let run = 0; run < RUNS; run++) {
    const { bytes, part } = mutateXml(entries, random);
    const grid = await read(bytes);
    if (
      grid instanceof StoreError ||
      !grid.sheets.some(s => s.rows.some(r => r.cells.some(c => c?.text === '反馈问题')))
    )
      continue;
    const store = openExcel(path, { backupDir: join(folder, 'kept') });
    await expect(
      store.apply(samplePlan(await store.read())).catch((error: unknown) => {
        if (error instanceof StoreError) return error.code;
        throw error;
      }),
      `run ${run}, ${part}`,
    ).resolves.not.toBe('verify-failed');
  }
});

async function written(bytes: Buffer): Promise<string> {
  await writeFile(path, bytes);
  return path;
}
