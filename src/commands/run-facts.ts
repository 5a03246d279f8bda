import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import type { JournalRun } from '../sync/journal.js';

/** Who runs the program, for the journal: the account's name on this computer. */
export function who(env: Readonly<Record<string, string | undefined>>): string {
  const named = env.LEDGER_USER;
  if (named !== undefined && named !== '') return named;
  try {
    return `${userInfo().username}@${hostname()}`;
  } catch {
    // No account for this process, as in some containers.
    return hostname();
  }
}

export function newRun(env: Readonly<Record<string, string | undefined>>): JournalRun {
  return { run: randomUUID().slice(0, 8), who: who(env), at: new Date().toISOString() };
}
