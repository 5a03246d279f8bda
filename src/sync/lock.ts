import { createHash, randomUUID } from 'node:crypto';
import { closeSync, openSync, readlinkSync, rmSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { open, rm, stat, unlink } from 'node:fs/promises';
import { hostname, networkInterfaces } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { lock as guard } from 'proper-lockfile';
import { z } from 'zod';
import { MEGABYTE, readOrdinary, readOrdinarySync } from '../files/ordinary.js';
import { text } from '../model/text.js';
import { StoreError } from '../stores/store.js';
import { errorCode, makeFolder, stateFailure } from './state-folder.js';

/*
 * One run at a time. A lease file says who runs; it is renewed while the run lasts. Reading, judging and replacing the lease
 * happens inside a guard (proper-lockfile: an atomic mkdir), which is held for some milliseconds only. The guard alone would
 * not do: it goes stale while a long computation keeps the event loop busy, and it cannot say who holds it.
 *
 * A lease is dead when
 *  - its process is gone from this very machine (a killed run: the next one goes on at once), or
 *  - nobody renewed it for ten minutes (another machine was switched off). File times are compared with the time of a file
 *    written just now in the same folder, so both come from one clock, the file server's.
 * A machine that slept and wakes with a lost lease is stopped by `assertHeld` before it writes.
 */

/** Who holds a lock. */
export type Holder = { readonly pid: number; readonly host: string; readonly since: string };

export type Lock = {
  /**
   * Call it just before writing the workbook.
   * @throws StoreError `lock-lost` (exit 4) when another run took over meanwhile.
   */
  assertHeld(): void;
  /** Gives the lock back, if the disk lets us; calling it twice is harmless. */
  release(): Promise<void>;
};

const RENEW_EVERY_MS = 10_000;
const DEAD_AFTER_MS = 10 * 60_000;
/** A guard is held for milliseconds; one this old belongs to a run killed in between. */
const GUARD_STALE_MS = 4_000;

const leaseSchema = z.object({
  token: z.string(),
  pid: z.int().positive(),
  host: z.string(),
  machine: z.string(),
  since: z.string(),
});
type Lease = z.infer<typeof leaseSchema>;

/**
 * Takes the lock at this path (see `workbookLock`, `ledgerLock`) or refuses at once.
 * @param now instant of the start, for the message to those who find it busy.
 * @throws StoreError `locked` (exit 4) naming who holds it; another StoreError when the folder cannot be written.
 */
export async function takeLock(path: string, now: Date): Promise<Lock> {
  const lease: Lease = {
    token: randomUUID(),
    pid: process.pid,
    host: hostname(),
    machine: thisMachine(),
    since: now.toISOString(),
  };
  await guarded(path, async () => {
    const present = await readLease(path);
    if (present !== 'absent') {
      if (present !== 'unreadable' && !(await isDead(path, present))) throw busy(path, present);
      await rm(path, { force: true });
    }
    // Exclusive creation: even if the guard failed on some network share, only one of two can make the file.
    const file = await open(path, 'wx').catch(error => {
      throw errorCode(error) === 'EEXIST' ? busy(path, undefined) : error;
    });
    await file.writeFile(JSON.stringify(lease));
    await file.close();
  });
  return held(path, lease);
}

/**
 * Who holds the lock at this path, if a run seems to be alive there. For `doctor`.
 * @throws StoreError (exit 4) when something else stands in its place
 */
export async function lockHolder(path: string): Promise<Holder | undefined> {
  const present = await readLease(path).catch((error: unknown) => {
    throw stateFailure(error, path);
  });
  if (present === 'absent' || present === 'unreadable' || processIsGone(present)) return undefined;
  return { pid: present.pid, host: present.host, since: present.since };
}

function held(path: string, lease: Lease): Lock {
  const timer = setInterval(() => {
    try {
      if (holdsLease(path, lease)) renew(path, lease);
    } catch {
      // A share that is away for a moment: the next renewal comes in ten seconds, the lease lasts ten minutes.
    }
  }, RENEW_EVERY_MS);
  timer.unref();

  const drop = () => {
    try {
      if (holdsLease(path, lease)) unlinkSync(path);
    } catch {
      // The process is ending; what stays behind is found dead by the next run.
    }
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const onSignal = (signal: NodeJS.Signals) => {
    drop();
    forget();
    // Nobody else handles it: end as the signal would have ended us. (The libraries that remove their own temporary files
    // do the same, if they find themselves alone; hence we stand before them and are gone when their turn comes.)
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const forget = () => {
    clearInterval(timer);
    process.off('exit', drop);
    for (const signal of signals) process.off(signal, onSignal);
  };
  process.on('exit', drop);
  for (const signal of signals) process.prependListener(signal, onSignal);

  let released = false;
  return {
    assertHeld() {
      if (released) throw new Error('assertHeld after release');
      if (!holdsLease(path, lease)) throw lost();
    },
    async release() {
      if (released) return;
      released = true;
      forget();
      // What the run did stands, and what it has to say is not about this: a lease that stays is found dead by the next run.
      await guarded(path, async () => {
        if (holdsLease(path, lease)) await unlink(path);
      }).catch(() => undefined);
    },
  };
}

/**
 * Writes the same bytes over themselves: the time of the file becomes the file server's now (utimes would set this machine's),
 * and who reads at this moment never sees half a lease.
 */
function renew(path: string, lease: Lease): void {
  const file = openSync(path, 'r+');
  try {
    writeSync(file, JSON.stringify(lease), 0);
  } finally {
    closeSync(file);
  }
}

async function guarded(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await makeFolder(dirname(path));
    const leave = await enter(path);
    try {
      await work();
    } finally {
      // A guard that was taken from us as stale is no longer ours to give back.
      await leave().catch(() => {});
    }
  } catch (error) {
    if (errorCode(error) === 'ELOCKED') throw busy(path, undefined);
    const code = errorCode(error);
    // Something else than a folder of the guard's stands in its place.
    throw stateFailure(error, code === 'ENOTDIR' || code === 'ENOTEMPTY' ? guardPath(path) : path);
  }
}

function guardPath(path: string): string {
  return `${path}.guard`;
}

const ENTER_TRIES = 60;
const ENTER_PAUSE_MS = [50, 150] as const;
/** Windows says so, too, of a folder that is just being removed. */
const TAKEN = process.platform === 'win32' ? ['ELOCKED', 'EPERM', 'EBUSY', 'EACCES'] : ['ELOCKED'];

/** Waits while somebody else is inside; what will not change by waiting, such as a read-only disk, is said at once. */
async function enter(path: string): Promise<() => Promise<void>> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await guard(path, {
        realpath: false,
        lockfilePath: guardPath(path),
        stale: GUARD_STALE_MS,
        // Thrown from a timer it would end the process; what matters is asked again by `assertHeld`.
        onCompromised: () => {},
      });
    } catch (error) {
      if (tries >= ENTER_TRIES || !TAKEN.includes(errorCode(error) ?? '')) throw error;
      const [least, most] = ENTER_PAUSE_MS;
      await pause(least + Math.random() * (most - least));
    }
  }
}

async function readLease(path: string): Promise<Lease | 'absent' | 'unreadable'> {
  try {
    const parsed = leaseSchema.safeParse(JSON.parse((await readOrdinary(path, MEGABYTE)).toString('utf8')));
    // Leases are written inside the guard, so an unreadable one was left by a run that died while writing it.
    return parsed.success ? parsed.data : 'unreadable';
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 'absent';
    if (error instanceof SyntaxError || errorCode(error) === 'ETOOLARGE') return 'unreadable';
    throw error;
  }
}

function holdsLease(path: string, lease: Lease): boolean {
  try {
    return leaseSchema.parse(JSON.parse(readOrdinarySync(path, MEGABYTE).toString('utf8'))).token === lease.token;
  } catch (error) {
    // Gone, or something else written over it: not ours. A share that does not answer is not known to be ours either.
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ETOOLARGE') return false;
    if (error instanceof SyntaxError || error instanceof z.ZodError) return false;
    throw stateFailure(error, path);
  }
}

async function isDead(path: string, lease: Lease): Promise<boolean> {
  if (processIsGone(lease)) return true;
  const renewed = (await stat(path)).mtimeMs;
  return folderNow(`${path}.now`) - renewed > DEAD_AFTER_MS;
}

/** True only when it is certain: the same machine, and no such process. */
function processIsGone(lease: Lease): boolean {
  if (lease.machine !== thisMachine()) return false;
  try {
    process.kill(lease.pid, 0);
    return false;
  } catch (error) {
    return errorCode(error) === 'ESRCH';
  }
}

/** The time by the clock that stamps files in this folder, in ms. */
function folderNow(path: string): number {
  try {
    // Not over what lies there: a pipe would wait for a reader.
    rmSync(path, { force: true });
    closeSync(openSync(path, 'wx'));
    return statSync(path).mtimeMs;
  } finally {
    try {
      unlinkSync(path);
    } catch {
      // It was not made, or is already gone.
    }
  }
}

let machine: string | undefined;

/**
 * Tells machines apart that share a folder. Host names alone do not (many are called the same), so the network addresses
 * count too, and on Linux the process namespace: in another container our process numbers mean nothing. If it changes
 * while a run lasts, the run merely counts as one on another machine.
 */
function thisMachine(): string {
  if (machine !== undefined) return machine;
  const addresses = new Set<string>();
  for (const list of Object.values(networkInterfaces())) {
    for (const { mac, internal } of list ?? []) if (!internal) addresses.add(mac);
  }
  let namespace = '';
  try {
    namespace = readlinkSync('/proc/self/ns/pid');
  } catch {
    // Not Linux.
  }
  const parts = [hostname(), ...[...addresses].sort(), namespace].join(' ');
  machine = createHash('sha256').update(parts).digest('hex').slice(0, 16);
  return machine;
}

function busy(path: string, holder: Holder | undefined): StoreError {
  const zh = holder
    ? `计算机“${holder.host}”上的进程 ${holder.pid}，开始于 ${localTime(holder.since)}`
    : '另一台计算机或另一个窗口，刚刚开始';
  const en = holder
    ? `process ${holder.pid} on computer "${holder.host}", since ${localTime(holder.since)}`
    : 'another computer or window, just started';
  return new StoreError(
    4,
    'locked',
    text(
      `这本台账正在被另一次运行处理（${zh}）。请等它结束后再运行；如果确定没有程序在运行，请删除 ${path}。`,
      `Another run is working on this ledger (${en}). Wait until it ends and run again; if you are sure that nothing is running, delete ${path}.`,
    ),
  );
}

/** An instant as the clock on the wall shows it here. */
function localTime(instant: string): string {
  const date = new Date(instant);
  return Number.isNaN(date.getTime())
    ? instant
    : date.toLocaleString('sv-SE', { dateStyle: 'short', timeStyle: 'short' });
}

function lost(): StoreError {
  return new StoreError(
    4,
    'lock-lost',
    text(
      '这次运行停顿太久（例如计算机休眠），另一次运行已接手这本台账。本次没有写入，请重新运行。',
      'This run stood still for too long (the computer slept, say) and another run took over the ledger. Nothing was written; run again.',
    ),
  );
}
