import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cellAt, type Grid } from '../../src/model/grid.js';
import { contentText } from '../../src/model/plan.js';
import { openExcel } from '../../src/stores/excel/index.js';
import { saveWithLibreOffice } from '../support/excel/libreoffice.js';
import { WORKBOOKS, workbookNames } from '../support/excel/packages.js';
import { samplePlan } from '../support/excel/plans.js';
import { makeZip, ROWS, sheetXml, workbookParts } from '../support/excel/zips.js';

let folder = '';
const plans = new Map<string, ReturnType<typeof samplePlan>>();

/** Every workbook of the test set, written by us, opened by LibreOffice, calculated anew and saved again. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-office-'));
  const written = join(folder, 'written');
  await mkdir(written);
  const files: string[] = [];
  for (const name of workbookNames()) {
    const path = join(written, name);
    await copyFile(new URL(name, WORKBOOKS), path);
    const store = openExcel(path, { backupDir: join(folder, 'kept') });
    const plan = samplePlan(await store.read(), 0, { withImage: name !== 'openpyxl-locked-structure.xlsx' });
    await store.apply(plan);
    plans.set(name, plan);
    files.push(path);
  }
  const misled = join(written, 'misled.xlsx');
  await writeFile(
    misled,
    makeZip(
      workbookParts({
        'xl/worksheets/sheet1.xml': sheetXml(`${ROWS}<row r="3"><c r="A3"><f>A2+1</f><v>99</v></c></row>`),
      }),
    ),
  );
  await saveWithLibreOffice([...files, misled], join(folder, 'saved'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('LibreOffice really calculates: a wrong cached value does not survive', async () => {
  const { sheets } = await openExcel(join(folder, 'saved', 'misled.xlsx')).read();
  expect(sheets[0]?.rows[2]?.cells[0]).toEqual({ kind: 'number', text: '2', formula: 'A2+1' });
});

// LibreOffice 7.4 does not look for backslashes in part names, in no workbook that has them.
describe.each(workbookNames().filter(name => name !== 'hand-backslashes.xlsx'))('%s', name => {
  test('LibreOffice opens it and calculates our formulas to the values we cached', async () => {
    const before: Grid = await openExcel(join(folder, 'written', name)).read();
    const after = await openExcel(join(folder, 'saved', name.replace(/\.xlsm$/, '.xlsx'))).read();
    expect(after.sheets.map(sheet => sheet.name)).toEqual(
      expect.arrayContaining(before.sheets.map(sheet => sheet.name)),
    );
    const plan = plans.get(name);
    expect(plan?.edits.length).toBeGreaterThan(0);
    for (const { at, after: content } of plan?.edits ?? []) {
      const sheet = after.sheets.find(s => s.name === at.sheet);
      const cell = sheet === undefined ? undefined : cellAt(sheet, at.row, at.col);
      const wanted = contentText(content);
      if (content.kind === 'number' || content.kind === 'formula') expect(Number(cell?.text)).toBe(Number(wanted));
      else expect(cell?.text.replace(/\u0007|_x0007_/, '')).toBe(wanted.replace('\u0007', ''));
      if (content.kind === 'formula') expect(cell?.formula).toBe(content.formula);
    }
    const rollUp = after.sheets.find(sheet => sheet.name === '汇总');
    if (plan?.images.length === 1 && rollUp !== undefined) {
      expect(cellAt(rollUp, 3, 2)).toEqual({ kind: 'number', text: '3.5', formula: 'ROUND(7/2,1)' });
      expect(cellAt(rollUp, 4, 1)).toEqual({ kind: 'date', text: '2023-10-30' });
    }
    // The markers survive a person's saving in LibreOffice.
    expect(after.ledgerId).toBe('sample-ledger');
  });
});
