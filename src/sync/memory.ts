import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { errorCode, stateFailure, writeStateFile } from './state-folder.js';

/*
 * memory.json: what the last sync knew. Kept as columns of equal length, a tenth of the size and time of a list of objects
 * (100,000 rows: about 5 MB). It may always be lost: then ids and cells are taken as they stand and one info says so.
 */

/** A row as the last sync left it. */
export type RememberedRow = {
  readonly id: string;
  /** Index into `findings`: the finding it stood under. */
  readonly finding: number;
  /** See `fingerprint` in row-identity.ts. */
  readonly fingerprint: string;
  /** The office's status, by its code (`in-progress`); blank when it had none. */
  readonly status: string;
};

export type RememberedFinding = {
  readonly id: string;
  /** As it was filled down. */
  readonly title: string;
  /** The computed status. */
  readonly status: string;
  /** Decimal text in 元; null when it could not be computed. */
  readonly due: string | null;
  readonly recovered: string | null;
};

/** The state of the whole ledger on one as-of date. Money: decimal text in 元, null when not computed. */
export type TrendPoint = {
  /** `YYYY-MM-DD` */
  readonly asOf: string;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly due: string | null;
  readonly recovered: string | null;
  readonly outstanding: string | null;
  readonly errors: number;
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
  /** Oldest first, one point a date. */
  readonly trend: readonly TrendPoint[];
};

/** Ten years of working days; the oldest points fall off. */
const TREND_LIMIT = 2500;

const money = z.string().nullable();
const memorySchema = z.object({
  version: z.literal(1),
  source: z.string(),
  revision: z.string(),
  at: z.string(),
  findings: z.object({
    id: z.array(z.string()),
    title: z.array(z.string()),
    status: z.array(z.string()),
    due: z.array(money),
    recovered: z.array(money),
  }),
  rows: z.object({
    id: z.array(z.string()),
    finding: z.array(z.int().nonnegative()),
    fingerprint: z.array(z.string()),
    status: z.array(z.string()),
  }),
  trend: z.array(
    z.object({
      asOf: z.string(),
      byStatus: z.record(z.string(), z.int()),
      due: money,
      recovered: money,
      outstanding: money,
      errors: z.int(),
    }),
  ),
});

/**
 * What the last sync knew. `lost`: the file is missing although the ledger has an id, or it cannot be understood.
 * @throws StoreError (exit 4) when the file is there and the system refuses to read it.
 */
export async function loadMemory(path: string): Promise<Memory | 'lost'> {
  const parsed = memorySchema.safeParse(await readState(path));
  if (!parsed.success) return 'lost';
  const { findings, rows, ...rest } = parsed.data;
  const rememberedFindings = zip(findings.id.length, at => {
    const [id, title, status] = [findings.id[at], findings.title[at], findings.status[at]];
    const [due, recovered] = [findings.due[at], findings.recovered[at]];
    return id === undefined ||
      title === undefined ||
      status === undefined ||
      due === undefined ||
      recovered === undefined
      ? undefined
      : { id, title, status, due, recovered };
  });
  const rememberedRows = zip(rows.id.length, at => {
    const [id, finding] = [rows.id[at], rows.finding[at]];
    const [fingerprint, status] = [rows.fingerprint[at], rows.status[at]];
    return id === undefined || finding === undefined || fingerprint === undefined || status === undefined
      ? undefined
      : { id, finding, fingerprint, status };
  });
  if (rememberedFindings === undefined || rememberedRows === undefined) return 'lost';
  if (rememberedRows.some(row => row.finding >= rememberedFindings.length)) return 'lost';
  const { source, revision, at, trend } = rest;
  return { source, revision, at, trend, findings: rememberedFindings, rows: rememberedRows };
}

/** @throws StoreError (exit 4) when it cannot be written. */
export async function saveMemory(path: string, memory: Memory): Promise<void> {
  const { source, revision, at, findings, rows, trend } = memory;
  const written: z.input<typeof memorySchema> = {
    version: 1,
    source,
    revision,
    at,
    findings: {
      id: findings.map(finding => finding.id),
      title: findings.map(finding => finding.title),
      status: findings.map(finding => finding.status),
      due: findings.map(finding => finding.due),
      recovered: findings.map(finding => finding.recovered),
    },
    rows: {
      id: rows.map(row => row.id),
      finding: rows.map(row => row.finding),
      fingerprint: rows.map(row => row.fingerprint),
      status: rows.map(row => row.status),
    },
    trend: trend.map(point => ({ ...point, byStatus: { ...point.byStatus } })),
  };
  await writeStateFile(path, JSON.stringify(written));
}

/** The trend with one more point; a point of the same as-of date is replaced. */
export function withTrendPoint(trend: readonly TrendPoint[], point: TrendPoint): TrendPoint[] {
  const others = trend.filter(({ asOf }) => asOf !== point.asOf);
  return [...others, point].sort((a, b) => (a.asOf < b.asOf ? -1 : 1)).slice(-TREND_LIMIT);
}

/** A list from columns; undefined when one of them is too short. */
function zip<T>(length: number, item: (at: number) => T | undefined): T[] | undefined {
  const items: T[] = [];
  for (let at = 0; at < length; at += 1) {
    const made = item(at);
    if (made === undefined) return undefined;
    items.push(made);
  }
  return items;
}

/** A JSON file of the state; undefined when it is missing or is no JSON. */
export async function readState(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw stateFailure(error, path);
  }
}
