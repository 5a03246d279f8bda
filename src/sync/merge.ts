import { type PairedRow, pairRows } from './pairing.js';
import { BLANK, type Cells, canonical, type Value, valueFrom } from './value.js';

/*
 * The three-way merge of source and mirror: pure, one cell at a time, one writer a column. For each cell the last
 * agreed value, the source's and the mirror's are compared. Nothing is overwritten without being named in the result.
 */

export type MergeColumn = { readonly key: string; readonly owner: 'office' | 'program' | 'reviewer' };

/** What both sides last agreed on: row id → column key → canonical text. */
export type Agreed = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** A row of the mirror. `at` is its 1-based row; `id` is empty when the row has none of ours. */
export type MirrorRow = { readonly at: number; readonly id: string; readonly cells: Cells };

export type MergeInput = {
  readonly columns: readonly MergeColumn[];
  /** Undefined when nothing was agreed yet, or the state was lost: then a column's writer wins. */
  readonly base: Agreed | undefined;
  /**
   * What an earlier sync was about to reach when it was cut off, if one was: a cell that holds it was written by us, and
   * is no change of anybody's.
   */
  readonly coming?: Agreed | undefined;
  /**
   * What the ledger agreed on with another mirror since it last met this one, if it did: what stands there in a reviewer's
   * column is a reviewer's word, and what changed in the ledger since is held against this.
   */
  readonly elsewhere?: Agreed | undefined;
  /** Row id → where it stood on the mirror when it was last synced. */
  readonly lastAt?: ReadonlyMap<string, number> | undefined;
  /** Rows that may travel, masked, in the order of the source. */
  readonly source: ReadonlyMap<string, Cells>;
  readonly mirror: readonly MirrorRow[];
  /** The mirror is empty because it is new, not because somebody emptied it. */
  readonly mirrorIsNew: boolean;
  /** What becomes of a cell that both sides changed. */
  readonly onConflict: 'stop' | 'source' | 'mirror';
  readonly acceptMassChange: boolean;
  /** UTF-16 units that a cell of the source holds; without limit when absent. What is longer cannot be taken in whole. */
  readonly sourceHolds?: number | undefined;
  /** In a row that no longer travels this column says so. */
  readonly withdrawnNote: { readonly column: string; readonly text: string };
};

/** A cell of the mirror to be written. */
export type MirrorChange = {
  readonly at: number;
  readonly id: string;
  readonly column: string;
  readonly before: Value;
  readonly after: Value;
  /** changed: by its writer · restored: somebody else had edited it · decided: a conflict · withdrawn: the row left */
  readonly why: 'changed' | 'restored' | 'decided' | 'withdrawn';
};

/** A reviewer's cell on its way into the source; no other column can travel this way. */
export type ReviewEdit = {
  readonly row: string;
  readonly column: string;
  readonly before: Value;
  readonly after: Value;
  /** reviewed: the reviewer wrote it · restored: the office had edited it · decided: a conflict */
  readonly why: 'reviewed' | 'restored' | 'decided';
};

/** A conflict over an office cell that was decided for the mirror. Only `--on-conflict mirror` makes one. */
export type OfficeEdit = {
  readonly row: string;
  readonly column: string;
  readonly before: Value;
  readonly after: Value;
};

/** Somebody wrote into a column that is another's. `kept` is what stands there after the merge. */
export type OwnedCellEdit = {
  readonly side: 'source' | 'mirror';
  readonly row: string;
  readonly column: string;
  readonly agreed: string | undefined;
  readonly found: Value;
  readonly kept: Value;
};

export type Conflict = {
  readonly row: string;
  readonly column: string;
  readonly agreed: string;
  readonly source: Value;
  readonly mirror: Value;
  readonly decision: 'source' | 'mirror' | undefined;
};

/** So much at once that a person should look before it is taken for granted. */
export type MassChange =
  | { readonly kind: 'side-empty'; readonly side: 'source' | 'mirror'; readonly rows: number }
  | { readonly kind: 'rows-gone'; readonly side: 'source' | 'mirror'; readonly rows: number; readonly of: number }
  | {
      readonly kind: 'column-changed';
      readonly side: 'source' | 'mirror';
      readonly column: string;
      readonly rows: number;
    };

export type Merged = {
  readonly toMirror: readonly MirrorChange[];
  /** Rows that the mirror does not have yet, in the order of the source. */
  readonly newRows: readonly { readonly id: string; readonly cells: Cells }[];
  readonly toSource: readonly ReviewEdit[];
  readonly toSourceByDecision: readonly OfficeEdit[];
  readonly ownedCellEdits: readonly OwnedCellEdit[];
  readonly conflicts: readonly Conflict[];
  readonly massChanges: readonly MassChange[];
  /** Ids of rows that were taken off the mirror by somebody and are put back. */
  readonly putBack: readonly string[];
  /** Ids of rows that no longer travel; their content is cleared, the reviewer's columns stay. */
  readonly withdrawn: readonly string[];
  /** Rows whose id cell is to be written: the content is another row's (`from` is what stood there). */
  readonly rePaired: readonly { readonly at: number; readonly from: string; readonly to: string }[];
  /** Rows of the mirror that copy another row's id; the id is taken off them. */
  readonly copies: readonly { readonly at: number; readonly id: string }[];
  /** 1-based rows of the mirror without id that hold something: the reviewer's own, left alone. */
  readonly ownRows: readonly number[];
  /** Reviewer's cells that hold an error value and did not travel. */
  readonly unreadable: readonly {
    readonly row: string;
    readonly at: number;
    readonly column: string;
    readonly text: string;
  }[];
  /** Reviewer's texts that no cell of the source can hold; they did not travel. */
  readonly tooLong: readonly {
    readonly row: string;
    readonly at: number;
    readonly column: string;
    readonly length: number;
  }[];
  /** Rows of the mirror that are rows of the ledger, as they were paired. */
  readonly rows: readonly PairedRow[];
  /** What both sides agree on once all of this is written. */
  readonly agreed: Agreed;
};

/** Is there anything that must not be written without a person's word? */
export function needsDecision(merged: Merged): boolean {
  return merged.massChanges.length > 0 || merged.conflicts.some(conflict => conflict.decision === undefined);
}

export function merge(input: MergeInput): Merged {
  const pairing = pairRows(input);
  const paired = new Map(pairing.rows.map(row => [row.id, row]));
  const result = new Result();
  for (const [id, cells] of input.source) {
    const row = paired.get(id);
    const base = input.base?.get(id);
    if (row === undefined) addRow(result, input, id, cells, base);
    else mergeRow(result, input, row, cells, base);
  }
  for (const row of pairing.rows) if (!input.source.has(row.id)) withdraw(result, input, row);
  return {
    ...result,
    massChanges: input.acceptMassChange ? [] : massChanges(input, paired),
    rows: pairing.rows,
    rePaired: pairing.rePaired,
    copies: pairing.copies,
    ownRows: pairing.ownRows,
  };
}

class Result {
  readonly toMirror: MirrorChange[] = [];
  readonly newRows: { id: string; cells: Cells }[] = [];
  readonly toSource: ReviewEdit[] = [];
  readonly toSourceByDecision: OfficeEdit[] = [];
  readonly ownedCellEdits: OwnedCellEdit[] = [];
  readonly conflicts: Conflict[] = [];
  readonly putBack: string[] = [];
  readonly withdrawn: string[] = [];
  readonly unreadable: { row: string; at: number; column: string; text: string }[] = [];
  readonly tooLong: { row: string; at: number; column: string; length: number }[] = [];
  readonly agreed = new Map<string, Map<string, string>>();

  /** Of a cell that stays out of this merge: nothing new is agreed on. */
  stay(row: string, column: string, agreed: string | undefined): void {
    if (agreed !== undefined) this.agree(row, column, valueFrom(agreed));
  }

  agree(row: string, column: string, value: Value): void {
    this.agreeOn(row, column, canonical(value));
  }

  /** @param text the value in the form in which values are compared */
  agreeOn(row: string, column: string, text: string): void {
    const cells = this.agreed.get(row);
    if (cells === undefined) this.agreed.set(row, new Map([[column, text]]));
    else cells.set(column, text);
  }
}

/**
 * A row that the mirror does not have. What the reviewer once wrote goes with it; what the office wrote into the
 * reviewer's columns does not, for a verdict comes from the mirror or not at all.
 */
function addRow(
  result: Result,
  input: MergeInput,
  id: string,
  source: Cells,
  base: ReadonlyMap<string, string> | undefined,
): void {
  const cells = new Map<string, Value>();
  for (const { key, owner } of input.columns) {
    const mine = source.get(key) ?? BLANK;
    if (owner !== 'reviewer') {
      cells.set(key, mine);
      result.agree(id, key, mine);
      continue;
    }
    // Taken in by a sync that was cut off before it could remember: the ledger holds it, and so it was agreed.
    const agreed = input.elsewhere?.get(id)?.get(key) ?? agreedCell(input, id, key, [mine, mine]);
    const kept = agreed === canonical(mine) ? mine : valueFrom(agreed ?? '');
    cells.set(key, kept);
    if (agreed !== undefined || mine.kind === 'blank') result.agree(id, key, kept);
    if (kept !== mine && canonical(mine) !== canonical(kept)) foreignReview(result, id, key, agreed, mine, kept);
  }
  result.newRows.push({ id, cells });
  if (base !== undefined && !input.mirrorIsNew) result.putBack.push(id);
}

function mergeRow(
  result: Result,
  input: MergeInput,
  row: PairedRow,
  source: Cells,
  base: ReadonlyMap<string, string> | undefined,
): void {
  for (const { key, owner } of input.columns) {
    const mine = source.get(key) ?? BLANK;
    const theirs = row.cells.get(key) ?? BLANK;
    if (owner === 'reviewer' && theirs.kind === 'unreadable') {
      result.unreadable.push({ row: row.id, at: row.at, column: key, text: theirs.text });
      result.stay(row.id, key, base?.get(key));
      continue;
    }
    if (
      owner === 'reviewer' &&
      theirs.kind === 'text' &&
      theirs.text.length > (input.sourceHolds ?? Number.POSITIVE_INFINITY)
    ) {
      result.tooLong.push({ row: row.id, at: row.at, column: key, length: theirs.text.length });
      result.stay(row.id, key, base?.get(key));
      continue;
    }
    const text = canonical(theirs);
    if (canonical(mine) === text) {
      result.agreeOn(row.id, key, text);
      continue;
    }
    const agreed = agreedCell(input, row.id, key, owner === 'reviewer' ? [mine, theirs] : [theirs, mine]);
    const cell = { result, input, row, key, mine, theirs, agreed };
    const elsewhere = input.elsewhere?.get(row.id)?.get(key);
    if (owner !== 'reviewer') mergeOurs(cell, owner);
    else if (elsewhere === undefined) mergeReview(cell);
    else mergeReviews(cell, elsewhere);
  }
}

/**
 * The agreed text of a cell. After a sync that was cut off there are two candidates, the state before it and the one it
 * was bringing about; which of them holds is seen at the side that follows (the ledger for a review, else the mirror).
 */
function agreedCell(
  { base, coming }: MergeInput,
  row: string,
  key: string,
  [follower, leader]: readonly [Value, Value],
): string | undefined {
  const before = base?.get(row)?.get(key);
  const after = coming?.get(row)?.get(key);
  if (after === undefined || before === undefined || before === after) return before;
  if (canonical(follower) === before) return before;
  return canonical(follower) === after || canonical(leader) === after ? after : before;
}

type Meeting = {
  readonly result: Result;
  readonly input: MergeInput;
  readonly row: PairedRow;
  readonly key: string;
  readonly mine: Value;
  readonly theirs: Value;
  readonly agreed: string | undefined;
};

/** A column of the office or the program: the source's value travels. */
function mergeOurs(cell: Meeting, owner: 'office' | 'program'): void {
  const { result, row, key, mine, theirs, agreed } = cell;
  const theyChanged = agreed !== undefined && canonical(theirs) !== agreed;
  const weChanged = agreed !== undefined && canonical(mine) !== agreed;
  if (owner === 'office' && theyChanged && weChanged) {
    conflict(cell, agreed, 'office');
    return;
  }
  if (theyChanged) {
    result.ownedCellEdits.push({ side: 'mirror', row: row.id, column: key, agreed, found: theirs, kept: mine });
  }
  write(cell, mine, theyChanged ? 'restored' : 'changed');
}

/** A column of the reviewer: the mirror's value travels. */
function mergeReview(cell: Meeting): void {
  const { result, row, key, mine, theirs, agreed } = cell;
  if (agreed === undefined) {
    // Never agreed on: what the reviewer wrote wins. What only the office wrote stays where it is, and is reported.
    if (theirs.kind === 'blank') foreignReview(result, row.id, key, undefined, mine, mine);
    else pull(cell, 'reviewed');
    return;
  }
  const theyChanged = canonical(theirs) !== agreed;
  const weChanged = canonical(mine) !== agreed;
  if (theyChanged && weChanged) conflict(cell, agreed, 'reviewer');
  else if (theyChanged) pull(cell, 'reviewed');
  else {
    result.ownedCellEdits.push({ side: 'source', row: row.id, column: key, agreed, found: mine, kept: theirs });
    pull(cell, 'restored');
  }
}

/**
 * A column of the reviewer while there are two mirrors in turn: the word that came from the other one travels here, unless
 * somebody wrote here as well.
 */
function mergeReviews(cell: Meeting, elsewhere: string): void {
  const { result, input, row, key, mine, theirs, agreed } = cell;
  const byOffice = canonical(mine) !== elsewhere;
  const word = byOffice ? valueFrom(elsewhere) : mine;
  if (byOffice) {
    result.ownedCellEdits.push({
      side: 'source',
      row: row.id,
      column: key,
      agreed: elsewhere,
      found: mine,
      kept: word,
    });
  }
  const writeHere = (why: MirrorChange['why']): void => {
    if (byOffice) result.toSource.push({ row: row.id, column: key, before: mine, after: word, why: 'restored' });
    write(cell, word, why);
  };
  const theyChanged = agreed === undefined ? theirs.kind !== 'blank' : canonical(theirs) !== agreed;
  const wordChanged = elsewhere !== agreed;
  if (canonical(theirs) === elsewhere) pull(cell, 'restored');
  else if (!theyChanged) writeHere('changed');
  else if (agreed === undefined || !wordChanged) pull(cell, 'reviewed');
  else {
    const decision = input.onConflict === 'stop' ? undefined : input.onConflict;
    result.conflicts.push({ row: row.id, column: key, agreed, source: word, mirror: theirs, decision });
    if (decision === 'source') writeHere('decided');
    else if (decision === 'mirror') pull(cell, 'decided');
    else result.agreeOn(row.id, key, agreed);
  }
}

function conflict(cell: Meeting, agreed: string, owner: 'office' | 'reviewer'): void {
  const { result, input, row, key, mine, theirs } = cell;
  const decision = input.onConflict === 'stop' ? undefined : input.onConflict;
  result.conflicts.push({ row: row.id, column: key, agreed, source: mine, mirror: theirs, decision });
  if (decision === 'source') write(cell, mine, 'decided');
  else if (decision === 'mirror') {
    if (owner === 'reviewer') pull(cell, 'decided');
    else {
      result.toSourceByDecision.push({ row: row.id, column: key, before: mine, after: theirs });
      result.agree(row.id, key, theirs);
    }
  } else result.agree(row.id, key, valueFrom(agreed));
}

function write(cell: Meeting, after: Value, why: MirrorChange['why']): void {
  const { result, row, key, theirs } = cell;
  result.toMirror.push({ at: row.at, id: row.id, column: key, before: theirs, after, why });
  result.agree(row.id, key, after);
}

function pull(cell: Meeting, why: ReviewEdit['why']): void {
  const { result, row, key, mine, theirs } = cell;
  result.toSource.push({ row: row.id, column: key, before: mine, after: theirs, why });
  result.agree(row.id, key, theirs);
}

/** The office wrote into a reviewer's column. Where an agreed value is known it is put back. */
function foreignReview(
  result: Result,
  row: string,
  column: string,
  agreed: string | undefined,
  found: Value,
  kept: Value,
): void {
  result.ownedCellEdits.push({ side: 'source', row, column, agreed, found, kept: agreed === undefined ? found : kept });
  if (agreed !== undefined) result.toSource.push({ row, column, before: found, after: kept, why: 'restored' });
}

/** A row that no longer travels: its content is cleared, never its place, because a place may be another row's by then. */
function withdraw(result: Result, input: MergeInput, row: PairedRow): void {
  const { column, text } = input.withdrawnNote;
  let changed = false;
  for (const { key, owner } of input.columns) {
    if (owner === 'reviewer') continue;
    const before = row.cells.get(key) ?? BLANK;
    const after: Value = key === column ? { kind: 'text', text } : BLANK;
    if (canonical(before) === canonical(after)) continue;
    changed = true;
    result.toMirror.push({ at: row.at, id: row.id, column: key, before, after, why: 'withdrawn' });
  }
  if (changed) result.withdrawn.push(row.id);
}

/** More than a fifth of the rows, and at least five: the guard of DESIGN section 8. */
const GONE_AT_LEAST = 5;
const GONE_PER_CENT = 20;

function massChanges(input: MergeInput, paired: ReadonlyMap<string, PairedRow>): MassChange[] {
  const { base, elsewhere } = input;
  const out: MassChange[] = [];
  const sides = [
    { side: 'source', known: elsewhere ?? base, has: (id: string) => input.source.has(id), size: input.source.size },
    { side: 'mirror', known: base, has: (id: string) => paired.has(id), size: paired.size },
  ] as const;
  for (const { side, known, has, size } of sides) {
    if (known === undefined || known.size === 0 || (side === 'mirror' && input.mirrorIsNew)) continue;
    const gone = [...known.keys()].filter(id => !has(id)).length;
    if (size === 0) out.push({ kind: 'side-empty', side, rows: known.size });
    else if (gone >= GONE_AT_LEAST && gone * 100 > known.size * GONE_PER_CENT) {
      out.push({ kind: 'rows-gone', side, rows: gone, of: known.size });
    }
  }
  if (base === undefined) return out;
  for (const column of input.columns) out.push(...columnChanges(input, paired, column));
  return out;
}

/**
 * Every cell of a column changed. The program's own columns may (days overdue change every day), and a reviewer may
 * review everything in one day; all verdicts vanishing at once is what is asked about there.
 */
function columnChanges(
  input: MergeInput,
  paired: ReadonlyMap<string, PairedRow>,
  { key, owner }: MergeColumn,
): MassChange[] {
  if (owner === 'program') return [];
  const count = { source: 0, mirror: 0 };
  let filled = 0;
  for (const [id, cells] of input.base ?? []) {
    const agreed = cells.get(key) ?? '';
    const mine = input.source.get(id);
    const theirs = paired.get(id)?.cells;
    if (agreed === '' || mine === undefined || theirs === undefined) continue;
    filled++;
    const changed = (value: string, known: string) => (owner === 'reviewer' ? value === '' : value !== known);
    // What the ledger has agreed on since with another mirror is no sudden change.
    if (changed(canonical(mine.get(key)), input.elsewhere?.get(id)?.get(key) ?? agreed)) count.source++;
    if (changed(canonical(theirs.get(key)), agreed)) count.mirror++;
    // One cell that stayed on each side is enough: the column did not change as a whole.
    if (count.source < filled && count.mirror < filled) return [];
  }
  if (filled < GONE_AT_LEAST) return [];
  return (['source', 'mirror'] as const)
    .filter(side => count[side] === filled)
    .map(side => ({ kind: 'column-changed', side, column: key, rows: filled }));
}
