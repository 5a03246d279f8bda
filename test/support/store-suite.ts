import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Cell, cellAt, type Grid, type GridSheet } from '../../src/model/grid.js';
import type { Content, Edit, Plan } from '../../src/model/plan.js';
import { applyPlan } from '../../src/stores/memory.js';
import type { Store } from '../../src/stores/store.js';

/** A workbook behind a store, and a person who types into it beside the program. Rows and columns are 1-based. */
export type Workplace = {
  readonly store: Store;
  /** Types into the sheet 台账 and saves. */
  type(row: number, col: number, value: string): Promise<void>;
  close(): Promise<void>;
};

/** What the sheet 台账 of every workplace holds before the first test step. */
export const startingRows: readonly (readonly string[])[] = [
  ['序号', '反馈问题', '整改结果'],
  ...['1', '2', '3', '4'].map(number => [number, `问题${number}`, '整改中']),
];

const SHEET = '台账';

/**
 * What every store must do, whatever lies behind it. The memory store's `applyPlan` is the reference: a store has done a
 * plan when reading it again shows what the reference shows.
 */
export function storeSuite(name: string, open: () => Promise<Workplace>): void {
  describe(`${name} as a store`, () => {
    let place: Workplace;
    beforeEach(async () => {
      place = await open();
    });
    afterEach(() => place.close());

    it('reads what is there', async () => {
      const sheet = sheetNamed(await place.store.read(), SHEET);
      expect(sheet.rows.map(row => row.cells.map(cell => cell?.text ?? ''))).toEqual(startingRows);
      expect(sheet.role).toBeUndefined();
      expect(sheet.markers.size).toBe(0);
    });

    it('has the same revision as long as nobody writes, and another one after', async () => {
      const [first, second] = [await place.store.read(), await place.store.read()];
      expect(second.revision).toBe(first.revision);
      await place.type(2, 3, '已完成');
      const third = await place.store.read();
      expect(third.revision).not.toBe(first.revision);
      expect(text(third, 2, 3)).toBe('已完成');
    });

    it('does a whole plan: columns, cells, sheets, the ledger’s id', async () => {
      const before = await place.store.read();
      const plan = firstPlan(before);
      const applied = await place.store.apply(plan);
      const after = await place.store.read();
      expect(applied.revision).toBe(after.revision);
      expect(after.ledgerId).toBe(plan.ledgerId);
      expect(shown(after)).toEqual(shown(applyPlan(before, plan)));
    });

    it('writes each kind of content as it is', async () => {
      const contents: readonly Content[] = [
        { kind: 'text', text: '=1+1 不是公式' },
        { kind: 'text', text: '+86、@某、-3' },
        { kind: 'text', text: '007' },
        { kind: 'text', text: 'a <b> & "c"\n第二行' },
        { kind: 'number', text: '521992.5' },
        { kind: 'number', text: '-0.01' },
        { kind: 'date', text: '2023-10-30' },
        { kind: 'blank' },
      ];
      for (const content of contents) {
        const before = await place.store.read();
        const plan: Plan = { ...emptyPlan(before), edits: [edit(2, 2, content)] };
        await place.store.apply(plan);
        const after = await place.store.read();
        expect(visible(cellAt(sheetNamed(after, SHEET), 2, 2))).toEqual(
          visible(cellAt(sheetNamed(applyPlan(before, plan), SHEET), 2, 2)),
        );
      }
    });

    it('replaces its own sheets and leaves the others alone', async () => {
      const before = await place.store.read();
      await place.store.apply(firstPlan(before));
      const second = await place.store.read();
      const plan: Plan = { ...emptyPlan(second), images: [image('汇总', ['甲', '乙', '丙'])] };
      await place.store.apply(plan);
      const third = await place.store.read();
      expect(shown(third)).toEqual(shown(applyPlan(second, plan)));
      expect(third.sheets.filter(sheet => sheet.role === 'rollup')).toHaveLength(1);
    });

    it('refuses a plan made for what was there before, and writes none of it', async () => {
      const plan = firstPlan(await place.store.read());
      await place.type(3, 3, '已完成');
      const between = await place.store.read();
      await expect(place.store.apply(plan)).rejects.toMatchObject({ exit: 3 });
      const after = await place.store.read();
      expect(shown(after)).toEqual(shown(between));
      expect(after.ledgerId).toBeUndefined();
    });

    it('refuses when a row id no longer stands where it stood', async () => {
      const before = await place.store.read();
      await place.store.apply(firstPlan(before));
      const now = await place.store.read();
      const col = sheetNamed(now, SHEET).markers.get('rowId') ?? 0;
      const expects = [{ at: { sheet: SHEET, row: 2, col }, id: 'fff-999' }];
      const plan: Plan = { ...emptyPlan(now), expects, edits: [edit(2, 3, { kind: 'text', text: '已完成' })] };
      await expect(place.store.apply(plan)).rejects.toMatchObject({ exit: 3 });
      expect(shown(await place.store.read())).toEqual(shown(now));
    });

    it('writes nothing for an empty plan', async () => {
      const before = await place.store.read();
      await place.store.apply(firstPlan(before));
      const now = await place.store.read();
      const applied = await place.store.apply(emptyPlan(now));
      expect(applied).toMatchObject({ revision: now.revision, cells: 0 });
      expect((await place.store.read()).revision).toBe(now.revision);
    });
  });
}

function sheetNamed(grid: Grid, name: string): GridSheet {
  const sheet = grid.sheets.find(one => one.name === name);
  if (sheet === undefined) throw new Error(`no sheet ${name}`);
  return sheet;
}

function text(grid: Grid, row: number, col: number): string {
  return cellAt(sheetNamed(grid, SHEET), row, col)?.text ?? '';
}

/** What a person sees of a cell; numbers by value, since one file says 1.5 and another 1.50. */
function visible(cell: Cell | undefined) {
  if (cell === undefined || cell.text === '') return undefined;
  return {
    kind: cell.kind,
    text: cell.kind === 'number' ? String(Number(cell.text)) : cell.text,
    formula: cell.formula,
  };
}

/** What a person sees of a workbook: sheets by name with their cells, markers and roles. */
function shown(grid: Grid) {
  return grid.sheets.map(({ name, role, markers, rows }) => ({
    name,
    role,
    markers: Object.fromEntries([...markers].sort()),
    cells: rows.flatMap(row =>
      row.cells.flatMap((cell, index) => {
        const value = visible(cell);
        return value === undefined ? [] : [{ row: row.number, col: index + 1, ...value }];
      }),
    ),
  }));
}

function emptyPlan(grid: Grid): Plan {
  return {
    target: grid.source,
    basedOn: grid.revision,
    ledgerId: grid.ledgerId ?? 'bcdfg2345',
    expects: [],
    columns: [],
    widen: [],
    edits: [],
    images: [],
  };
}

function edit(row: number, col: number, after: Content): Edit {
  return { at: { sheet: SHEET, row, col }, header: '', column: '', row: '', before: '', after, why: '' };
}

function image(name: string, lines: readonly string[]): Plan['images'][number] {
  return {
    role: 'rollup',
    name,
    widths: [20, 10],
    rows: lines.map((line, index) => ({
      cells: [
        { content: { kind: 'text', text: line } },
        {
          content: {
            kind: 'formula',
            formula: `COUNTA('${SHEET}'!$B$2:$B$5)+${index}`,
            cached: { kind: 'number', text: String(4 + index) },
          },
        },
      ],
    })),
    merges: [],
    frozenRows: 1,
    bars: [],
    landscape: true,
  };
}

/** What a first sync asks for: two columns at the right edge, a value in each row, a sheet. */
function firstPlan(grid: Grid): Plan {
  const column = { sheet: SHEET, headerRow: 1, headerRows: 1, width: 10, headerStyle: { bold: true } };
  return {
    ...emptyPlan(grid),
    columns: [
      { ...column, key: 'findingStatus', col: 4, header: '问题状态', hidden: false },
      { ...column, key: 'rowId', col: 5, header: '行标识', hidden: true },
    ],
    edits: [2, 3, 4, 5].flatMap(row => [
      edit(row, 4, { kind: 'text', text: '整改中' }),
      edit(row, 5, { kind: 'text', text: `fnd-${row}aa` }),
    ]),
    images: [image('汇总', ['甲', '乙'])],
  };
}
