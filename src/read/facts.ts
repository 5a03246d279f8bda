import type { Span } from '../model/day.js';
import type { Cell, CellRef, Grid, GridRow, GridSheet } from '../model/grid.js';
import type { Money, Unit } from '../model/money.js';
import { text } from '../model/text.js';
import { type CellInput, fields, type WordTables } from '../sheets/cells.js';
import { type FactKey, facts, factsSheetAliases, factsSheetName } from '../sheets/facts.js';
import { headerKey } from './headers.js';
import type { ReadIssue } from './issue.js';
import { unitNamed } from './reader.js';

/** What holds for the ledger as a whole. A fact that is known nowhere is undefined and silences what needs it. */
export type FactValues = {
  readonly unit?: string;
  readonly supervision?: string;
  readonly round?: string;
  readonly inspectionFrom?: Span;
  readonly inspectionTo?: Span;
  readonly feedback?: Span;
  readonly planDate?: Span;
  readonly planNumber?: string;
  readonly periodMonths?: number;
  readonly statedAsOf?: Span;
  readonly statedFindings?: number;
  readonly scope?: 'all' | 'part';
  readonly moneyUnit?: Unit;
  /** Zero unless 差额理由 is given. */
  readonly tolerance?: Money;
  readonly toleranceReason?: string;
  readonly firstResponsible?: string;
};

export type Facts = {
  /** The workbook has a 基本信息 sheet. */
  readonly present: boolean;
  readonly sheet?: string;
  readonly values: FactValues;
  /** Where each fact stands (the value's cell, or the label's when the value is empty). */
  readonly at: ReadonlyMap<FactKey, CellRef>;
};

const labels = new Map<string, FactKey>();
for (const fact of facts) {
  for (const written of [fact.header.zh, fact.header.en, ...fact.aliases]) labels.set(headerKey(written), fact.key);
}

type Typed = { readonly cell: Cell; readonly at?: CellRef };

/** The sheet that holds the facts: the one with our marker, or the one that has its name. */
export function factsSheetOf(grid: Grid): GridSheet | undefined {
  const names = new Set([
    headerKey(factsSheetName.zh),
    headerKey(factsSheetName.en),
    ...factsSheetAliases.map(headerKey),
  ]);
  return (
    grid.sheets.find(sheet => sheet.role === 'facts') ?? grid.sheets.find(sheet => names.has(headerKey(sheet.name)))
  );
}

const labelHeaders = new Set(['项目', '事项', '名称', 'item'].map(headerKey));
const valueHeaders = new Set(['内容', '填写内容', '填报内容', '值', 'value', 'content'].map(headerKey));

/** The next cell to the right that holds something, or the one beside it. */
function nextFilled(row: GridRow, col: number): number {
  for (let next = col + 1; next <= row.cells.length; next += 1) if (row.cells[next - 1] !== undefined) return next;
  return col + 1;
}

/** The columns of a 项目 | 内容 header: a value stands there or nowhere. */
function pairColumns(row: GridRow): { readonly label: number; readonly value: number } | undefined {
  const at = (names: ReadonlySet<string>) =>
    row.cells.findIndex(cell => cell !== undefined && names.has(headerKey(cell.text))) + 1;
  const [label, value] = [at(labelHeaders), at(valueHeaders)];
  return label > 0 && value > 0 ? { label, value } : undefined;
}

/** 项目 | 内容 pairs of a sheet, or of the title block above a header (`beforeRow`), also written as “项目：内容”. */
export function labelledCells(
  sheet: GridSheet,
  beforeRow = Number.POSITIVE_INFINITY,
): Map<FactKey, Typed & { readonly at: CellRef }> {
  const found = new Map<FactKey, Typed & { readonly at: CellRef }>();
  let columns: { readonly label: number; readonly value: number } | undefined;
  for (const row of sheet.rows) {
    if (row.number >= beforeRow) break;
    columns ??= pairColumns(row);
    for (let col = 1; col <= row.cells.length; col += 1) {
      const cell = row.cells[col - 1];
      if (cell === undefined) continue;
      const key = labels.get(headerKey(cell.text));
      if (key !== undefined && !found.has(key)) {
        const valueCol = columns?.label === col ? columns.value : nextFilled(row, col);
        const value = row.cells[valueCol - 1];
        // The value of an empty fact is not the neighbouring label.
        const empty = value === undefined || labels.has(headerKey(value.text));
        const at = { sheet: sheet.name, row: row.number, col: empty && columns?.label !== col ? col + 1 : valueCol };
        found.set(key, { cell: empty ? { kind: 'text', text: '' } : value, at });
        continue;
      }
      // Beside 项目 | 内容 stand explanations.
      if (columns !== undefined) continue;
      for (const part of cell.text.split(/[\s;；]{1,}|(?<=\S)[,，](?=[^\s:：]{1,20}[:：])/u)) {
        const split = /^([^:：]{2,12})[:：](.+)$/u.exec(part.trim());
        const inline = split?.[1] === undefined ? undefined : labels.get(headerKey(split[1]));
        if (inline !== undefined && split?.[2] !== undefined && !found.has(inline)) {
          found.set(inline, {
            cell: { kind: 'text', text: split[2].trim() },
            at: { sheet: sheet.name, row: row.number, col },
          });
        }
      }
    }
  }
  return found;
}

/**
 * The ledger's facts: from 基本信息; what it does not give, from the mapping or config (`given`, text as typed); then
 * from the title block above the main sheet's header.
 */
export function readFacts(
  grid: Grid,
  main: { readonly sheet: GridSheet; readonly row: number } | undefined,
  given: Readonly<Partial<Record<string, string>>>,
  words: WordTables,
  issues: ReadIssue[],
): Facts {
  const sheet = factsSheetOf(grid);
  const typed = new Map<FactKey, Typed>();
  const at = new Map<FactKey, CellRef>();
  if (sheet !== undefined) {
    for (const [key, one] of labelledCells(sheet)) {
      at.set(key, one.at);
      if (one.cell.text.trim() !== '') typed.set(key, one);
    }
  }
  for (const fact of facts) {
    const value = given[fact.key];
    if (value !== undefined && !typed.has(fact.key)) typed.set(fact.key, { cell: { kind: 'text', text: value } });
  }
  if (main !== undefined && main.sheet !== sheet) {
    for (const [key, one] of labelledCells(main.sheet, main.row)) if (!typed.has(key)) typed.set(key, one);
  }
  return {
    present: sheet !== undefined,
    ...(sheet === undefined ? {} : { sheet: sheet.name }),
    values: factValues(typed, words, issues),
    at,
  };
}

function factValues(typed: ReadonlyMap<FactKey, Typed>, words: WordTables, issues: ReadIssue[]): FactValues {
  const moneyUnit = unitNamed(typed.get('moneyUnit')?.cell.text ?? '');
  const input = (one: Typed, year?: number): CellInput => ({
    cell: one.cell,
    unit: { unit: moneyUnit ?? '元', from: 'default' },
    words,
    year,
  });

  const unreadable = (key: FactKey, one: Typed) => {
    const fact = facts.find(candidate => candidate.key === key);
    if (one.at === undefined || fact === undefined) return;
    const expected =
      fact.kind === 'date'
        ? text('一个日期，如 2023年7月28日', 'a date such as 2023-07-28')
        : fact.kind === 'count'
          ? text('一个整数', 'a whole number')
          : text(`${'choices' in fact ? fact.choices.join('、') : '金额'}`, fact.kind);
    issues.push({
      kind: 'unreadable',
      sheet: one.at.sheet,
      row: one.at.row,
      col: one.at.col,
      key,
      header: fact.header.zh,
      found: one.cell.text,
      expected,
    });
  };
  const assumed = (key: FactKey, one: Typed, read: Span) => {
    const fact = facts.find(candidate => candidate.key === key);
    if (one.at === undefined || fact === undefined) return;
    issues.push({
      kind: 'assumed-date',
      sheet: one.at.sheet,
      row: one.at.row,
      col: one.at.col,
      key,
      header: fact.header.zh,
      found: one.cell.text,
      read: read.from,
      damaged: read.assumed === 'damaged',
    });
  };
  const date = (key: FactKey, year?: number): Span | undefined => {
    const one = typed.get(key);
    if (one === undefined) return undefined;
    const read = fields.date(input(one, year));
    if (read.kind === 'bad') unreadable(key, one);
    if (read.kind !== 'value') return undefined;
    if (read.value.assumed !== undefined) assumed(key, one, read.value);
    return read.value;
  };
  const count = (key: FactKey): number | undefined => {
    const one = typed.get(key);
    if (one === undefined) return undefined;
    const read = fields.count(input(one));
    if (read.kind === 'bad') unreadable(key, one);
    return read.kind === 'value' ? read.value.n : undefined;
  };
  const written = (key: FactKey): string | undefined => typed.get(key)?.cell.text.trim();

  // A year that 反馈日期 leaves out is that of the inspection, and the other way round.
  const yearOf = (span: Span | undefined) => (span === undefined ? undefined : Number(span.from.slice(0, 4)));
  const firstGuess =
    typed.get('feedback') === undefined
      ? undefined
      : (yearOf(quiet(typed.get('feedback'), input)) ?? yearOf(quiet(typed.get('inspectionFrom'), input)));
  const feedback = date('feedback', firstGuess);
  const year = yearOf(feedback) ?? firstGuess;
  const inspectionFrom = date('inspectionFrom', year);
  const inspectionTo = date('inspectionTo', year);
  const planDate = date('planDate', year);
  const statedAsOf = date('statedAsOf', year);
  const periodMonths = count('periodMonths');
  const statedFindings = count('statedFindings');
  const toleranceReason = written('toleranceReason');
  const toleranceTyped = typed.get('tolerance');
  const toleranceRead = toleranceTyped === undefined ? undefined : fields.amount(input(toleranceTyped));
  if (toleranceRead?.kind === 'bad' && toleranceTyped !== undefined) unreadable('tolerance', toleranceTyped);
  const tolerance =
    toleranceReason !== undefined && toleranceRead?.kind === 'value' ? toleranceRead.value.yuan : undefined;
  const scopeWritten = written('scope');
  const scope =
    scopeWritten === undefined ? undefined : /部分|part/iu.test(scopeWritten) ? ('part' as const) : ('all' as const);

  return {
    ...present('unit', written('unit')),
    ...present('supervision', written('supervision')),
    ...present('round', written('round')),
    ...present('inspectionFrom', inspectionFrom),
    ...present('inspectionTo', inspectionTo),
    ...present('feedback', feedback),
    ...present('planDate', planDate),
    ...present('planNumber', written('planNumber')),
    ...present('periodMonths', periodMonths),
    ...present('statedAsOf', statedAsOf),
    ...present('statedFindings', statedFindings),
    ...present('scope', scope),
    ...present('moneyUnit', moneyUnit),
    ...present('tolerance', tolerance),
    ...present('toleranceReason', toleranceReason),
    ...present('firstResponsible', written('firstResponsible')),
  };
}

function quiet(one: Typed | undefined, input: (one: Typed) => CellInput): Span | undefined {
  if (one === undefined) return undefined;
  const read = fields.date(input(one));
  return read.kind === 'value' ? read.value : undefined;
}

function present<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  const record: { [P in K]?: V } = {};
  if (value !== undefined) record[key] = value;
  return record;
}
