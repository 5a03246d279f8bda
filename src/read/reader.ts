import type { Day } from '../model/day.js';
import type { Cell, GridRow } from '../model/grid.js';
import type { Unit } from '../model/money.js';
import type { Text } from '../model/text.js';
import { type CellInput, type FieldKind, fields, type UnitContext, type WordTables } from '../sheets/cells.js';
import type { Column } from '../sheets/column.js';
import type { Bound, Header } from './headers.js';
import type { ReadIssue } from './issue.js';

/** What must be known of the ledger before its cells can be read. */
export type Context = {
  readonly words: WordTables;
  /** Unit named in the title block or by 基本信息; undefined: nobody named one. */
  readonly titleUnit?: Unit | undefined;
  readonly defaultUnit?: Unit | undefined;
  readonly feedback?: Day | undefined;
  readonly periodMonths?: number | undefined;
  readonly asOf: Day;
};

/** One cell read: its value, or undefined with `bad` set when it could not be read. */
export type ReadCell = { readonly value: unknown; readonly bad?: Text };

const empty: ReadCell = { value: undefined };

/**
 * A reader for the columns of one sheet. Equal cells are read once: stores hand out the same object for the same
 * shared text, so a column of ten thousand 已完成 costs one parse.
 */
export function cellReader(header: Header, context: Context, issues: ReadIssue[]) {
  const memos = new Map<Column, Map<Cell, ReadCell>>();
  const unitColumn = header.columns.get('unit');
  let assumedUnitAt: { row: number; bound: Bound } | undefined;

  function unitOf(row: GridRow, bound: Bound): UnitContext {
    const written = unitColumn === undefined ? undefined : row.cells[unitColumn.col - 1]?.text;
    const own = written === undefined ? undefined : unitNamed(written);
    if (own !== undefined) return { unit: own, from: 'column' };
    if (bound.unit !== undefined) return { unit: bound.unit, from: 'header' };
    if (context.titleUnit !== undefined) return { unit: context.titleUnit, from: 'title' };
    if (context.defaultUnit !== undefined) return { unit: context.defaultUnit, from: 'default' };
    return { unit: '元', from: 'assumed' };
  }

  function parse(kind: FieldKind, input: CellInput): ReadCell {
    const read = fields[kind](input);
    if (read.kind === 'bad') return { value: undefined, bad: read.expected };
    return read.kind === 'blank' ? empty : { value: read.value };
  }

  function parseDated(kind: FieldKind, cell: Cell): ReadCell {
    const year = Number(context.asOf.slice(0, 4));
    const input: CellInput = { cell, unit: { unit: '元', from: 'assumed' }, words: context.words, year };
    if (kind === 'deadline') {
      return parse(kind, {
        ...input,
        year: context.feedback === undefined ? year : Number(context.feedback.slice(0, 4)),
        feedback: context.feedback,
        periodMonths: context.periodMonths,
      });
    }
    const read = parse(kind, input);
    // A day without a year is the last one that is not after the as-of date: what is reported has happened.
    if (kind === 'date' && isAssumedYear(read.value) && read.value.from > context.asOf)
      return parse(kind, { ...input, year: year - 1 });
    return read;
  }

  return {
    read(row: GridRow, column: Column, bound: Bound, cell: Cell): ReadCell {
      if (column.kind === 'amount') {
        // The program writes its own columns in 元, whatever the sheet's unit is.
        const ours = column.owner === 'program';
        const unit: UnitContext = ours ? { unit: '元', from: 'column' } : unitOf(row, bound);
        const read = parse(column.kind, { cell, unit, words: context.words });
        if (!ours && isAmount(read.value)) {
          if (read.value.unitFrom === 'assumed') assumedUnitAt ??= { row: row.number, bound };
          if (read.value.asText)
            issues.push({
              kind: 'amount-as-text',
              sheet: header.sheet.name,
              row: row.number,
              col: bound.col,
              header: bound.header,
              found: cell.text,
            });
        }
        return read;
      }
      let memo = memos.get(column);
      if (memo === undefined) {
        memo = new Map();
        memos.set(column, memo);
      }
      const known = memo.get(cell);
      if (known !== undefined) return known;
      const read =
        column.kind === 'date' || column.kind === 'deadline'
          ? parseDated(column.kind, cell)
          : parse(column.kind, { cell, unit: { unit: '元', from: 'assumed' }, words: context.words });
      memo.set(cell, read);
      return read;
    },
    /** Issues that are said once a sheet; called after the last row. */
    finish(): void {
      if (assumedUnitAt === undefined) return;
      const { row, bound } = assumedUnitAt;
      issues.push({ kind: 'assumed-unit', sheet: header.sheet.name, row, col: bound.col, header: bound.header });
    },
  };
}

export type CellReader = ReturnType<typeof cellReader>;

const units: readonly Unit[] = ['元', '千元', '万元', '百万元', '亿元'];

/** The unit that a 金额单位 cell names: 元, 万元, 万, 人民币元. */
export function unitNamed(written: string): Unit | undefined {
  const trimmed = written.replace(/\s|人民币|单位[:：]/gu, '');
  if (trimmed === '') return undefined;
  return units.find(unit => trimmed === unit || `${trimmed}元` === unit);
}

function isAssumedYear(value: unknown): value is { readonly from: Day } {
  return (
    typeof value === 'object' && value !== null && 'assumed' in value && value.assumed === 'year' && 'from' in value
  );
}

function isAmount(value: unknown): value is { readonly unitFrom: string; readonly asText: boolean } {
  return typeof value === 'object' && value !== null && 'unitFrom' in value && 'asText' in value;
}
