import { cellAt, columnLetters, type Grid, type GridSheet, rowAt } from '../../../src/model/grid.js';
import type { ColumnAddition, Content, Edit, Plan, SheetImage, Style } from '../../../src/model/plan.js';

const HEADER: Style = { bold: true, fill: 'E2EFDA', border: '999999', align: 'center', vertical: 'center', wrap: true };
const BODY: Style = { border: 'BFBFBF', wrap: true, vertical: 'center' };
const MONEY: Style = { ...BODY, format: '#,##0.00' };

/** The columns that the walk adds, with what it writes into a row. */
const COLUMNS: readonly { key: string; header: string; style?: Style; content: (row: number) => Content }[] = [
  {
    key: 'checkState',
    header: '校验情况',
    style: BODY,
    content: row => ({ kind: 'text', text: `第${row}行 <须补> & “材料”\n_x0041_\u0007` }),
  },
  { key: 'status', header: '问题状态', content: () => ({ kind: 'text', text: '整改中' }) },
  { key: 'due', header: '应追缴合计', style: MONEY, content: row => ({ kind: 'number', text: `${row}.10` }) },
  { key: 'checkedOn', header: '核对日期', content: () => ({ kind: 'date', text: '2023-10-30' }) },
  {
    key: 'outstanding',
    header: '未追缴金额',
    style: MONEY,
    content: row => ({
      kind: 'formula',
      formula: `ROUND(${row}/4,2)`,
      cached: { kind: 'number', text: String(Math.round((row / 4 + Number.EPSILON) * 100) / 100) },
    }),
  },
  { key: 'rowId', header: '行标识', style: BODY, content: row => ({ kind: 'text', text: `r${row}` }) },
];

/** The sheet that looks most like a ledger, and the row and place of its header. */
export function ledgerSheet(grid: Grid): {
  readonly sheet: GridSheet;
  readonly headerRow: number;
  readonly right: number;
} {
  for (const sheet of grid.sheets) {
    for (const row of sheet.rows) {
      if (sheet.role !== undefined || !row.cells.some(cell => cell?.text === '反馈问题')) continue;
      let right = 0;
      for (const { cells } of sheet.rows) right = Math.max(right, cells.length);
      const ours = new Set(sheet.markers.values());
      while (ours.has(right)) right -= 1;
      return { sheet, headerRow: row.number, right };
    }
  }
  throw new Error('no ledger in this workbook');
}

/** Columns of ours in this grid, by letter; where they are to go when they are not there yet. */
export function ourColumns(grid: Grid): ReadonlySet<string> {
  const { right } = ledgerSheet(grid);
  return new Set(COLUMNS.map((_, index) => columnLetters(right + 1 + index)));
}

/**
 * What a sync would ask for: columns at the right edge on first contact, a value in each row, a roll-up sheet.
 * `turn` changes what some cells hold.
 */
export function samplePlan(grid: Grid, turn = 0, options: { readonly withImage?: boolean } = {}): Plan {
  const { sheet, headerRow, right } = ledgerSheet(grid);
  const first = right + 1;
  const known = sheet.markers.size > 0;
  const columns: readonly ColumnAddition[] = known
    ? []
    : COLUMNS.map(({ key, header }, index) => ({
        sheet: sheet.name,
        key,
        headerRow,
        headerRows: 1,
        col: first + index,
        header,
        width: 14,
        hidden: key === 'rowId',
        headerStyle: HEADER,
      }));
  const edits: Edit[] = [];
  for (const row of sheet.rows) {
    if (row.number <= headerRow) continue;
    COLUMNS.forEach(({ key, header, style, content }, index) => {
      const at = { sheet: sheet.name, row: row.number, col: first + index };
      const after = content(row.number + (index === 0 ? turn : 0));
      const before = cellAt(sheet, at.row, at.col)?.text ?? '';
      edits.push({
        at,
        header,
        column: key,
        row: `r${row.number}`,
        before,
        after,
        ...(style === undefined ? {} : { style }),
        why: '核对',
      });
    });
  }
  const expects = known
    ? sheet.rows
        .filter(row => row.number > headerRow)
        .map(row => ({ at: { sheet: sheet.name, row: row.number, col: right + COLUMNS.length }, id: `r${row.number}` }))
    : [];
  return {
    target: grid.source,
    basedOn: grid.revision,
    ledgerId: grid.ledgerId ?? 'sample-ledger',
    expects,
    columns,
    widen: known ? [] : [{ sheet: sheet.name, headerRow, toCol: right + COLUMNS.length }],
    edits,
    images: options.withImage === false ? [] : [rollUp(sheet.name, turn)],
  };
}

/** A small roll-up sheet with one of everything that a sheet of ours may hold. */
export function rollUp(ledger: string, turn = 0): SheetImage {
  return {
    role: 'rollup',
    name: '汇总',
    widths: [24, 12, 12],
    tabColor: '70AD47',
    frozenRows: 2,
    landscape: true,
    repeatRows: [1, 2],
    merges: [{ top: 1, left: 1, bottom: 1, right: 3 }],
    bars: [{ area: { top: 3, left: 3, bottom: 4, right: 3 }, color: '5B9BD5' }],
    choices: [{ area: { top: 5, left: 1, bottom: 5, right: 1 }, values: ['是', '否'] }],
    rows: [
      {
        height: 28,
        cells: [
          {
            content: { kind: 'text', text: '巡察整改汇总 & <核对>' },
            style: { bold: true, size: 16, align: 'center' },
          },
        ],
      },
      {
        cells: [
          { content: { kind: 'text', text: '聚焦方面' }, style: HEADER },
          { content: { kind: 'text', text: '问题数' }, style: HEADER },
          { content: { kind: 'blank' }, style: HEADER },
        ],
      },
      {
        cells: [
          {
            content: { kind: 'text', text: '合计' },
            link: { sheet: ledger, row: 1, col: 1 },
            style: { underline: true, color: '0563C1' },
          },
          { content: { kind: 'formula', formula: 'ROUND(7/2,1)', cached: { kind: 'number', text: '3.5' } } },
          { content: { kind: 'number', text: '0.5' }, style: { format: '0.0%' } },
        ],
      },
      {
        cells: [
          { content: { kind: 'date', text: '2023-10-30' } },
          undefined,
          { content: { kind: 'number', text: String(turn) }, style: { indent: 1 } },
        ],
      },
    ],
  };
}

/** The number of the header row's cells, for tests that look at one place. */
export function headerTexts(grid: Grid): readonly string[] {
  const { sheet, headerRow } = ledgerSheet(grid);
  return (rowAt(sheet, headerRow)?.cells ?? []).map(cell => cell?.text ?? '');
}
