import type { Agreed, MergeInput, MirrorRow } from './merge.js';
import { type Cells, canonical } from './value.js';

/** A row of the mirror and the row of the ledger it is. */
export type PairedRow = { readonly at: number; readonly id: string; readonly cells: Cells };

export type Pairing = {
  readonly rows: readonly PairedRow[];
  readonly rePaired: readonly { readonly at: number; readonly from: string; readonly to: string }[];
  readonly copies: readonly { readonly at: number; readonly id: string }[];
  readonly ownRows: readonly number[];
};

/**
 * Which row is which. The id column decides, unless what stands beside an id is another row's last known content: then
 * somebody sorted without the hidden id column, or overwrote an id, and the content decides. A content that several
 * rows share decides nothing.
 */
export function pairRows(input: Pick<MergeInput, 'columns' | 'base' | 'lastAt' | 'source' | 'mirror'>): Pairing {
  const office = input.columns.filter(column => column.owner === 'office').map(column => column.key);
  const known = knownContent(office, input.base, input.source);
  const idByContent = uniqueOwners(known);

  const settled = new Map<string, MirrorRow>();
  const open: { row: MirrorRow; content: string }[] = [];
  for (const row of input.mirror) {
    const content = office.map(key => canonical(row.cells.get(key))).join('\u0000');
    if (row.id !== '' && known.get(row.id) === content && !settled.has(row.id)) settled.set(row.id, row);
    else open.push({ row, content });
  }
  const claims = new Map<string, number>();
  for (const { content } of open) claims.set(content, (claims.get(content) ?? 0) + 1);

  const rePaired: { at: number; from: string; to: string }[] = [];
  const rest: MirrorRow[] = [];
  const alike =
    input.lastAt === undefined ? new Map<MirrorRow, string>() : alikeRows(open, known, settled, input.lastAt);
  for (const { row, content } of open) {
    const owner = alike.get(row) ?? (claims.get(content) === 1 ? idByContent.get(content) : undefined);
    if (owner !== undefined && owner !== row.id && !settled.has(owner)) {
      settled.set(owner, row);
      rePaired.push({ at: row.at, from: row.id, to: owner });
    } else rest.push(row);
  }
  const copies: { at: number; id: string }[] = [];
  const ownRows: number[] = [];
  for (const row of rest) {
    if (row.id === '') ownRows.push(row.at);
    else if (settled.has(row.id)) copies.push({ at: row.at, id: row.id });
    else settled.set(row.id, row);
  }
  return { rows: [...settled].map(([id, row]) => ({ at: row.at, id, cells: row.cells })), rePaired, copies, ownRows };
}

/**
 * Rows that lost their ids, all at once as a rule (the id column was deleted), and whose content several rows share: when
 * there are as many as the ledger has, they are told apart by the order in which they stood. Of such rows nothing but the
 * reviewer's cells can differ, and those go with the row.
 */
function alikeRows(
  open: readonly { readonly row: MirrorRow; readonly content: string }[],
  known: ReadonlyMap<string, string>,
  settled: ReadonlyMap<string, MirrorRow>,
  lastAt: ReadonlyMap<string, number>,
): Map<MirrorRow, string> {
  const rows = new Map<string, MirrorRow[]>();
  for (const { row, content } of open) {
    if (row.id !== '' || content.replaceAll('\u0000', '') === '') continue;
    const list = rows.get(content);
    if (list === undefined) rows.set(content, [row]);
    else list.push(row);
  }
  const found = new Map<MirrorRow, string>();
  if (rows.size === 0) return found;
  const ids = new Map<string, string[]>();
  for (const [id, content] of known) {
    if (!rows.has(content) || settled.has(id)) continue;
    const list = ids.get(content);
    if (list === undefined) ids.set(content, [id]);
    else list.push(id);
  }
  for (const [content, list] of rows) {
    const owners = (ids.get(content) ?? []).toSorted((a, b) => (lastAt.get(a) ?? 0) - (lastAt.get(b) ?? 0));
    if (list.length < 2 || owners.length !== list.length) continue;
    const inOrder = list.toSorted((a, b) => a.at - b.at);
    for (const [index, id] of owners.entries()) {
      const row = inOrder[index];
      if (row !== undefined) found.set(row, id);
    }
  }
  return found;
}

/** Each row's last known content: what was agreed, else what the source says. */
function knownContent(
  office: readonly string[],
  base: Agreed | undefined,
  source: ReadonlyMap<string, Cells>,
): Map<string, string> {
  const known = new Map<string, string>();
  for (const [id, cells] of source) {
    const agreed = base?.get(id);
    const text = (key: string): string => (agreed === undefined ? canonical(cells.get(key)) : (agreed.get(key) ?? ''));
    known.set(id, office.map(text).join('\u0000'));
  }
  for (const [id, cells] of base ?? []) {
    if (!known.has(id)) known.set(id, office.map(key => cells.get(key) ?? '').join('\u0000'));
  }
  return known;
}

function uniqueOwners(known: ReadonlyMap<string, string>): Map<string, string> {
  const owners = new Map<string, string>();
  const shared = new Set<string>();
  for (const [id, content] of known) {
    if (content.replaceAll('\u0000', '') === '' || shared.has(content)) continue;
    if (owners.has(content)) {
      owners.delete(content);
      shared.add(content);
    } else owners.set(content, id);
  }
  return owners;
}
