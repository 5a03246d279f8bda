import { hash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { MEGABYTE } from '../files/ordinary.js';
import { appendJournal, type JournalRun, readJournal } from './journal.js';
import { type Sealable, sealableMembers } from './journal-line.js';
import { readState } from './memory.js';
import type { Aftermath } from './pending.js';
import { type StatePaths, stateFailure, writeStateFile } from './state-folder.js';

/*
 * pending-….json: what is about to be overwritten on a service, put down before it is asked to write. A service has no file
 * whose hash would tell whether the write arrived; the run's own name tells it, which every write leaves there. A run that is
 * killed, or never hears the answer, leaves this to the next one that reads the same address: what it overwrote is then
 * told, and what it did not is not.
 */

/** A write of a service: where, and under which name it can be found there. */
export type ServiceWrite = { readonly address: string; readonly token: string };

/** What can be known of a store that names its writes. */
export type NamedWrites = {
  /** Did a write of this name arrive, as far as was read last? */
  wrote?(token: string): boolean;
};

const pendingSchema = z.object({
  version: z.literal(1),
  address: z.string(),
  token: z.string(),
  run: z.object({ run: z.string(), who: z.string(), at: z.string() }),
  entries: z.array(z.object(sealableMembers)),
  /** Files of the state folder by name. */
  files: z.record(z.string().regex(/^[\w-]+\.json$/), z.string()),
});

/** @throws StoreError (exit 4) when it cannot be put down: then the write must not be asked for */
export async function putDownForService(
  paths: StatePaths,
  run: JournalRun,
  { address, token }: ServiceWrite,
  { entries, files }: Aftermath,
): Promise<void> {
  const content: z.input<typeof pendingSchema> = {
    version: 1,
    address,
    token,
    run,
    entries: [...entries],
    files: Object.fromEntries([...files].map(([path, text]) => [basename(path), text])),
  };
  await writeStateFile(placeOf(paths, address), JSON.stringify(content));
}

/** Everything of it is told. */
export async function forgetServiceWrite(paths: StatePaths, address: string): Promise<void> {
  await rm(placeOf(paths, address), { force: true });
}

/** Whether a run left something about this address. @throws StoreError (exit 4) when it cannot be read, or is no file */
export async function isServicePending(paths: StatePaths, address: string): Promise<boolean> {
  return (await load(placeOf(paths, address))) !== undefined;
}

/**
 * Tells what a run that was cut off overwrote, or drops it. Call it under the ledger's lock, once the service was read and
 * before anything of the state is.
 * @throws StoreError (exit 4) when the folder cannot be read or written
 */
export async function settleService(paths: StatePaths, address: string, { wrote }: NamedWrites): Promise<void> {
  if (wrote === undefined) return;
  const path = placeOf(paths, address);
  try {
    const pending = await load(path);
    if (pending === undefined) return;
    const { token, run, entries, files } = pending;
    if (wrote(token)) {
      if (!isTold(paths.journal, run)) await appendJournal(paths.journal, run, entries satisfies Sealable[]);
      for (const [name, content] of Object.entries(files)) await writeStateFile(join(paths.folder, name), content);
    }
    await rm(path, { force: true });
  } catch (error) {
    throw stateFailure(error, path);
  }
}

/** A run that was cut off after it had told everything. */
function isTold(journal: string, { run }: JournalRun): boolean {
  for (const line of readJournal(journal)) if (line.run === run) return true;
  return false;
}

/** It holds what a write overwrites, and with it no more than what a mirror may keep of one. */
const LARGEST_PENDING = 500 * MEGABYTE;

function placeOf(paths: StatePaths, address: string): string {
  return join(paths.folder, `pending-${hash('sha256', address).slice(0, 12)}.json`);
}

async function load(path: string): Promise<z.output<typeof pendingSchema> | undefined> {
  return pendingSchema.safeParse(await readState([path], LARGEST_PENDING)).data;
}
