import { basename } from 'node:path';
import { z } from 'zod';
import { isDay } from '../model/day.js';
import { type Text, text } from '../model/text.js';
import { StoreError } from '../stores/store.js';
import type { JournalEntry } from './journal.js';
import { conflictCopies, fileLines, readHead } from './journal-files.js';
import { readLine, readSeal } from './journal-line.js';
import { errorCode } from './state-folder.js';

/*
 * How the ledger stood after each sync that changed something: one line of kind `trend` in the journal, sealed like every
 * other, so that the development survives whatever else of the state is lost.
 */

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

export type Trend = {
  /** Oldest first, one point a date. */
  readonly points: readonly TrendPoint[];
  /** Why points may be missing; undefined when none is. */
  readonly gap: Text | undefined;
};

export const noTrend: Trend = { points: [], gap: undefined };

/** Ten years of working days; the oldest points fall off. */
const MOST = 2500;

/** How such a line names its kind, and how much of any line its number takes at most. */
const KEPT = '"kind":"trend"';
const NUMBERED = 24;

const count = z.int().nonnegative();
const money = z
  .string()
  .regex(/^-?\d{1,30}(?:\.\d{1,30})?$/u)
  .nullable();
const pointSchema = z.object({
  asOf: z.string().refine(isDay),
  byStatus: z.record(z.string(), count),
  due: money,
  recovered: money,
  outstanding: money,
  errors: count,
});

/** The line of the journal that keeps a point. */
export function trendEntry(point: TrendPoint): JournalEntry {
  return { kind: 'trend', after: JSON.stringify(point), why: '同步后的总体情况' };
}

/** The point that such a line keeps; undefined when it keeps none that can be read. */
export function trendPoint(kept: string | undefined): TrendPoint | undefined {
  try {
    return pointSchema.safeParse(JSON.parse(kept ?? '')).data;
  } catch {
    return undefined;
  }
}

/**
 * The points that a synced ledger's journal and its conflict copies keep: of one date the one that was written last. A journal
 * that is damaged or cannot be read gives what can be trusted of it, and a sentence.
 * @param waiting file with sealed lines that the journal will take up, among others that are none
 */
export function readTrend(journal: string, waiting?: string): Trend {
  const latest = new Map<string, { readonly at: string; readonly point: TrendPoint }>();
  let lines = 0;
  let sound = true;
  const take = (bytes: Buffer) => {
    if (!bytes.includes(KEPT)) return;
    const entry = readSeal(bytes)?.sound === true ? readLine(bytes) : undefined;
    const point = entry?.kind === 'trend' ? trendPoint(entry.after) : undefined;
    if (entry === undefined || point === undefined) sound = false;
    else if ((latest.get(point.asOf)?.at ?? '') <= entry.at) latest.set(point.asOf, { at: entry.at, point });
  };
  try {
    // By the numbers of the lines, without their hashes: a journal of a million lines is walked through in a moment.
    let last = 0;
    for (const { bytes, whole } of fileLines(journal)) {
      // What a killed run began to write; the next one brings it in or drops it.
      if (!whole && readSeal(bytes)?.sound !== true) break;
      lines += 1;
      const seq = Number(/^\{"seq":(\d{1,15}),/u.exec(bytes.toString('latin1', 0, NUMBERED))?.[1] ?? 0);
      if (seq !== last + 1 || (seq === 1 && readLine(bytes)?.kind === 'journal')) sound = false;
      last = Math.max(last, seq);
      take(bytes);
    }
    for (const { bytes } of waiting === undefined ? [] : fileLines(waiting)) {
      if (readSeal(bytes) === undefined) continue;
      lines += 1;
      take(bytes);
    }
    for (const copy of conflictCopies(journal)) for (const { bytes } of fileLines(copy)) take(bytes);
    // Journal first, head second: a run that is writing at this moment has the head behind, never ahead.
    if (last < (readHead(journal)?.seq ?? Number.MAX_SAFE_INTEGER)) sound = false;
  } catch (error) {
    if (!(error instanceof StoreError) && errorCode(error) === undefined) throw error;
    return { points: inOrder(latest), gap: unreadable(journal) };
  }
  const points = inOrder(latest);
  if (lines === 0) return { points, gap: gone() };
  if (!sound) return { points, gap: broken() };
  return { points, gap: points.length === 0 ? old() : undefined };
}

function inOrder(latest: ReadonlyMap<string, { readonly point: TrendPoint }>): TrendPoint[] {
  const points = [...latest.values()].map(one => one.point);
  return points.sort((a, b) => (a.asOf < b.asOf ? -1 : 1)).slice(-MOST);
}

function broken(): Text {
  return text(
    '修改记录有缺损，这里可能少了几次同步；哪里缺损可用 ledger log --verify 查看。',
    'The journal is damaged: syncs may be missing here; ledger log --verify says where.',
  );
}

function gone(): Text {
  return text(
    '修改记录不见了（被删除，或没有随台账一起搬来），以前各次同步的情况无从得知，从下次有改动的同步起重新记。',
    'The journal is gone (deleted, or not moved along with the ledger): earlier syncs are unknown; the next one that changes something begins anew.',
  );
}

function old(): Text {
  return text(
    '以前的同步没有记下总体情况，从下次有改动的同步起记。',
    'Earlier syncs did not note how the ledger stood; the next one that changes something does.',
  );
}

function unreadable(journal: string): Text {
  return text(
    `修改记录 ${basename(journal)} 读不出来（没有权限，或不是文件），这里可能少了几次同步。`,
    `The journal ${basename(journal)} cannot be read (no permission, or no file): syncs may be missing here.`,
  );
}
