import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cellAt, type Grid } from '../../src/model/grid.js';
import type { Content, Plan, SheetImage } from '../../src/model/plan.js';
import { freeSheetName, openExcel } from '../../src/stores/excel/index.js';
import { rawEntries, WORKBOOKS } from '../support/excel/packages.js';
import { rollUp, samplePlan } from '../support/excel/plans.js';
import { makeZip, NAMESPACES, ROWS, sheetXml, workbookParts, workbookRelationships } from '../support/excel/zips.js';

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-structure-'));
  path = join(folder, '台账.xlsx');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const SHEET = 'xl/worksheets/sheet1.xml';

/** The workbook after a plan, part by part. */
async function applied(change: (grid: Grid) => Partial<Plan>): Promise<(part: string) => string> {
  const store = openExcel(path, { backupDir: join(folder, 'kept') });
  const grid = await store.read();
  await store.apply({
    target: path,
    basedOn: grid.revision,
    ledgerId: 'L1',
    expects: [],
    columns: [],
    widen: [],
    edits: [],
    images: [],
    ...change(grid),
  });
  const entries = await rawEntries(await readFile(path));
  return part => entries.get(part)?.content.toString('utf8') ?? '';
}

const edit = (row: number, col: number, content: Content): Plan['edits'][number] => ({
  at: { sheet: '整改台账', row, col },
  header: '',
  column: 'status',
  row: '',
  before: '',
  after: content,
  why: '',
});
const text = (value: string): Content => ({ kind: 'text', text: value });
const use = (name: string): Promise<void> => copyFile(new URL(name, WORKBOOKS), path);
const make = (parts: Parameters<typeof workbookParts>[0]): Promise<void> =>
  writeFile(path, makeZip(workbookParts(parts)));

describe('columns at the right edge', () => {
  test('a table takes them in, names and all', async () => {
    await use('xlsxwriter-table.xlsx');
    const part = await applied(grid => samplePlan(grid, 0, { withImage: false }));
    const table = part('xl/tables/table1.xml');
    expect(table).toContain('ref="B3:Q7"');
    expect(table).toContain('<tableColumns count="16">');
    expect([...table.matchAll(/<tableColumn id="(\d+)" name="([^"]*)"/g)].slice(-2).map(m => [m[1], m[2]])).toEqual([
      ['15', '未追缴金额'],
      ['16', '行标识'],
    ]);
  });

  test('a table with a totals row keeps the filter off that row', async () => {
    await use('xlsxwriter-table-totals.xlsx');
    const part = await applied(grid => samplePlan(grid, 0, { withImage: false }));
    expect(part('xl/tables/table1.xml')).toMatch(/ref="A1:P6".*<autoFilter ref="A1:P5"\/>/s);
  });

  test('a table that has a column of that name stays as it is', async () => {
    await use('xlsxwriter-table.xlsx');
    const part = await applied(grid => {
      const plan = samplePlan(grid, 0, { withImage: false });
      return { ...plan, columns: plan.columns.map(column => ({ ...column, header: '责任人' })) };
    });
    expect(part('xl/tables/table1.xml')).toContain('ref="B3:K7"');
  });

  test('the filter and its hidden name are widened together', async () => {
    await use('hand-everything.xlsx');
    const part = await applied(grid => samplePlan(grid, 0, { withImage: false }));
    expect(part(SHEET)).toContain('<autoFilter ref="A1:L4"/>');
    expect(part('xl/workbook.xml')).toContain(">'整改台账'!$A$1:$L$4<");
  });

  test('a width that spans the whole sheet is cut in pieces', async () => {
    await use('hand-everything.xlsx');
    const part = await applied(grid => samplePlan(grid, 0, { withImage: false }));
    const cols = /<cols>(.*)<\/cols>/.exec(part(SHEET))?.[1] ?? '';
    expect(
      cols.startsWith(
        '<col min="1" max="3" width="20" customWidth="1"/><col min="4" max="6" width="9"/><col min="7" max="7" ',
      ),
    ).toBe(true);
    expect(cols).toMatch(/<col min="12" max="12" [^>]*hidden="1"[^>]*\/><col min="13" max="16384" width="9"\/>$/);
  });

  test('a header of two rows is merged downwards, after what stands before merged cells', async () => {
    await make({
      [SHEET]: sheetXml(
        ROWS,
        '<sheetProtection sheet="1"/><pageMargins left="1" right="1" top="1" bottom="1" header="0" footer="0"/>',
      ),
    });
    const part = await applied(() => ({
      columns: [
        {
          sheet: '整改台账',
          key: 'status',
          headerRow: 1,
          headerRows: 2,
          col: 3,
          header: '问题状态',
          width: 10,
          hidden: false,
          headerStyle: { bold: true },
        },
      ],
    }));
    expect(part(SHEET)).toContain(
      '<sheetProtection sheet="1"/><mergeCells count="1"><mergeCell ref="C1:C2"/></mergeCells><pageMargins',
    );
  });

  test('a marker whose column was deleted is set anew, not doubled', async () => {
    await make({
      'xl/workbook.xml': `<workbook xmlns="${NAMESPACES.main}" xmlns:r="${NAMESPACES.relationships}"><sheets><sheet name="整改台账" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="_ledger.col.status" hidden="1">整改台账!#REF!</definedName><definedName name="_ledger.id" hidden="1">"L7"</definedName></definedNames></workbook>`,
    });
    const grid = await openExcel(path).read();
    expect(grid.ledgerId).toBe('L7');
    expect(grid.sheets[0]?.markers.size).toBe(0);
    const part = await applied(() => ({
      ledgerId: 'L7',
      columns: [
        {
          sheet: '整改台账',
          key: 'status',
          headerRow: 1,
          headerRows: 1,
          col: 3,
          header: '问题状态',
          width: 10,
          hidden: false,
          headerStyle: {},
        },
      ],
    }));
    expect(part('xl/workbook.xml').match(/_ledger\.col\.status/g)).toHaveLength(1);
    expect((await openExcel(path).read()).sheets[0]?.markers).toEqual(new Map([['status', 3]]));
  });
});

describe('cells', () => {
  test('keep their style, or take their left neighbour’s; a date and a number get a format that shows them', async () => {
    await use('hand-values.xlsx');
    const part = await applied(() => ({
      edits: [
        edit(2, 4, text('改')),
        edit(2, 7, text('新')),
        edit(3, 4, { kind: 'number', text: '12.50' }),
        edit(3, 2, { kind: 'date', text: '2023-10-30' }),
      ],
    }));
    const xml = part(SHEET);
    expect(xml).toContain('<c r="D2" s="1" t="inlineStr"><is><t>改</t></is></c>');
    expect(xml).toMatch(/<c r="D3" s="[3-9]"><v>12\.50<\/v><\/c>/);
    const grid = await openExcel(path).read();
    const sheet = grid.sheets[0];
    expect(sheet && cellAt(sheet, 3, 4)).toEqual({ kind: 'number', text: '12.50' });
    expect(sheet && cellAt(sheet, 3, 2)).toEqual({ kind: 'date', text: '2023-10-30' });
  });

  test('serials follow the date system of the workbook', async () => {
    await use('xlsxwriter-1904.xlsx');
    const part = await applied(() => ({ edits: [edit(2, 12, { kind: 'date', text: '2023-10-30' })] }));
    expect(part(SHEET)).toMatch(/<c r="L2" s="\d+"><v>43767<\/v><\/c>/);
  });

  test('rows and cells that are not there yet are put in their order', async () => {
    await make({ [SHEET]: sheetXml('<row r="2"><c r="B2"><v>1</v></c><c r="D2"><v>2</v></c></row><row r="5"/>') });
    const part = await applied(() => ({
      edits: [
        edit(1, 1, text('甲')),
        edit(2, 3, text('乙')),
        edit(3, 1, text('丙')),
        edit(5, 2, text('丁')),
        edit(9, 1, text('戊')),
      ],
    }));
    const places = [...part(SHEET).matchAll(/<(row|c) r="([^"]+)"/g)].map(m => m[2]);
    expect(places).toEqual(['1', 'A1', '2', 'B2', 'C2', 'D2', '3', 'A3', '5', 'B5', '9', 'A9']);
  });

  test('the list of formulas goes when a formula does, and only then', async () => {
    await use('hand-values.xlsx');
    const kept = await applied(() => ({
      edits: [edit(5, 5, { kind: 'formula', formula: 'A5', cached: { kind: 'number', text: '4' } })],
    }));
    expect(kept('xl/calcChain.xml')).toContain('E5');
    const gone = await applied(() => ({ edits: [edit(5, 5, text('整改中'))] }));
    expect(gone('xl/calcChain.xml')).toBe('');
    expect(gone('[Content_Types].xml') + gone('xl/_rels/workbook.xml.rels')).not.toContain('calcChain');
  });

  test.each([
    ['the head of an array formula', 9, 6],
    ['the master of a shared formula whose others stay', 6, 6],
  ])('%s is not overwritten', async (_title, row, col) => {
    await use('hand-values.xlsx');
    const before = await readFile(path);
    await expect(applied(() => ({ edits: [edit(row, col, text('x'))] }))).rejects.toMatchObject({
      code: 'cell-blocked',
    });
    expect(await readFile(path)).toEqual(before);
  });

  test('a shared formula may go as a whole', async () => {
    await use('hand-values.xlsx');
    const part = await applied(() => ({ edits: [6, 7, 8].map(row => edit(row, 6, text('x'))) }));
    expect(part(SHEET)).not.toContain('t="shared"');
  });
});

test('a plan for a sheet that is not there is an error, and writes nothing', async () => {
  await use('xlsxwriter-1904.xlsx');
  const before = await readFile(path);
  const lost = { ...edit(2, 12, text('x')), at: { sheet: '别的表', row: 2, col: 12 } };
  await expect(applied(() => ({ edits: [lost] }))).rejects.toThrow('别的表');
  expect(await readFile(path)).toEqual(before);
});

describe('sheets of ours', () => {
  test('an office’s own sheet of that name stays its own', async () => {
    await use('xlsxwriter-1904.xlsx');
    const image: SheetImage = { ...rollUp('整改台账'), name: '整改台账' };
    await applied(() => ({ images: [image] }));
    const grid = await openExcel(path).read();
    expect(grid.sheets.map(sheet => [sheet.name, sheet.role])).toEqual([
      ['整改台账', undefined],
      ['整改台账（系统）', 'rollup'],
    ]);
    expect(freeSheetName('汇总', ['汇总', '汇总（系统）'])).toBe('汇总（系统2）');
    expect(freeSheetName("'a/b:c?'", [])).toBe('abc');
    expect(freeSheetName('问'.repeat(40), [])).toHaveLength(31);
  });

  test('a renamed sheet keeps its new name, and what people drew on it', async () => {
    await make({
      'xl/workbook.xml': `<workbook xmlns="${NAMESPACES.main}" xmlns:r="${NAMESPACES.relationships}"><sheets><sheet name="整改台账" sheetId="1" r:id="rId1"/><sheet name="领导看" sheetId="2" r:id="rId2"/></sheets><definedNames><definedName name="_ledger.sheet.rollup" hidden="1">领导看!$A$1</definedName></definedNames></workbook>`,
      'xl/_rels/workbook.xml.rels': workbookRelationships(
        `<Relationship Id="rId2" Type="${NAMESPACES.relationships}/worksheet" Target="worksheets/sheet2.xml"/>`,
      ),
      'xl/worksheets/sheet2.xml': sheetXml('', '<drawing r:id="rId7"/>'),
    });
    const part = await applied(() => ({ images: [rollUp('整改台账')] }));
    expect(part('xl/worksheets/sheet2.xml')).toMatch(/巡察整改汇总.*<drawing [^>]*r:id="rId7"\/><\/worksheet>$/s);
    expect((await openExcel(path).read()).sheets[1]).toMatchObject({ name: '领导看', role: 'rollup' });
  });

  test('cleaning is refused while a formula of the office needs our sheet', async () => {
    await make({ [SHEET]: sheetXml(`${ROWS}<row r="3"><c r="A3"><f>汇总!B3*2</f><v>7</v></c></row>`) });
    await applied(() => ({ images: [rollUp('整改台账')] }));
    await expect(openExcel(path).copyWithoutOurs(join(folder, '报送.xlsx'))).rejects.toMatchObject({
      code: 'sheet-in-use',
    });
  });
});
