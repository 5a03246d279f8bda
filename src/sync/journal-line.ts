import { createHash, hash } from 'node:crypto';
import { z } from 'zod';

/*
 * A line of the journal is one JSON object; its last member is the SHA-256 of everything before it, and the member before
 * that the hash of the line before. The hash covers the bytes as they stand in the file, so a line cannot be reformatted,
 * or given a second member of the same name, unnoticed.
 */

export type JournalKind =
  | 'edit'
  | 'sheet'
  | 'mirror'
  | 'review'
  | 'approve'
  | 'restore'
  | 'share'
  | 'trend'
  | 'journal';

/** One thing that was done. Values are whole, never shortened: what was overwritten can be read back here. */
export type JournalEntry = {
  readonly kind: JournalKind;
  readonly sheet?: string;
  /** `C3`, or `C3:C90` for one statement about many cells. */
  readonly cell?: string;
  readonly header?: string;
  /** Row id. */
  readonly row?: string;
  readonly before?: string;
  readonly after?: string;
  readonly why?: string;
};

/** An entry as it is sealed: a journal may hold kinds of a later version, which are taken over as they are. */
export type Sealable = { readonly kind: string } & {
  readonly [member in Exclude<keyof JournalEntry, 'kind'>]?: string | undefined;
};

/** What the entries of one run have in common. */
export type JournalRun = {
  readonly run: string;
  readonly who: string;
  /** Instant, ISO 8601 in UTC. */
  readonly at: string;
};

const optional = z.string().optional();
/** The members of a `Sealable`, for schemas of what is kept of it. */
export const sealableMembers = {
  // Not the list above: a journal may have been written by a later version.
  kind: z.string(),
  sheet: optional,
  cell: optional,
  header: optional,
  row: optional,
  before: optional,
  after: optional,
  why: optional,
};
const lineSchema = z.object({
  seq: z.int().positive(),
  at: z.string(),
  run: z.string(),
  who: z.string(),
  ...sealableMembers,
  prev: z.string(),
  hash: z.string(),
});

/** A line as it is read back. */
export type JournalLine = z.infer<typeof lineSchema>;

/** The end of a line: where the chain goes on. */
export type Link = { readonly seq: number; readonly hash: string };

/** Before the first line. */
export const BEGINNING: Link = { seq: 0, hash: '' };

/** The next line of the chain, without line feed. */
export function sealLine(after: Link, run: JournalRun, entry: Sealable): { line: string; link: Link } {
  const seq = after.seq + 1;
  const { kind, sheet, cell, header, row, before, after: becomes, why } = entry;
  const { at, who } = run;
  const members = { seq, at, run: run.run, who, kind, sheet, cell, header, row, before, after: becomes, why };
  const body = JSON.stringify({ ...members, prev: after.hash });
  const digest = hash('sha256', body);
  return { line: `${body.slice(0, -1)},"hash":"${digest}"}`, link: { seq, hash: digest } };
}

/** What the chain needs to know of a line. `sound`: its hash is right. */
export type Sealed = Link & { readonly prev: string; readonly sound: boolean };

const SEAL = /,"prev":"((?:[0-9a-f]{64})?)","hash":"([0-9a-f]{64})"\}$/;

/** Looks at number and hashes only; undefined when the text has not even the form of a line. */
export function readSeal(line: Buffer): Sealed | undefined {
  const start = /^\{"seq":([1-9]\d{0,14}),/.exec(line.toString('latin1', 0, 24));
  const end = SEAL.exec(line.toString('latin1', Math.max(0, line.length - 170)));
  if (start?.[1] === undefined || end?.[1] === undefined || end[2] === undefined) return undefined;
  const body = line.subarray(0, line.length - (',"hash":""}'.length + end[2].length));
  const sound = createHash('sha256').update(body).update('}').digest('hex') === end[2];
  return { seq: Number(start[1]), prev: end[1], hash: end[2], sound };
}

/** A hash in a quarter of the memory, to be kept and compared: a journal may have millions. */
export function compact(hexDigits: string): string {
  return /^[0-9a-f]{64}$/.test(hexDigits) ? Buffer.from(hexDigits, 'hex').toString('latin1') : hexDigits;
}

/** When a line says it was written, without reading all of it; blank when it does not say so at its beginning. */
export function readInstant(line: Buffer): string {
  return /^\{"seq":\d+,"at":"([^"]*)"/.exec(line.toString('latin1', 0, 80))?.[1] ?? '';
}

/** Whether a text begins and ends as lines do. */
export function looksLikeLine(line: Buffer): boolean {
  return line.subarray(0, 7).equals(LINE_BEGINS) && line.subarray(-2).equals(LINE_ENDS);
}
const LINE_BEGINS = Buffer.from('{"seq":');
const LINE_ENDS = Buffer.from('"}');

/** The whole line, or undefined when it cannot be read. Says nothing about the chain. */
export function readLine(line: Buffer): JournalLine | undefined {
  try {
    const parsed = lineSchema.safeParse(JSON.parse(line.toString('utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
