import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Examined } from '../../src/examine.js';
import type { Grid } from '../../src/model/grid.js';
import { plain } from '../../src/model/money.js';
import { isEmptyPlan } from '../../src/model/plan.js';
import { makeSample } from '../../src/sample/index.js';
import { openExcel } from '../../src/stores/excel/index.js';
import { examinedGrid, planned } from './support/planned.js';

let folder = '';
let path = '';
let grid: Grid;
let sample: Examined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-sample-'));
  path = join(folder, '示例台账.xlsx');
  await makeSample(path);
  grid = await openExcel(path).read();
  sample = examinedGrid(grid);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the sample ledger', () => {
  it('has 11 findings in 2 focus areas, 25 sub-findings and 34 measures, all declared done', () => {
    const { findings } = sample.ledger.main;
    expect(findings.map(one => one.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13]);
    expect(findings.map(one => one.subFindings.length)).toEqual([2, 0, 5, 3, 3, 3, 3, 0, 4, 2, 0]);
    expect(findings.map(one => one.measures)).toEqual([3, 4, 5, 2, 3, 4, 3, 1, 4, 2, 3]);
    expect(sample.ledger.main.focuses.map(one => one.ordinal)).toEqual([1, 3]);
    expect(sample.summary).toMatchObject({ subFindings: 25, measures: 34, all: { findings: 11, done: 11 } });
  });

  it('owes 503.3万元 on finding 13 and nothing elsewhere', () => {
    const { money } = sample.summary;
    expect(money.outstanding !== 'unknown' && plain(money.outstanding)).toBe('5033000.00');
    expect(sample.states.filter(one => one.money.due !== undefined).map(one => one.finding.number)).toEqual([13]);
  });

  it('states a total one yuan above its parts', () => {
    const parts = sample.ledger.registers.claims.rows.filter(row => row.data.parent === '2');
    expect(parts).toHaveLength(5);
    const amounts = sample.reconciliations.find(one => one.ok === false && one.amount !== undefined)?.amount;
    expect(amounts && [plain(amounts.stated), plain(amounts.computed)]).toEqual(['521993.50', '521992.50']);
  });

  it('lists eight policies with their findings', () => {
    const { rows } = sample.ledger.registers.policies;
    expect(rows.map(row => row.data.reference)).toEqual(
      [1, 2, 4, 4, 5, 5, 7, 10].map(number => ({ kind: 'findings', numbers: [number] })),
    );
  });

  it('is read without a cell that cannot be read', () => {
    expect(sample.ledger.issues).toEqual([]);
  });

  it('is never written over a file that is there', async () => {
    const before = await readFile(path);
    await expect(makeSample(path)).rejects.toMatchObject({ code: 'EEXIST' });
    expect((await readFile(path)).equals(before)).toBe(true);
  });

  it('takes its plan through the real store, and then there is nothing left to do', async () => {
    const store = openExcel(path, { backupDir: join(folder, 'backups') });
    const plan = planned(grid);
    expect(plan.columns).toEqual([]);
    await store.apply(plan);
    const after = await store.read();
    expect(isEmptyPlan(planned(after))).toBe(true);
    expect(after.sheets.map(sheet => sheet.name)).toEqual(grid.sheets.map(sheet => sheet.name));
  });
});
