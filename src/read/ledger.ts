import type { Day } from '../model/day.js';
import { addMonths } from '../model/day.js';
import type { Grid, GridSheet } from '../model/grid.js';
import type { WordTables } from '../sheets/cells.js';
import type { SheetSpec } from '../sheets/column.js';
import { type RegisterKey, registerSheets } from '../sheets/index.js';
import { ledgerSheet } from '../sheets/ledger.js';
import { type Facts, factsSheetOf, labelledCells, readFacts } from './facts.js';
import { findHeader, type Header, headerKey, unitIn } from './headers.js';
import type { ReadIssue } from './issue.js';
import { type Belonging, type Main, readMain } from './main.js';
import { type Mapping, wordTables } from './mapping.js';
import { type Context, cellReader } from './reader.js';
import { readRegister, type Table } from './table.js';

export type Registers = { readonly [K in RegisterKey]: Table<(typeof registerSheets)[K]> };

/** Everything a workbook says, immutable. What could not be read is in `issues`; nothing else is missing. */
export type Ledger = {
  readonly grid: Grid;
  readonly facts: Facts;
  readonly main: Main;
  readonly registers: Registers;
  readonly issues: readonly ReadIssue[];
  /** The word tables that were in force: what 整改结果, 审核状态 … may say. */
  readonly words: WordTables;
};

/** No sheet has a header that could be a ledger's. `best` is what came nearest. */
export type NotALedger = {
  readonly kind: 'not-a-ledger';
  readonly lookedFor: readonly string[];
  readonly best?: { readonly sheet: string; readonly row: number; readonly found: readonly string[] };
};

export type ReadOptions = {
  /** The standard mapping first, the chosen one after it. */
  readonly mappings: readonly Mapping[];
  /** Facts from the config, text as typed; they stand behind 基本信息. */
  readonly facts?: Readonly<Partial<Record<string, string>>>;
  readonly asOf: Day;
  /** Rows that count under another finding than the one they stand under. */
  readonly belonging?: Belonging;
};

/** Fields that a header must name for its sheet to be taken for a ledger (a required one counts three). */
const leastScore = 6;

/** Grid → Ledger. Pure; never throws on what a workbook holds. */
export function readLedger(grid: Grid, options: ReadOptions): Ledger | NotALedger {
  const words = wordTables(options.mappings);
  const mapping = options.mappings.findLast(one => one.sheets !== undefined);
  const candidates = candidatesFor(grid, options);
  const [best] = candidates;
  if (best === undefined) return notALedger(grid, options);
  const header = withFinding(best.header);

  const issues: ReadIssue[] = otherLedgers(candidates);
  headerIssues(header, ledgerSheet, issues);
  const given = { ...Object.assign({}, ...options.mappings.map(one => one.facts ?? {})), ...options.facts };
  const facts = readFacts(grid, header, given, words, issues);
  const titleUnit = unitAbove(header.sheet, header.row);
  const context: Context = {
    words,
    titleUnit: mapping?.sheets?.ledger?.unit ?? titleUnit,
    defaultUnit: facts.values.moneyUnit,
    feedback: facts.values.feedback?.to,
    periodMonths: facts.values.periodMonths,
    asOf: options.asOf,
  };
  const main = readMain(header, cellReader(header, context, issues), issues, options.belonging);

  const taken = new Set([header.sheet.name, factsSheetOf(grid)?.name]);
  const readTable = <S extends SheetSpec>(spec: S): { header: Header; context: Context } | undefined => {
    const sheet = registerSheetOf(grid, spec, mapping?.sheets?.[spec.key]?.sheet, taken);
    if (sheet === undefined) return undefined;
    const found = findHeader(sheet, spec, words, mapping?.sheets?.[spec.key], 2);
    if (found === undefined) {
      if (sheet.rows.length > 0) issues.push({ kind: 'unread-sheet', sheet: sheet.name });
      return undefined;
    }
    headerIssues(found, spec, issues);
    return {
      header: found,
      context: { ...context, titleUnit: mapping?.sheets?.[spec.key]?.unit ?? unitAbove(sheet, found.row) },
    };
  };
  const register = <K extends RegisterKey>(key: K) => {
    const found = readTable(registerSheets[key]);
    return {
      header: found?.header,
      reader: found === undefined ? undefined : cellReader(found.header, found.context, issues),
    };
  };
  const r = {
    recoveries: register('recoveries'),
    policies: register('policies'),
    actions: register('actions'),
    meetings: register('meetings'),
    evidence: register('evidence'),
    claims: register('claims'),
    exceptions: register('exceptions'),
  };
  const registers: Registers = {
    recoveries: readRegister(registerSheets.recoveries, r.recoveries.header, r.recoveries.reader, issues),
    policies: readRegister(registerSheets.policies, r.policies.header, r.policies.reader, issues),
    actions: readRegister(registerSheets.actions, r.actions.header, r.actions.reader, issues),
    meetings: readRegister(registerSheets.meetings, r.meetings.header, r.meetings.reader, issues),
    evidence: readRegister(registerSheets.evidence, r.evidence.header, r.evidence.reader, issues),
    claims: readRegister(registerSheets.claims, r.claims.header, r.claims.reader, issues),
    exceptions: readRegister(registerSheets.exceptions, r.exceptions.header, r.exceptions.reader, issues),
  };
  return { grid, facts, main, registers, issues, words };
}

export function isLedger(read: Ledger | NotALedger): read is Ledger {
  return 'main' in read;
}

type Candidate = { readonly header: Header; readonly rank: number };

/**
 * Sheets that could be the main one, the likeliest first: the mapping's sheet, else those with a ledger's header by
 * their score; a hidden sheet comes last.
 */
function candidatesFor(grid: Grid, options: ReadOptions): readonly Candidate[] {
  const words = wordTables(options.mappings);
  const mapping = options.mappings.findLast(one => one.sheets?.ledger !== undefined)?.sheets?.ledger;
  const names = new Set([ledgerSheet.name.zh, ledgerSheet.name.en, ...ledgerSheet.aliases].map(headerKey));
  const registerNames = new Set(
    Object.values(registerSheets).flatMap(spec => [spec.name.zh, spec.name.en].map(headerKey)),
  );
  const candidates: Candidate[] = [];
  for (const sheet of grid.sheets) {
    if (sheet.role !== undefined || sheet.rows.length === 0) continue;
    if (mapping?.sheet !== undefined && headerKey(sheet.name) !== headerKey(mapping.sheet)) continue;
    if (mapping?.sheet === undefined && registerNames.has(headerKey(sheet.name))) continue;
    const header = findHeader(sheet, ledgerSheet, words, mapping, leastScore);
    if (header === undefined) continue;
    if (!header.columns.has('finding') && !header.columns.has('subFinding')) continue;
    const rank =
      header.score +
      (names.has(headerKey(sheet.name)) ? 3 : 0) -
      (sheet.hidden ? 100 : 0) +
      (sheet.markers.has('rowId') ? 1000 : 0);
    candidates.push({ header, rank });
  }
  return candidates.sort((a, b) => b.rank - a.rank);
}

/** Visible sheets that have as good a header as the one that is read, and rows below it: nobody should think they count. */
function otherLedgers([best, ...others]: readonly Candidate[]): ReadIssue[] {
  return others.flatMap(({ header }): ReadIssue[] => {
    if (best === undefined || header.sheet.hidden || header.score < best.header.score) return [];
    const told = ['finding', 'measure'].flatMap(key => header.columns.get(key)?.col ?? []);
    const rows = header.sheet.rows.filter(
      row =>
        row.number >= header.row + header.rows && told.every(col => (row.cells[col - 1]?.text.trim() ?? '') !== ''),
    ).length;
    const col = [...header.columns.values()].reduce((least, bound) => Math.min(least, bound.col), header.lastCol);
    return rows === 0 ? [] : [{ kind: 'other-ledger', sheet: header.sheet.name, row: header.row, col, rows }];
  });
}

/** Where 具体问题 is the only column of problems, it holds the findings. */
function withFinding(header: Header): Header {
  const only = header.columns.get('subFinding');
  if (only === undefined || header.columns.has('finding') || header.ties.some(tie => tie.key === 'finding'))
    return header;
  const columns = new Map([...header.columns].map(([key, bound]) => [key === 'subFinding' ? 'finding' : key, bound]));
  return { ...header, columns };
}

function notALedger(grid: Grid, options: ReadOptions): NotALedger {
  const words = wordTables(options.mappings);
  let best: Header | undefined;
  for (const sheet of grid.sheets) {
    if (sheet.role !== undefined) continue;
    const header = findHeader(sheet, ledgerSheet, words, undefined, 1);
    if (header !== undefined && (best === undefined || header.score > best.score)) best = header;
  }
  const lookedFor = ledgerSheet.columns
    .filter(column => 'required' in column && column.required)
    .map(column => column.header.zh);
  if (best === undefined) return { kind: 'not-a-ledger', lookedFor };
  return {
    kind: 'not-a-ledger',
    lookedFor,
    best: { sheet: best.sheet.name, row: best.row, found: [...best.columns.values()].map(bound => bound.header) },
  };
}

function headerIssues(header: Header, spec: SheetSpec, issues: ReadIssue[]): void {
  const tied = new Set(header.ties.map(tie => tie.key));
  for (const tie of header.ties) {
    const column = spec.columns.find(one => one.key === tie.key);
    if (column === undefined) continue;
    issues.push({
      kind: 'duplicate-column',
      sheet: header.sheet.name,
      key: tie.key,
      header: column.header,
      headerRow: header.row,
      cols: tie.cols,
    });
  }
  for (const column of spec.columns) {
    if (!column.required || header.columns.has(column.key) || tied.has(column.key)) continue;
    issues.push({
      kind: 'missing-column',
      sheet: header.sheet.name,
      key: column.key,
      header: column.header,
      headerRow: header.row,
    });
  }
}

function registerSheetOf(
  grid: Grid,
  spec: SheetSpec,
  mapped: string | undefined,
  taken: ReadonlySet<string | undefined>,
): GridSheet | undefined {
  const wanted = mapped === undefined ? [spec.name.zh, spec.name.en, ...spec.aliases] : [mapped];
  for (const name of wanted) {
    const found = grid.sheets.find(
      sheet => sheet.role === undefined && !taken.has(sheet.name) && headerKey(sheet.name) === headerKey(name),
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

/** “单位：万元” above the header. */
function unitAbove(sheet: GridSheet, headerRow: number) {
  for (const row of sheet.rows) {
    if (row.number >= headerRow) break;
    for (const cell of row.cells) {
      if (cell !== undefined && /(?:金额)?单位\s*[:：]\s*(?:人民币)?\s*(?:亿|百万|万|千)?元/u.test(cell.text))
        return unitIn(cell.text.slice(cell.text.search(/单位\s*[:：]/u)));
    }
  }
  return undefined;
}

/** Facts that stand in the title block of a workbook without 基本信息: what `init --from` fills in. */
export function titleFacts(header: Header): ReadonlyMap<string, string> {
  return new Map([...labelledCells(header.sheet, header.row)].map(([key, one]) => [key, one.cell.text.trim()]));
}

/** Last day of the rectification period, counted from the feedback; undefined when either is unknown. */
export function periodEnd(facts: Facts): Day | undefined {
  const { feedback, periodMonths } = facts.values;
  return feedback === undefined || periodMonths === undefined ? undefined : addMonths(feedback.to, periodMonths);
}
