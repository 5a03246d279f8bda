import { z } from 'zod';
import { readOrdinary } from '../files/ordinary.js';
import { type KeptChanges, keptChanges, keptChangesSchema } from './changes.js';
import { longList } from './long-list.js';
import { errorCode, LARGEST_STATE, stateFailure } from './state-folder.js';

/*
 * memory.json: what the last sync knew. Rows and findings are kept as tuples without names (100,000 rows: some 6 MB). It may always be lost: then ids and cells are taken as they stand and one info says so.
 */

/** A row as the last sync left it. */
export type RememberedRow = {
  readonly id: string;
  /** Index into `findings`: the finding it stood under. */
  readonly finding: number;
  /** See `fingerprint` in row-identity.ts. */
  readonly fingerprint: string;
  /** The status it was shown with, by its code (`in-progress`, `closed`); blank when it had none. */
  readonly shown: string;
  /** The reviewer's verdict, by its code; blank when there was none. */
  readonly review: string;
};

export type RememberedFinding = {
  readonly id: string;
  /** As it was filled down. */
  readonly title: string;
  /** How people call it (`问题3`): its printed number. */
  readonly label: string;
  /** The computed status. */
  readonly status: string;
  /** Decimal text in 元; null when it could not be computed. */
  readonly due: string | null;
  readonly recovered: string | null;
};

export type Memory = {
  /** Name of the workbook's file: tells a renamed ledger from a copy beside it. */
  readonly source: string;
  /** Revision of the workbook after that sync. */
  readonly revision: string;
  /** Instant of that sync, ISO 8601 in UTC. */
  readonly at: string;
  readonly findings: readonly RememberedFinding[];
  readonly rows: readonly RememberedRow[];
  /** Evidence file (as the ledger names it) → SHA-256. */
  readonly evidence: ReadonlyMap<string, string>;
  /** Row id → how often the review returned it; rows that were never returned are not in it. */
  readonly returned: ReadonlyMap<string, number>;
  /** What 汇总 shows as changed; undefined when no sync has told yet. */
  readonly changes: KeptChanges | undefined;
};

const money = z.string().nullable();
const memorySchema = z.object({
  version: z.literal(1),
  source: z.string(),
  revision: z.string(),
  at: z.string(),
  /** id, title, label, status, due, recovered */
  findings: longList(z.tuple([z.string(), z.string(), z.string(), z.string(), money, money])),
  /** id, index of the finding, fingerprint, shown, review */
  rows: longList(z.tuple([z.string(), z.int().nonnegative(), z.string(), z.string(), z.string()])),
  evidence: longList(z.tuple([z.string(), z.string()])),
  returned: longList(z.tuple([z.string(), z.int().positive()])),
  changes: keptChangesSchema.optional(),
});

/**
 * What the last sync knew, from the first of these places where there is a file. `lost`: the file is missing although the ledger has an id, or it cannot be understood.
 * @throws StoreError (exit 4) when the file is there and the system refuses to read it.
 */
export async function loadMemory(...places: readonly string[]): Promise<Memory | 'lost'> {
  const parsed = memorySchema.safeParse(await readState(places));
  if (!parsed.success) return 'lost';
  const { source, revision, at, findings, rows, evidence, returned, changes } = parsed.data;
  if (rows.some(([, finding]) => finding >= findings.length)) return 'lost';
  return {
    source,
    revision,
    at,
    findings: findings.map(([id, title, label, status, due, recovered]) => ({
      id,
      title,
      label,
      status,
      due,
      recovered,
    })),
    rows: rows.map(([id, finding, fingerprint, shown, review]) => ({ id, finding, fingerprint, shown, review })),
    evidence: new Map(evidence),
    returned: new Map(returned),
    changes: changes === undefined ? undefined : keptChanges(changes),
  };
}

/** As it stands in the file. */
export function memoryContent(memory: Memory): string {
  const { source, revision, at, findings, rows, evidence, returned, changes } = memory;
  const written: z.input<typeof memorySchema> = {
    version: 1,
    source,
    revision,
    at,
    findings: findings.map(({ id, title, label, status, due, recovered }) => [
      id,
      title,
      label,
      status,
      due,
      recovered,
    ]),
    rows: rows.map(({ id, finding, fingerprint, shown, review }) => [id, finding, fingerprint, shown, review]),
    evidence: [...evidence],
    returned: [...returned],
    ...(changes === undefined ? {} : { changes }),
  };
  return JSON.stringify(written);
}

/** All of them begin so; what does not is not taken for JSON, however long it is. */
const BEGINS = Buffer.from('{"version":');

/**
 * A JSON file of the state, from the first of these places where there is a file; undefined when it is missing, or is none
 * that the program wrote.
 * @throws StoreError (exit 4) when the system refuses to read it, or something else than a file stands there
 */
export async function readState(places: readonly string[], most = LARGEST_STATE): Promise<unknown> {
  const [path, ...others] = places;
  if (path === undefined) return undefined;
  try {
    const bytes = await readOrdinary(path, most);
    return bytes.subarray(0, BEGINS.length).equals(BEGINS) ? JSON.parse(bytes.toString('utf8')) : undefined;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return readState(others, most);
    if (code === 'ETOOLARGE' || error instanceof SyntaxError) return undefined;
    throw stateFailure(error, path);
  }
}
