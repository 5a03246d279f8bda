import type { Cell, GridRow, GridSheet } from '../model/grid.js';
import { columnNumber } from '../model/grid.js';
import type { Unit } from '../model/money.js';
import type { CellInput, WordTables } from '../sheets/cells.js';
import { fields } from '../sheets/cells.js';
import type { Column, SheetSpec } from '../sheets/column.js';
import type { SheetMapping } from './mapping.js';
import { type Merges, mergesOf } from './merges.js';
import { toHalfWidth } from './typed/normalise.js';

/** A column of the sheet that a field was bound to. */
export type Bound = { readonly col: number; readonly header: string; readonly unit?: Unit };

/** What was understood of a sheet's header. */
export type Header = {
  readonly sheet: GridSheet;
  readonly merges: Merges;
  /** 1-based row of the header and how many rows it takes. */
  readonly row: number;
  readonly rows: number;
  readonly columns: ReadonlyMap<string, Bound>;
  /** Two columns that claim the same field with equal right. */
  readonly ties: readonly { readonly key: string; readonly cols: readonly number[] }[];
  readonly unknown: readonly { readonly col: number; readonly header: string }[];
  /** Last column that holds anything, 1-based. */
  readonly lastCol: number;
  readonly score: number;
};

/** Rows above the data in which a header is looked for. */
const searchedRows = 60;
/** Cells looked at when the content of a column must decide what it is. */
const sampledCells = 40;

/** The form in which headers are compared: half-width, no blanks, no （…） notes, 台帐 as 台账, lower case. */
export function headerKey(written: string): string {
  return toHalfWidth(written)
    .replace(/\([^()]*\)|\[[^[\]]*\]/gu, '')
    .replace(/[\s*:_·•]+/gu, '')
    .replaceAll('台帐', '台账')
    .replaceAll('帐', '账')
    .toLowerCase();
}

const unitNote = /(亿元|百万元|万元|千元|元)/u;

/** The unit named in a header or title such as “应追缴金额（万元）”, “单位：元”. */
export function unitIn(written: string): Unit | undefined {
  const found = unitNote.exec(toHalfWidth(written))?.[1];
  const units: readonly Unit[] = ['元', '千元', '万元', '百万元', '亿元'];
  return units.find(unit => unit === found);
}

type Names = { readonly exact: ReadonlyMap<string, string>; readonly alias: ReadonlyMap<string, readonly string[]> };

function namesOf(columns: readonly Column[]): Names {
  const exact = new Map<string, string>();
  const alias = new Map<string, string[]>();
  for (const column of columns) {
    // A program column is known by its marker alone; an office may have a column of the same name.
    if (column.owner === 'program') continue;
    exact.set(headerKey(column.header.zh), column.key);
    if (!exact.has(headerKey(column.header.en))) exact.set(headerKey(column.header.en), column.key);
    for (const written of column.aliases) {
      const key = headerKey(written);
      const list = alias.get(key);
      if (list === undefined) alias.set(key, [column.key]);
      else if (!list.includes(column.key)) list.push(column.key);
    }
  }
  return { exact, alias };
}

type Label = { readonly col: number; readonly texts: readonly string[] };

/** The labels of a header that takes one row, or two when `rows` is 2: the child's, the parent's and both joined. */
function labelsOf(merges: Merges, top: GridRow, below: GridRow | undefined): Label[] {
  const labels: Label[] = [];
  const width = Math.max(top.cells.length, below?.cells.length ?? 0);
  for (let col = 1; col <= width; col += 1) {
    const parent = textThroughMerge(merges, top, col);
    if (below === undefined) {
      if (top.cells[col - 1] !== undefined && parent !== '') labels.push({ col, texts: [parent] });
      continue;
    }
    const child = below.cells[col - 1]?.text.trim() ?? '';
    if (child !== '' && parent !== '' && child !== parent) labels.push({ col, texts: [child, parent + child] });
    else if (child !== '' || parent !== '') labels.push({ col, texts: [child === '' ? parent : child] });
  }
  return labels;
}

function textThroughMerge(merges: Merges, row: GridRow, col: number): string {
  const own = row.cells[col - 1]?.text.trim();
  if (own !== undefined && own !== '') return own;
  const area = merges.at(row.number, col);
  if (area === undefined || area.top !== row.number) return '';
  return row.cells[area.left - 1]?.text.trim() ?? '';
}

/**
 * The header of a sheet for one kind of sheet: the row whose labels name the most fields.
 * Undefined when no row names at least `atLeast` of them.
 */
export function findHeader(
  sheet: GridSheet,
  spec: SheetSpec,
  words: WordTables,
  mapping: SheetMapping | undefined,
  atLeast: number,
): Header | undefined {
  const names = namesOf(spec.columns);
  let lastCol = 0;
  for (const row of sheet.rows) if (row.cells.length > lastCol) lastCol = row.cells.length;
  const merges = mergesOf(sheet, Math.min(lastCol, 16_384));
  const ours = new Set(sheet.markers.values());
  let best: { top: GridRow; below: GridRow | undefined; labels: Label[]; score: number } | undefined;

  const candidates = sheet.rows.slice(0, searchedRows);
  for (const [index, row] of candidates.entries()) {
    if (mapping?.headerRow !== undefined && row.number !== mapping.headerRow) continue;
    const next = candidates[index + 1];
    const below = next !== undefined && next.number === row.number + 1 ? next : undefined;
    const single = labelsOf(merges, row, undefined);
    const singleScore = scoreOf(single, names, spec, ours, mapping);
    // What this row says alone needs no row above it: a title over the table is not the first row of a header.
    const alone = best?.below?.number === row.number && singleScore === best.score;
    if (best === undefined || singleScore > best.score || alone) {
      best = { top: row, below: undefined, labels: single, score: singleScore };
    }
    if (below !== undefined && spansTwoRows(merges, row, below)) {
      const double = labelsOf(merges, row, below);
      const doubleScore = scoreOf(double, names, spec, ours, mapping);
      if (doubleScore > best.score) best = { top: row, below, labels: double, score: doubleScore };
    }
  }
  if (best === undefined || (best.score < atLeast && mapping?.headerRow === undefined)) return undefined;
  const bound = bind(sheet, best, spec, names, words, mapping, ours);
  return {
    sheet,
    merges,
    row: best.top.number,
    rows: best.below === undefined ? 1 : 2,
    lastCol,
    score: best.score,
    ...bound,
  };
}

/** A header takes two rows when a cell of it is merged down into the next row, or one of its cells spans several columns. */
function spansTwoRows(merges: Merges, row: GridRow, below: GridRow): boolean {
  for (let col = 1; col <= row.cells.length; col += 1) {
    const area = merges.at(row.number, col);
    if (area === undefined || area.top !== row.number) continue;
    if (area.bottom === below.number) return true;
    if (area.right > area.left && area.bottom === row.number && row.cells[area.left - 1] !== undefined) {
      const children = below.cells
        .slice(area.left - 1, area.right)
        .filter(cell => cell !== undefined && cell.text.trim() !== '');
      if (children.length > 1) return true;
    }
  }
  return false;
}

function scoreOf(
  labels: readonly Label[],
  names: Names,
  spec: SheetSpec,
  ours: ReadonlySet<number>,
  mapping: SheetMapping | undefined,
): number {
  const seen = new Set<string>();
  for (const { col, texts } of labels) {
    if (ours.has(col)) continue;
    for (const written of texts) {
      // A header is a name; a sentence that happens to contain one is a note or a title.
      if (written.length > 30) continue;
      const key = headerKey(written);
      const mapped = mappedKey(written, col, mapping);
      const exact = mapped ?? names.exact.get(key);
      if (exact !== undefined) {
        seen.add(exact);
        break;
      }
      const first = names.alias.get(key)?.find(one => !seen.has(one));
      if (first !== undefined) {
        seen.add(first);
        break;
      }
    }
  }
  let score = seen.size;
  for (const column of spec.columns) if (column.required && seen.has(column.key)) score += 2;
  return score;
}

function mappedKey(written: string, col: number, mapping: SheetMapping | undefined): string | undefined {
  for (const [key, wanted] of Object.entries(mapping?.columns ?? {})) {
    for (const one of typeof wanted === 'string' ? [wanted] : wanted) {
      const letters = /^(?:col|列)[:：]([A-Z]{1,3})$/u.exec(one)?.[1];
      if (letters === undefined ? headerKey(one) === headerKey(written) : columnNumber(letters) === col) return key;
    }
  }
  return undefined;
}

type Claim = {
  readonly col: number;
  readonly header: string;
  /** All labels over the column, for a unit that the upper one names. */
  readonly written: string;
  readonly rank: 'mapped' | 'exact' | 'alias';
  readonly order: number;
};

function bind(
  sheet: GridSheet,
  best: { top: GridRow; below: GridRow | undefined; labels: readonly Label[] },
  spec: SheetSpec,
  names: Names,
  words: WordTables,
  mapping: SheetMapping | undefined,
  ours: ReadonlySet<number>,
): Pick<Header, 'columns' | 'ties' | 'unknown'> {
  const ignored = new Set((mapping?.ignore ?? []).map(headerKey));
  const byKey = new Map(spec.columns.map(column => [column.key, column]));
  const claims = new Map<string, Claim[]>();
  const open: { col: number; header: string; written: string; keys: readonly string[] }[] = [];
  const unknown: { col: number; header: string }[] = [];
  const add = (key: string, claim: Claim) => {
    const list = claims.get(key);
    if (list === undefined) claims.set(key, [claim]);
    else list.push(claim);
  };

  for (const { col, texts } of best.labels) {
    if (ours.has(col)) continue;
    const [header = ''] = texts;
    if (texts.some(written => ignored.has(headerKey(written)))) continue;
    const mapped = texts.map(written => mappedKey(written, col, mapping)).find(key => key !== undefined);
    const exact = texts.map(written => names.exact.get(headerKey(written))).find(key => key !== undefined);
    const keys = texts.map(written => names.alias.get(headerKey(written))).find(list => list !== undefined);
    const written = texts.join('');
    if (mapped !== undefined) add(mapped, { col, header, written, rank: 'mapped', order: 0 });
    else if (exact !== undefined) add(exact, { col, header, written, rank: 'exact', order: 0 });
    else if (keys !== undefined) open.push({ col, header, written, keys });
    else unknown.push({ col, header });
  }

  const firstDataRow = best.top.number + (best.below === undefined ? 1 : 2);
  const fitOf = (key: string, col: number) => contentFit(sheet, byKey.get(key), col, firstDataRow, words);
  // Columns with one possible field first: what they take is not there for those that could be several things.
  open.sort((a, b) => a.keys.length - b.keys.length);
  for (const { col, header, written, keys } of open) {
    const free = keys.filter(key => !claims.has(key) || claims.get(key)?.every(claim => claim.rank === 'alias'));
    const untaken = free.filter(key => !claims.has(key));
    const pool = untaken.length > 0 ? untaken : free;
    let chosenKey: string | undefined;
    let chosenFit = -1;
    for (const key of pool) {
      const share = pool.length === 1 ? 1 : fitOf(key, col) + (byKey.get(key)?.required ? 0.01 : 0);
      if (share > chosenFit) {
        chosenFit = share;
        chosenKey = key;
      }
    }
    if (chosenKey === undefined) unknown.push({ col, header });
    else
      add(chosenKey, {
        col,
        header,
        written,
        rank: 'alias',
        order: byKey.get(chosenKey)?.aliases.findIndex(one => headerKey(one) === headerKey(header)) ?? 0,
      });
  }

  const columns = new Map<string, Bound>();
  const ties: { key: string; cols: number[] }[] = [];
  for (const [key, list] of claims) {
    const ranked =
      ['mapped', 'exact', 'alias']
        .map(rank => list.filter(claim => claim.rank === rank))
        .find(some => some.length > 0) ?? [];
    const fits = ranked.map(claim => ({ claim, share: ranked.length === 1 ? 1 : fitOf(key, claim.col) }));
    fits.sort((a, b) => b.share - a.share || a.claim.order - b.claim.order);
    const [first, second] = fits;
    if (first === undefined) continue;
    if (second !== undefined && first.share === second.share && first.claim.order === second.claim.order) {
      ties.push({ key, cols: fits.map(one => one.claim.col) });
      continue;
    }
    const unit = unitIn(notesIn(first.claim.written)) ?? mapping?.unit;
    columns.set(key, { col: first.claim.col, header: first.claim.header, ...(unit === undefined ? {} : { unit }) });
    for (const claim of list) if (claim.col !== first.claim.col) unknown.push({ col: claim.col, header: claim.header });
  }
  for (const [marker, col] of sheet.markers) {
    // A marker's name is unique in a workbook, so the registers prefix theirs: `policies.findingId`.
    const key = marker.startsWith(`${spec.key}.`) ? marker.slice(spec.key.length + 1) : marker;
    // The reviewers' columns carry a marker when they were added with the mirror.
    const column = byKey.get(key);
    if (column !== undefined && column.owner !== 'office') columns.set(key, { col, header: column.header.zh });
  }
  return { columns, ties, unknown };
}

/** Only the （…） notes of a header can name a unit: “单位” itself is a header too. */
function notesIn(header: string): string {
  return (toHalfWidth(header).match(/[([][^()[\]]*[)\]]/gu) ?? []).join('');
}

/** Share of the column's non-empty cells that read well as the field: decides between two readings of a header. */
function contentFit(
  sheet: GridSheet,
  column: Column | undefined,
  col: number,
  fromRow: number,
  words: WordTables,
): number {
  if (column === undefined) return 0;
  let filled = 0;
  let good = 0;
  for (const row of sheet.rows) {
    if (row.number < fromRow) continue;
    const cell: Cell | undefined = row.cells[col - 1];
    if (cell === undefined || cell.text.trim() === '') continue;
    filled += 1;
    if (readsAs(column, cell, words)) good += 1;
    if (filled >= sampledCells) break;
  }
  return filled === 0 ? 0 : good / filled;
}

function readsAs(column: Column, cell: Cell, words: WordTables): boolean {
  const input: CellInput = { cell, unit: { unit: '元', from: 'assumed' }, year: 2000, words };
  if (column.kind !== 'text' && column.kind !== 'names') return fields[column.kind](input).kind !== 'bad';
  // A narrative is what is neither a status word nor a date nor a number.
  return cell.kind === 'text' && fields.result(input).kind === 'bad' && fields.date(input).kind === 'bad';
}
