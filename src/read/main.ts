import type { Cell, GridRow } from '../model/grid.js';
import type { Column } from '../sheets/column.js';
import { ledgerSheet } from '../sheets/ledger.js';
import { type Bound, type Header, headerKey } from './headers.js';
import type { ReadIssue } from './issue.js';
import type { CellReader } from './reader.js';
import { isBlankRow, isHeaderAgain, isNoteRow, isTotalRow, type Row, readRow } from './table.js';
import { parseSectionMark, splitLeadingNumber } from './typed/markers.js';
import { countMeasures, splitMarked } from './typed/measures.js';
import { compact, toHalfWidth } from './typed/normalise.js';
import { chineseNumber } from './typed/numerals.js';

export type LedgerRow = Row<typeof ledgerSheet> & {
  /** Index into `Main.findings`. */
  readonly finding: number;
  /** Index into the finding's sub-findings; undefined in a row that names none. */
  readonly subFinding: number | undefined;
  /** Measures that stand in this row's own cell; 0 in the inner rows of a merged measure. */
  readonly measures: number;
  /** What the 行标识 cell holds; '' before the first sync. */
  readonly idText: string;
  /** Columns whose value stands in the row's own cell (not filled down, inherited or merged from above). */
  readonly own: ReadonlySet<string>;
};

export type SubFinding = {
  readonly title: string;
  /** How many sub-findings one cell names (一是…二是… in one cell count as several). */
  readonly parts: number;
  readonly rows: readonly LedgerRow[];
};

export type Focus = {
  readonly index: number;
  /** The ordinal of （三）; undefined when it has none. */
  readonly ordinal?: number;
  /** As written, marker included. */
  readonly title: string;
  /** 1-based row where it stands first. */
  readonly row: number;
};

export type Finding = {
  readonly index: number;
  /** The printed number; undefined when the ledger does not number findings. */
  readonly number?: number;
  /** What people call it: its number, or its position when it has none. */
  readonly label: string;
  readonly title: string;
  readonly focus?: Focus;
  readonly rows: readonly LedgerRow[];
  readonly first: LedgerRow;
  readonly subFindings: readonly SubFinding[];
  readonly measures: number;
};

/** global – 1…n through the ledger; section – from 1 in each focus area; row – every row its own; none – no numbers. */
export type Numbering = 'global' | 'section' | 'row' | 'none';

export type Main = {
  readonly header: Header;
  readonly rows: readonly LedgerRow[];
  readonly findings: readonly Finding[];
  readonly focuses: readonly Focus[];
  readonly numbering: Numbering;
  /** First and last row of the data, 1-based; undefined when there is none. */
  readonly extent?: { readonly first: number; readonly last: number };
};

/** A row while its finding is still being put together. */
type Draft = { -readonly [K in keyof LedgerRow]: LedgerRow[K] };

type Raw = {
  readonly row: GridRow;
  readonly focus: number | undefined;
  readonly finding: Title;
  readonly findingOwn: boolean;
  readonly subFinding: Cell | undefined;
  readonly seq: string;
  /** It stands elsewhere than with its finding. */
  readonly placed: boolean;
};

/** What stands in a finding's cell; rows that it is filled down to share it. */
type Title = {
  readonly cell: Cell;
  /** The form in which findings are compared. */
  readonly key: string;
  /** The number in front, if any, and what follows it. */
  readonly number: number | undefined;
  readonly rest: string;
  readonly restKey: string;
};

function titleOf(text: string): Title {
  const lead = splitLeadingNumber(text);
  const rest = lead?.rest ?? text;
  return { cell: { kind: 'text', text }, key: titleKey(text), number: lead?.number, rest, restKey: titleKey(rest) };
}

const untitled = titleOf('');

/** Text of a column's cell, and of the merged area it lies in when the area began in this column further up. */
function cellThrough(
  header: Header,
  rows: ReadonlyMap<number, GridRow>,
  row: GridRow,
  key: string,
): { cell: Cell | undefined; own: boolean } {
  const bound = header.columns.get(key);
  if (bound === undefined) return { cell: undefined, own: false };
  const area = header.merges.at(row.number, bound.col);
  if (area !== undefined && (area.top !== row.number || area.left !== bound.col)) {
    return { cell: rows.get(area.top)?.cells[area.left - 1], own: false };
  }
  const cell = row.cells[bound.col - 1];
  return { cell, own: cell !== undefined && cell.text.trim() !== '' };
}

/**
 * Rows that a sort has put under another finding (1-based) and the finding they belong to: they count there until a
 * person puts them right, so that no status and no sum changes hands in silence.
 */
export type Belonging = ReadonlyMap<number, Finding>;

/** Reads the main sheet: tells data from banners, sums and notes, groups rows into findings, reads every cell. */
export function readMain(
  header: Header,
  reader: CellReader,
  issues: ReadIssue[],
  belonging: Belonging = new Map(),
): Main {
  const officeHeader = { ...header, columns: new Map([...header.columns].filter(([key]) => isOffice(key))) };
  const byNumber = new Map(header.sheet.rows.map(row => [row.number, row]));
  const { raws, focuses } = dataRows(header, officeHeader, byNumber, issues, belonging);
  const numbering = numberingOf(raws.filter(raw => !raw.placed));
  const groups = groupFindings(raws, numbering);
  const focusOf = (index: number | undefined) => (index === undefined ? undefined : focuses[index]);

  const rows: Draft[] = [];
  const rowsOf = new Map<number, Draft[]>();
  const firstOf = firstRaws(raws, groups.of);
  const ownSets: Filled[] = [];
  for (const [position, raw] of raws.entries()) {
    const finding = groups.of[position] ?? 0;
    const first = firstOf.get(finding) ?? raw;
    const filled: string[] = [];
    const base = readRow(
      ledgerSheet.columns,
      header,
      reader,
      raw.row,
      (column, bound) => speakingCell(header, byNumber, raw, first.row, column, bound, filled),
      issues,
    );
    const own = sharedSet(filled, ownSets);
    const measure = own.has('measure') ? base.data.measure : undefined;
    const row: Draft = {
      number: base.number,
      data: base.data,
      bad: base.bad,
      finding,
      subFinding: undefined,
      measures: measure === undefined ? 0 : Math.max(1, countMeasures(measure)),
      idText: base.data.rowId ?? '',
      own,
    };
    const list = rowsOf.get(finding);
    if (list === undefined) rowsOf.set(finding, [row]);
    else list.push(row);
    rows.push(row);
  }
  reader.finish();

  const findings: Finding[] = [];
  for (const [index, group] of groups.list.entries()) {
    const list = speakingFirst(rowsOf.get(index) ?? [], belonging);
    const subFindings = subFindingsOf(list);
    const [first] = list;
    if (first === undefined) continue;
    const focus = focusOf(firstOf.get(index)?.focus);
    const measures = list.reduce((total, row) => total + (row.measures > 0 ? 1 : 0), 0);
    findings.push({
      index,
      ...(group.number === undefined ? {} : { number: group.number }),
      label: labelOf(group.number, index, numbering, focus),
      title: group.title,
      ...(focus === undefined ? {} : { focus }),
      rows: list,
      first,
      subFindings,
      measures,
    });
  }
  const [firstRaw] = raws;
  const lastRaw = raws.at(-1);
  return {
    header,
    rows,
    findings,
    focuses,
    numbering,
    ...(firstRaw === undefined || lastRaw === undefined
      ? {}
      : { extent: { first: firstRaw.row.number, last: lastRaw.row.number } }),
  };
}

/** The row that speaks for each finding: its first, unless that one only came there by a sort. */
function firstRaws(raws: readonly Raw[], of: readonly number[]): ReadonlyMap<number, Raw> {
  const first = new Map<number, Raw>();
  raws.forEach((raw, position) => {
    const finding = of[position] ?? 0;
    const before = first.get(finding);
    if (before === undefined || (before.placed && !raw.placed)) first.set(finding, raw);
  });
  return first;
}

function speakingFirst(rows: readonly Draft[], belonging: Belonging): readonly Draft[] {
  if (belonging.size === 0) return rows;
  return [...rows.filter(row => !belonging.has(row.number)), ...rows.filter(row => belonging.has(row.number))];
}

function isOffice(key: string): boolean {
  return ledgerSheet.columns.find(column => column.key === key)?.owner === 'office';
}

function labelOf(number: number | undefined, index: number, numbering: Numbering, focus: Focus | undefined): string {
  if (number === undefined) return String(index + 1);
  return numbering === 'section' && focus?.ordinal !== undefined ? `${focus.ordinal}-${number}` : String(number);
}

type Filled = { readonly keys: readonly string[]; readonly set: ReadonlySet<string> };

/** Ways to fill a row that are kept to be shared. */
const KEPT_WAYS = 8;

/** The columns that a row fills itself, as a set. Most rows fill the same ones and share theirs; the last used stand first. */
function sharedSet(keys: readonly string[], known: Filled[]): ReadonlySet<string> {
  const at = known.findIndex(one => one.keys.length === keys.length && one.keys.every((key, i) => key === keys[i]));
  const found = known[at] ?? { keys, set: new Set(keys) };
  if (at !== 0) {
    if (at > 0) known.splice(at, 1);
    known.unshift(found);
    if (known.length > KEPT_WAYS) known.pop();
  }
  return found.set;
}

/** Which cell speaks for a column in this row, by the column's fill rule. Money is never filled. */
function speakingCell(
  header: Header,
  rows: ReadonlyMap<number, GridRow>,
  raw: Raw,
  first: GridRow,
  column: Column,
  bound: Bound,
  filled: string[],
): Cell | undefined {
  const { row } = raw;
  const area = column.fill === 'none' ? undefined : header.merges.at(row.number, bound.col);
  const inner = area !== undefined && (area.top !== row.number || area.left !== bound.col) ? area : undefined;
  const cell = inner === undefined ? row.cells[bound.col - 1] : rows.get(inner.top)?.cells[inner.left - 1];
  if (cell !== undefined && cell.text.trim() !== '') {
    if (inner === undefined) filled.push(column.key);
    return cell;
  }
  if (column.fill === 'inherit') return cellThrough(header, rows, first, column.key).cell;
  if (column.fill !== 'down') return undefined;
  if (column.key === 'finding') return raw.finding === untitled ? undefined : raw.finding.cell;
  return column.key === 'subFinding' ? raw.subFinding : undefined;
}

type Structure = { readonly raws: readonly Raw[]; readonly focuses: readonly Focus[] };

function dataRows(
  header: Header,
  office: Header,
  byNumber: ReadonlyMap<number, GridRow>,
  issues: ReadIssue[],
  belonging: Belonging,
): Structure {
  const raws: Raw[] = [];
  const focuses: Focus[] = [];
  const focusByTitle = new Map<string, number>();
  const ours = new Set(header.sheet.markers.values());
  let focus: number | undefined;
  let finding = untitled;
  let subFinding: Cell | undefined;
  let lastData = header.row + header.rows - 1;
  let gapIsNatural = true;
  let afterNote = false;

  const enterFocus = (written: string, row: number) => {
    const key = headerKey(written);
    const known = focusByTitle.get(key);
    if (known !== undefined) {
      focus = known;
      return;
    }
    const mark = parseSectionMark(written);
    focus = focuses.length;
    focusByTitle.set(key, focus);
    focuses.push({
      index: focus,
      ...(mark === undefined ? {} : { ordinal: mark.ordinal }),
      title: written.trim(),
      row,
    });
  };

  for (const row of header.sheet.rows) {
    if (row.number < header.row + header.rows || isBlankRow(row, office)) continue;
    if (isTotalRow(row)) {
      gapIsNatural = true;
      lastData = row.number;
      continue;
    }
    if (isNoteRow(row)) {
      afterNote = true;
      continue;
    }
    if (isHeaderAgain(row, header)) {
      gapIsNatural = true;
      lastData = row.number;
      continue;
    }
    const banner = bannerOf(header, row, ours);
    if (banner !== undefined) {
      if (parseSectionMark(banner) !== undefined || /聚焦|方面/u.test(banner)) {
        enterFocus(banner, row.number);
        finding = untitled;
        subFinding = undefined;
      }
      gapIsNatural = true;
      lastData = row.number;
      continue;
    }
    const seq = cellThrough(header, byNumber, row, 'seq');
    const ownFinding = cellThrough(header, byNumber, row, 'finding');
    const ownSub = cellThrough(header, byNumber, row, 'subFinding');
    const says = (one: { cell: Cell | undefined }) => (one.cell?.text.trim() ?? '') !== '';
    const gap = row.number > lastData + 1;
    if (seq.own && isRemark(row, office, seq.cell)) {
      afterNote = true;
      continue;
    }
    const names = says(seq) || says(ownFinding) || says(ownSub);
    // A row after a gap that names no finding is a remark somebody left below the table, unless it is filled in.
    if ((gap || afterNote) && !names && !(raws.length > 0 && isFilledIn(row, office))) {
      afterNote = true;
      continue;
    }
    // An empty row between two findings is how some offices space them; inside a finding it tears it apart.
    if (gap && !gapIsNatural && !ownFinding.own && raws.length > 0) {
      issues.push({ kind: 'blank-row', sheet: header.sheet.name, from: lastData + 1, to: row.number - 1 });
    }
    const home = belonging.get(row.number);
    if (home !== undefined) {
      raws.push({
        row,
        focus: home.focus?.index,
        finding: titleOf(home.first.data.finding ?? home.title),
        findingOwn: false,
        subFinding: ownSub.own ? ownSub.cell : undefined,
        seq: home.number === undefined ? '' : String(home.number),
        placed: true,
      });
      lastData = row.number;
      gapIsNatural = false;
      afterNote = false;
      continue;
    }
    const ownFocus = cellThrough(header, byNumber, row, 'focus');
    if (says(ownFocus)) {
      const before = focus;
      enterFocus(ownFocus.cell?.text ?? '', row.number);
      if (before !== focus && !says(ownFinding)) finding = untitled;
    }
    const findingText = ownFinding.cell?.text.trim() ?? '';
    if (findingText !== '' && findingText !== finding.cell.text) {
      const title = titleOf(findingText);
      if (title.key !== finding.key) subFinding = undefined;
      finding = title;
    }
    const subText = ownSub.cell?.text.trim() ?? '';
    if (subText !== '' && subText !== subFinding?.text) subFinding = { kind: 'text', text: subText };
    raws.push({
      row,
      focus,
      finding,
      findingOwn: ownFinding.own,
      subFinding,
      seq: seq.cell?.text.trim() ?? '',
      placed: false,
    });
    lastData = row.number;
    gapIsNatural = false;
    afterNote = false;
  }
  return { raws, focuses };
}

/** The only text of its row, in the column of the numbers, and no number: 2.金额单位为元。 */
function isRemark(row: GridRow, office: Header, seq: Cell | undefined): boolean {
  return seq !== undefined && seqNumber(seq.text) === undefined && filledColumns(row, office) === 1;
}

/** A measure with who, when or how far beside it is a row of the table. */
function isFilledIn(row: GridRow, office: Header): boolean {
  const measure = office.columns.get('measure');
  const cell = measure === undefined ? undefined : row.cells[measure.col - 1];
  return cell !== undefined && cell.text.trim() !== '' && filledColumns(row, office) >= 3;
}

function filledColumns(row: GridRow, office: Header): number {
  let filled = 0;
  for (const { col } of office.columns.values()) {
    const cell = row.cells[col - 1];
    if (cell !== undefined && cell.text.trim() !== '') filled += 1;
  }
  return filled;
}

/** A row that holds one text only, across the table or in its first columns: （一）聚焦……方面. */
function bannerOf(header: Header, row: GridRow, ours: ReadonlySet<number>): string | undefined {
  let only: { cell: Cell; col: number } | undefined;
  for (let col = 1; col <= row.cells.length; col += 1) {
    const cell = row.cells[col - 1];
    if (cell === undefined || ours.has(col) || cell.text.trim() === '') continue;
    if (only !== undefined) return undefined;
    only = { cell, col };
  }
  if (only === undefined || only.cell.kind !== 'text') return undefined;
  const area = header.merges.at(row.number, only.col);
  const wide = area !== undefined && area.right - area.left >= 2;
  const measureCol = header.columns.get('measure')?.col;
  if (
    wide ||
    (only.col !== measureCol &&
      parseSectionMark(only.cell.text) !== undefined &&
      /聚焦|方面|^[一二三四五六七八九十]+、/u.test(only.cell.text))
  )
    return only.cell.text.trim();
  return undefined;
}

/** How the ledger numbers: found before any gap is looked for, so that a per-row count is not taken for findings. */
function numberingOf(raws: readonly Raw[]): Numbering {
  const titled = raws.filter(raw => raw.findingOwn);
  if (titled.length > 0 && titled.filter(raw => raw.finding.number !== undefined).length * 2 > titled.length) {
    return restarts(titled.map(raw => ({ n: raw.finding.number, focus: raw.focus }))) ? 'section' : 'global';
  }
  const numbered = raws.filter(raw => seqNumber(raw.seq) !== undefined);
  if (numbered.length === 0) return 'none';
  let perRow = 0;
  let perFinding = 0;
  for (let i = 1; i < raws.length; i += 1) {
    const before = raws[i - 1];
    const raw = raws[i];
    if (before === undefined || raw === undefined || before.finding.key !== raw.finding.key) continue;
    if (raw.seq === '' || raw.seq === before.seq || seqNumber(raw.seq) === seqNumber(before.seq)) perFinding += 1;
    else perRow += 1;
  }
  if (perRow > perFinding) return 'row';
  return restarts(numbered.map(raw => ({ n: seqNumber(raw.seq), focus: raw.focus }))) ? 'section' : 'global';
}

function restarts(list: readonly { readonly n: number | undefined; readonly focus: number | undefined }[]): boolean {
  const firstOf = new Map<number, number>();
  for (const { n, focus } of list) {
    if (n !== undefined && focus !== undefined && !firstOf.has(focus)) firstOf.set(focus, n);
  }
  return firstOf.size > 1 && [...firstOf.values()].every(first => first === 1);
}

/** 3, ３, 三, 3., 问题3, and the finding's part of 3-1, 3.1, （3）. */
function seqNumber(seq: string): number | undefined {
  if (/^\d{1,5}$/.test(seq)) return Number(seq);
  const written = toHalfWidth(seq).trim();
  const digits = /^\D{0,3}?(\d{1,5})(?:\s*[-－—.．、)）]\s*\d*)?$/u.exec(written)?.[1];
  if (digits !== undefined) return Number(digits);
  const chinese = /^(?:第|问题)?\(?([一二三四五六七八九十百]{1,5})[)、.]?(?:[项条个])?$/u.exec(written)?.[1];
  return chinese === undefined ? undefined : chineseNumber(chinese);
}

/** The form in which findings are compared: their brackets and numbers count, their blanks and last sign do not. */
function titleKey(title: string): string {
  return compact(toHalfWidth(title)).replace(/[。.;,!]+$/u, '');
}

type Groups = {
  readonly of: readonly number[];
  readonly list: readonly { readonly title: string; readonly number: number | undefined }[];
};

/** Rows with the same finding text (and number, where findings are numbered) are one finding, wherever they stand. */
function groupFindings(raws: readonly Raw[], numbering: Numbering): Groups {
  const of: number[] = [];
  const list: { title: string; number: number | undefined }[] = [];
  const known = new Map<string, number>();
  let lastSeq: number | undefined;
  let lastKey = '';
  for (const raw of raws) {
    const { finding: title } = raw;
    let { number } = title;
    if (number === undefined && (numbering === 'global' || numbering === 'section')) {
      // A filled-down row without a number of its own carries the number of the row above.
      const own = seqNumber(raw.seq);
      number = own ?? (title.key === lastKey ? lastSeq : undefined);
    }
    // What follows a row that came here by a sort is filled down from above it.
    if (!raw.placed) {
      lastSeq = number;
      lastKey = title.key;
    }
    const key = `${title.restKey}#${number ?? ''}#${numbering === 'section' ? (raw.focus ?? '') : ''}`;
    let index = known.get(key);
    if (index === undefined) {
      index = list.length;
      known.set(key, index);
      list.push({ title: title.rest, number: numbering === 'row' || numbering === 'none' ? title.number : number });
    }
    of.push(index);
  }
  return { of, list };
}

/** Groups the rows of a finding by what they call its part, and tells each row to which it belongs. */
function subFindingsOf(rows: readonly Draft[]): SubFinding[] {
  const order: { title: string; rows: LedgerRow[] }[] = [];
  const known = new Map<string, number>();
  for (const row of rows) {
    const title = row.data.subFinding;
    if (title === undefined) continue;
    const key = titleKey(title);
    let index = known.get(key);
    if (index === undefined) {
      index = order.length;
      known.set(key, index);
      order.push({ title, rows: [] });
    }
    row.subFinding = index;
    order[index]?.rows.push(row);
  }
  return order.map(one => ({
    title: one.title,
    parts: Math.max(1, splitMarked(one.title).length),
    rows: one.rows,
  }));
}
