import { digestText } from './digest.js';
import { findingIdMaker, findingOf, readRowId, rowIdMaker } from './ids.js';

/*
 * Which row of today is which row of the last sync. 序号 is renumbered by people, rows are sorted, inserted, copied, deleted;
 * the id column normally travels along. When it does not (a sort that left it out, cells blanked, rows pasted over), the
 * content decides; when that does not decide either, a row gets a new id: losing a history is better than giving it to
 * another row.
 */

/** What the last sync knew. Empty lists when the state was lost: then the ids in the cells are trusted. */
export type Known = {
  readonly findings: readonly { readonly id: string; readonly title: string }[];
  readonly rows: readonly { readonly id: string; readonly fingerprint: string }[];
};

/** A row as it stands now. */
export type PresentRow = {
  /** Text of its id cell; blank when it has none. */
  readonly idCell: string;
  readonly fingerprint: string;
  /** Index into the present findings: the finding it belongs to after filling down. */
  readonly finding: number;
  /** The finding stands in the row's own cell, or in a merge that spans it; it was not merely filled down. */
  readonly named: boolean;
};

export type PairedRow = {
  readonly id: string;
  /**
   * `kept` the id cell is right · `new` never seen · `copied` its id belongs to the row it was copied from, a new one is given
   * quietly · `restored` the cell was blank or spoilt, found again by content · `identity-lost` the cell holds one row's id and
   * the content of another's: it is the other (or, after such a mix-up, a row that nothing recognises: a new id) · `refiled` the row itself names another finding than before: a new id.
   */
  readonly how: 'kept' | 'new' | 'copied' | 'restored' | 'identity-lost' | 'refiled';
  /** The id that its cell held, where that is not `id`. */
  readonly was?: string;
  /** `row-moved`: by filling down it has come under another finding than the one its id belongs to. */
  readonly moved?: { readonly from: string; readonly fromTitle?: string };
};

export type Pairing = {
  /** Id of each present finding, in their order. */
  readonly findings: readonly string[];
  /** In the order of the present rows. */
  readonly rows: readonly PairedRow[];
  /** Known ids that no row has any more. */
  readonly gone: readonly string[];
};

/**
 * What a row says, in 23 characters.
 * @param lasting texts that stay when work goes on: sub-finding, measure. They recognise an edited row.
 * @param changing the office's other cells: status, progress, dates, money. Never 序号, never the program's cells.
 */
export function fingerprint(lasting: readonly string[], changing: readonly string[]): string {
  return `${printOf(lasting)}.${printOf(changing)}`;
}

function printOf(cells: readonly string[]): string {
  return cells.every(cell => cell === '') ? '' : digestText(cells);
}

function lastingPart(print: string): string {
  return print.slice(0, print.indexOf('.'));
}

/** Decides who is who. Pure; cost grows linearly with the rows. */
export function pairRows(
  known: Known,
  findings: readonly { readonly title: string }[],
  rows: readonly PresentRow[],
): Pairing {
  const cells = rows.map(row => readRowId(row.idCell));
  const findingIds = pairFindings(known, findings, rows, cells);
  const search: Search = {
    rows: rows.map((row, at) => ({
      at,
      cell: cells[at],
      fingerprint: row.fingerprint,
      lasting: lastingPart(row.fingerprint),
      finding: findingIds[row.finding] ?? '',
    })),
    free: new Map(known.rows.map(row => [row.id, row.fingerprint])),
    known: new Set(known.rows.map(row => row.id)),
    given: new Map(),
  };
  // Nothing is known at the first sync, and then nothing can be found again.
  if (known.rows.length > 0) {
    sameIdSameContent(search);
    const exchanged = exchangedContent(search);
    sameIdSameLastingPart(search);
    contentOfAnother(search);
    sameId(search, exchanged);
  }
  return {
    findings: findingIds,
    rows: nameRows(known, rows, search),
    gone: [...search.free.keys()],
  };
}

type Candidate = {
  readonly at: number;
  /** The id in its cell, if it is one. */
  readonly cell: string | undefined;
  readonly fingerprint: string;
  readonly lasting: string;
  /** Id of the finding it stands under. */
  readonly finding: string;
};

/** Each step gives known ids to rows; what is given is out of the game. */
type Search = {
  readonly rows: readonly Candidate[];
  /** Known ids that no row has yet, with their last known fingerprint. */
  readonly free: Map<string, string>;
  readonly known: ReadonlySet<string>;
  /** Row index → id. */
  readonly given: Map<number, string>;
};

function give(search: Search, row: Candidate, id: string): void {
  search.given.set(row.at, id);
  search.free.delete(id);
}

function openRows(search: Search): Candidate[] {
  return search.rows.filter(row => !search.given.has(row.at));
}

/** Of a row and its copies the one in the id's own finding comes first, then the upper one. */
function giveOwnIds(search: Search, holds: (row: Candidate, lastKnown: string) => boolean): void {
  for (const elsewhere of [false, true]) {
    for (const row of openRows(search)) {
      const lastKnown = row.cell === undefined ? undefined : search.free.get(row.cell);
      if (row.cell === undefined || lastKnown === undefined || !holds(row, lastKnown)) continue;
      if (elsewhere || findingOf(row.cell) === row.finding) give(search, row, row.cell);
    }
  }
}

function sameIdSameContent(search: Search): void {
  giveOwnIds(search, (row, lastKnown) => row.fingerprint === lastKnown);
}

/**
 * A sort that left the id column out: the row holds another row's content, and its own is found in yet another row. Both are
 * asked for: content alone may have been typed or pasted.
 * @returns whether there were such rows
 */
function exchangedContent(search: Search): boolean {
  const contents = new Set(openRows(search).map(row => row.fingerprint));
  const exchanged = openRows(search).filter(row => {
    const own = row.cell === undefined ? undefined : search.free.get(row.cell);
    return own !== undefined && own !== row.fingerprint && contents.has(own);
  });
  return giveByContent(search, exchanged, true);
}

/** Work went on in the row (status, progress, money), the measure is the same. */
function sameIdSameLastingPart(search: Search): void {
  giveOwnIds(search, (row, lastKnown) => row.lasting !== '' && row.lasting === lastingPart(lastKnown));
}

/**
 * Rows whose cell is blank, spoilt or a copy of another row's id are looked for in their own finding only; rows that hold a
 * known id with content that is not its own, everywhere.
 */
function contentOfAnother(search: Search): void {
  const open = openRows(search).filter(row => !holdsUnknownId(search, row));
  const mislabelled = (row: Candidate) => row.cell !== undefined && search.free.has(row.cell);
  const strangers = open.filter(row => !mislabelled(row));
  const mixedUp = open.filter(mislabelled);
  giveByContent(search, mixedUp, true);
  giveByContent(search, strangers, false);
  giveByLastingPart(search, mixedUp, true);
  giveByLastingPart(search, strangers, false);
}

/** The measure itself was rewritten: the id in the cell is all there is. After a mix-up it is not trusted across findings. */
function sameId(search: Search, exchanged: boolean): void {
  giveOwnIds(search, row => !exchanged || (row.cell !== undefined && findingOf(row.cell) === row.finding));
}

/** An id that this state has never seen: given on another computer, or the state was lost. The cell is trusted. */
function holdsUnknownId(search: Search, row: Candidate): boolean {
  return row.cell !== undefined && !search.known.has(row.cell);
}

/** Equal content within one finding is indistinguishable: ids are then given in order. Says whether any was given. */
function giveByContent(search: Search, rows: readonly Candidate[], everywhere: boolean): boolean {
  if (rows.length === 0) return false;
  let any = false;
  for (const key of everywhere ? [inFinding, anywhere] : [inFinding]) {
    const ids = groupedIds(search, everywhere, (id, print) => key(findingOf(id) ?? '', print));
    for (const row of rows) {
      if (row.lasting === '' || search.given.has(row.at)) continue;
      const queue = ids.get(key(row.finding, row.fingerprint));
      const id = queue?.shift();
      if (id === undefined) continue;
      give(search, row, id);
      any = true;
    }
  }
  return any;
}

/** By the measure alone only when there is exactly one such row and one such id: anything else would be a guess. */
function giveByLastingPart(search: Search, rows: readonly Candidate[], everywhere: boolean): void {
  if (rows.length === 0) return;
  for (const key of everywhere ? [inFinding, anywhere] : [inFinding]) {
    const ids = groupedIds(search, everywhere, (id, print) => key(findingOf(id) ?? '', lastingPart(print)));
    const counts = new Map<string, number>();
    for (const row of openRows(search)) {
      const group = key(row.finding, row.lasting);
      counts.set(group, (counts.get(group) ?? 0) + 1);
    }
    for (const row of rows) {
      if (row.lasting === '' || search.given.has(row.at)) continue;
      const group = key(row.finding, row.lasting);
      const [id, ...others] = ids.get(group) ?? [];
      if (id !== undefined && others.length === 0 && counts.get(group) === 1) give(search, row, id);
    }
  }
}

function inFinding(finding: string, content: string): string {
  return `${finding} ${content}`;
}

function anywhere(_finding: string, content: string): string {
  return content;
}

/** Free ids by their content. `carried`: also those that an open row still has in its cell; it may be that row, rewritten. */
function groupedIds(
  search: Search,
  carried: boolean,
  key: (id: string, print: string) => string,
): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  const inCells = new Set(carried ? [] : openRows(search).map(row => row.cell));
  for (const [id, print] of search.free) {
    if (inCells.has(id)) continue;
    const group = key(id, print);
    const ids = groups.get(group);
    if (ids === undefined) groups.set(group, [id]);
    else ids.push(id);
  }
  return groups;
}

function nameRows(known: Known, rows: readonly PresentRow[], search: Search): PairedRow[] {
  const titles = new Map(known.findings.map(finding => [finding.id, finding.title]));
  const cells = search.rows.flatMap(row => (row.cell === undefined ? [] : [row.cell]));
  const makeId = rowIdMaker(new Set([...search.known, ...cells]));
  const trusted = new Set<string>();
  return search.rows.map(row => {
    const present = rows[row.at];
    const written = present === undefined ? '' : present.idCell.trim();
    let old = search.given.get(row.at);
    if (old === undefined && row.cell !== undefined && holdsUnknownId(search, row) && !trusted.has(row.cell)) {
      old = row.cell;
      trusted.add(old);
    }
    const was = written === '' ? {} : { was: written };
    if (old === undefined) {
      const how = row.cell === undefined ? 'new' : search.free.has(row.cell) ? 'identity-lost' : 'copied';
      return { id: makeId(row.finding, row.fingerprint), how, ...was };
    }
    const from = findingOf(old) ?? '';
    if (from !== row.finding && present?.named === true) {
      return { id: makeId(row.finding, row.fingerprint), how: 'refiled', was: old };
    }
    const fromTitle = titles.get(from);
    const moved = from === row.finding ? {} : { moved: { from, ...(fromTitle === undefined ? {} : { fromTitle }) } };
    if (old === written) return { id: old, how: 'kept', ...moved };
    // The same id written differently (capitals, blanks, full-width) is put right without a word.
    if (old === row.cell) return { id: old, how: 'kept', ...was, ...moved };
    const how = row.cell !== undefined && search.known.has(row.cell) ? 'identity-lost' : 'restored';
    return { id: old, how, ...was, ...moved };
  });
}

/**
 * Which finding of the last sync each present one is: by its title; a finding whose title was reworded by the ids of its rows,
 * those that name it first. What neither tells is a new finding.
 */
function pairFindings(
  known: Known,
  findings: readonly { readonly title: string }[],
  rows: readonly PresentRow[],
  cells: readonly (string | undefined)[],
): string[] {
  const votes = findings.map(() => new Map<string, number>());
  // A row that names the finding outweighs all that are merely filled down: those are the ones a sort leaves behind.
  const weight = rows.length + 1;
  rows.forEach((row, at) => {
    const voted = findingOf(cells[at] ?? '');
    const ballot = votes[row.finding];
    if (voted === undefined || ballot === undefined) return;
    ballot.set(voted, (ballot.get(voted) ?? 0) + (row.named ? weight : 1));
  });

  const ids: (string | undefined)[] = findings.map(() => undefined);
  const taken = new Set<string>();
  const assign = (pairs: { at: number; id: string; votes: number }[]) => {
    pairs.sort((a, b) => b.votes - a.votes || a.at - b.at);
    for (const { at, id } of pairs) {
      if (ids[at] !== undefined || taken.has(id)) continue;
      ids[at] = id;
      taken.add(id);
    }
  };

  assign(sameTitles(known, findings, votes));
  assign(votes.flatMap((ballot, at) => [...ballot].map(([id, count]) => ({ at, id, votes: count }))));

  for (const { id } of known.findings) taken.add(id);
  for (const cell of cells) {
    const id = findingOf(cell ?? '');
    if (id !== undefined) taken.add(id);
  }
  const makeId = findingIdMaker(taken);
  return findings.map(({ title }, at) => ids[at] ?? makeId(titleKey(title)));
}

/** Pairs of equal title; where several findings share one, those that the rows' ids speak for, and else in order. */
function sameTitles(
  known: Known,
  findings: readonly { readonly title: string }[],
  votes: readonly ReadonlyMap<string, number>[],
): { at: number; id: string; votes: number }[] {
  const byTitle = new Map<string, { ids: string[]; seen: number }>();
  const keys = new Map<string, string>();
  for (const { id, title } of known.findings) {
    const key = titleKey(title);
    keys.set(id, key);
    const group = byTitle.get(key);
    if (group === undefined) byTitle.set(key, { ids: [id], seen: 0 });
    else group.ids.push(id);
  }
  return findings.flatMap(({ title }, at) => {
    const key = titleKey(title);
    const group = byTitle.get(key);
    if (key === '' || group === undefined) return [];
    const ballot = votes[at] ?? new Map<string, number>();
    const pairs = [...ballot].filter(([id]) => keys.get(id) === key).map(([id, count]) => ({ at, id, votes: count }));
    const next = group.ids[group.seen];
    group.seen += 1;
    return next === undefined || ballot.has(next) ? pairs : [...pairs, { at, id: next, votes: 0 }];
  });
}

function titleKey(title: string): string {
  return title.normalize('NFKC').replace(/\s+/g, '');
}
