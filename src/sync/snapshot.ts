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
  /** Instant of the agreement, ISO 8601 in UTC. */
  readonly at: string;
  readonly rows: Agreed;
};

const snapshotSchema = z.object({
  version: z.literal(1),
  mirror: z.string(),
  at: z.string(),
  columns: z.array(z.string()),
  /** Row id, then one text a column; null where nothing was agreed. */
  rows: z.array(z.tuple([z.string()], z.string().nullable())),
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
  const { columns, rows, mirror, at } = parsed.data;
  const agreed = new Map<string, ReadonlyMap<string, string>>();
  for (const [id, ...texts] of rows) {
    const cells = new Map<string, string>();
    for (const [index, key] of columns.entries()) {
      const text = texts[index];
      if (typeof text === 'string') cells.set(key, text);
    }
    agreed.set(id, cells);
  }
  return { mirror, at, rows: agreed };
}

/** @throws StoreError (exit 4) when it cannot be written. */
export async function saveSnapshot(path: string, snapshot: Snapshot): Promise<void> {
  const columns = [...new Set([...snapshot.rows.values()].flatMap(cells => [...cells.keys()]))];
  const written: z.input<typeof snapshotSchema> = {
    version: 1,
    mirror: snapshot.mirror,
    at: snapshot.at,
    columns,
    rows: [...snapshot.rows].map(([id, cells]) => [id, ...columns.map(key => cells.get(key) ?? null)]),
  };
  await writeStateFile(path, JSON.stringify(written));
}
