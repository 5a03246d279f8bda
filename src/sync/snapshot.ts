import { hash } from 'node:crypto';
import { z } from 'zod';
import { MEGABYTE } from '../files/ordinary.js';
import { longList } from './long-list.js';
import { readState } from './memory.js';
import type { Agreed } from './merge.js';
import { layoutSchema, type MirrorLayout } from './mirror-layout.js';
import type { Foreseen } from './pending.js';
import { writeStateFile } from './state-folder.js';

/*
 * base.json: what source and mirror last agreed on, cell by cell, in the form in which the merge compares. It may always
 * be lost: then a column's writer wins, and one info says so. Columns are named once and rows are lists (100,000 rows).
 */

export type Snapshot = {
  /** Address of the mirror it was agreed with. */
  readonly mirror: string;
  /** The same as seen from the ledger's folder, for a file: both may be moved together. */
  readonly beside?: string | undefined;
  /** Instant at which it was kept, ISO 8601 in UTC. */
  readonly at: string;
  /** What both sides agreed on; undefined until something was. */
  readonly agreed: Agreed | undefined;
  /** The state that a sync was about to reach; it stands here only when that sync was cut off. */
  readonly coming?: Agreed | undefined;
  /**
   * What the ledger last agreed on with another mirror, kept until it has agreed with this one: a review that came from
   * there is the reviewer's word here, too.
   */
  readonly elsewhere?: Agreed | undefined;
  /** How the sheet was laid out, to tell what people did with it since. */
  readonly layout?: MirrorLayout | undefined;
  /** Runs of this ledger that may have written last on the mirror. */
  readonly runs?: readonly string[] | undefined;
};

/** A mirror's cells, up to three times: ten times what the rest of the state takes. */
const LARGEST_SNAPSHOT = 500 * MEGABYTE;

/** Columns named once; then row id and one text a column, null where nothing was agreed. */
const tableSchema = z.object({
  columns: longList(z.string()),
  rows: longList(z.tuple([z.string()], z.string().nullable())),
});
const snapshotSchema = z.object({
  version: z.literal(1),
  mirror: z.string(),
  at: z.string(),
  agreed: tableSchema.nullable(),
  coming: tableSchema.nullable(),
  beside: z.string().optional(),
  elsewhere: tableSchema.optional(),
  layout: layoutSchema.optional(),
  runs: longList(z.string()).optional(),
});

/**
 * What was last agreed; undefined when there is nothing or it cannot be understood.
 * @throws StoreError (exit 4) when the file is there and the system refuses to read it.
 */
export async function loadSnapshot(...places: readonly string[]): Promise<Snapshot | undefined> {
  const parsed = snapshotSchema.safeParse(await readState(places, LARGEST_SNAPSHOT));
  if (!parsed.success) return undefined;
  const { mirror, beside, at, agreed, coming, elsewhere, layout, runs } = parsed.data;
  return {
    mirror,
    beside,
    at,
    agreed: rowsOf(agreed),
    coming: rowsOf(coming),
    elsewhere: rowsOf(elsewhere ?? null),
    layout,
    runs,
  };
}

/** Which mirror is meant: its address, and for a file how it lies to the ledger's folder. */
export type MirrorName = Pick<Snapshot, 'mirror' | 'beside'>;

/** A file is known by where it lies, and when ledger and mirror were moved together, by how they lie to each other. */
function isThe({ mirror, beside }: MirrorName, snapshot: Snapshot): boolean {
  return snapshot.mirror === mirror || (beside !== undefined && snapshot.beside === beside);
}

/** Where the snapshot of a mirror lies while another one is synced with. */
function asidePath(path: string, { mirror, beside }: MirrorName): string {
  return path.replace(/\.json$/, `-${hash('sha256', beside ?? mirror).slice(0, 12)}.json`);
}

export type KnownMirror = {
  readonly known: Snapshot | undefined;
  /** What the ledger last agreed on with another mirror, if that was later. */
  readonly elsewhere: Agreed | undefined;
  /** The other mirror's snapshot, to be put aside before this one's takes its place. */
  readonly other: Snapshot | undefined;
};

/**
 * What is known of a mirror. There may be several, in turn: each has its own last agreed state.
 * @throws StoreError as loadSnapshot
 */
export async function loadKnown(
  path: string,
  name: MirrorName,
  { places }: Pick<Foreseen, 'places'>,
): Promise<KnownMirror> {
  const last = await loadSnapshot(...places(path));
  if (last === undefined || isThe(name, last)) return { known: last, elsewhere: last?.elsewhere, other: undefined };
  const aside = await loadSnapshot(...places(asidePath(path, name)));
  const known = aside !== undefined && isThe(name, aside) ? aside : undefined;
  return { known, elsewhere: last.agreed ?? last.elsewhere, other: last };
}

/** Keeps the snapshot of another mirror beside. */
export async function putAside(path: string, other: Snapshot): Promise<void> {
  await saveSnapshot(asidePath(path, other), other);
}

/** @throws StoreError (exit 4) when it cannot be written. */
export async function saveSnapshot(path: string, snapshot: Snapshot): Promise<void> {
  const { mirror, beside, at, agreed, coming, elsewhere, layout, runs } = snapshot;
  const apart = tableOf(elsewhere);
  const written: z.input<typeof snapshotSchema> = {
    version: 1,
    mirror,
    at,
    agreed: tableOf(agreed),
    coming: tableOf(coming),
    ...(beside === undefined ? {} : { beside }),
    ...(apart === null ? {} : { elsewhere: apart }),
    ...(layout === undefined ? {} : { layout }),
    ...(runs === undefined ? {} : { runs: [...runs] }),
  };
  await writeStateFile(path, JSON.stringify(written));
}

type StoredTable = z.output<typeof tableSchema>;

function rowsOf(table: StoredTable | null): Agreed | undefined {
  if (table === null) return undefined;
  const agreed = new Map<string, ReadonlyMap<string, string>>();
  for (const [id, ...texts] of table.rows) {
    const cells = new Map<string, string>();
    for (const [index, key] of table.columns.entries()) {
      const text = texts[index];
      if (typeof text === 'string') cells.set(key, text);
    }
    agreed.set(id, cells);
  }
  return agreed;
}

function tableOf(agreed: Agreed | undefined): StoredTable | null {
  if (agreed === undefined) return null;
  const keys = new Set<string>();
  for (const cells of agreed.values()) for (const key of cells.keys()) keys.add(key);
  const columns = [...keys];
  return { columns, rows: [...agreed].map(([id, cells]) => [id, ...columns.map(key => cells.get(key) ?? null)]) };
}
