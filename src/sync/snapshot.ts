import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Agreed } from './merge.js';
import { errorCode, stateFailure, writeStateFile } from './state-folder.js';

/*
 * base.json: what source and mirror last agreed on, cell by cell, in the form in which the merge compares. It may always
 * be lost: then a column's writer wins, and one info says so. Columns are named once and rows are lists (100,000 rows).
 */

export type Snapshot = {
  /** Address of the mirror it was agreed with. */
  readonly mirror: string;
  /** Instant at which it was kept, ISO 8601 in UTC. */
  readonly at: string;
  /** What both sides agreed on; undefined until something was. */
  readonly agreed: Agreed | undefined;
  /** The state that a sync was about to reach; it stands here only when that sync was cut off. */
  readonly coming?: Agreed | undefined;
};

/** Columns named once; then row id and one text a column, null where nothing was agreed. */
const tableSchema = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.tuple([z.string()], z.string().nullable())),
});
const snapshotSchema = z.object({
  version: z.literal(1),
  mirror: z.string(),
  at: z.string(),
  agreed: tableSchema.nullable(),
  coming: tableSchema.nullable(),
});

/**
 * What was last agreed; undefined when there is nothing or it cannot be understood.
 * @throws StoreError (exit 4) when the file is there and the system refuses to read it.
 */
export async function loadSnapshot(path: string): Promise<Snapshot | undefined> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw stateFailure(error, path);
  }
  const parsed = snapshotSchema.safeParse(content);
  if (!parsed.success) return undefined;
  const { mirror, at, agreed, coming } = parsed.data;
  return { mirror, at, agreed: rowsOf(agreed), coming: rowsOf(coming) };
}

/** @throws StoreError (exit 4) when it cannot be written. */
export async function saveSnapshot(path: string, snapshot: Snapshot): Promise<void> {
  const { mirror, at, agreed, coming } = snapshot;
  const written: z.input<typeof snapshotSchema> = {
    version: 1,
    mirror,
    at,
    agreed: tableOf(agreed),
    coming: tableOf(coming),
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
