import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { MEGABYTE, readOrdinarySync } from '../files/ordinary.js';

/** Kept apart from the schema: finding a config must not load zod (the fast path). */
export const CONFIG_NAME = 'ledger.config.json';

/**
 * The config that goes with a run: the one named by `--config`; else the one beside the workbook; for a Google address or
 * without a workbook the one in the working folder. Undefined when there is none; a named one is returned unseen.
 */
export function findConfig(
  named: string | undefined,
  workbook: string | undefined,
  workingFolder: string,
): string | undefined {
  if (named !== undefined) return resolve(workingFolder, named);
  const path = join(workbook === undefined ? workingFolder : dirname(resolve(workingFolder, workbook)), CONFIG_NAME);
  return existsSync(path) ? path : undefined;
}

/**
 * The workbook that a config names, without checking anything else in it; undefined when that cannot be told. Only for the
 * fast path: what it finds there was checked by the run before.
 */
export function peekSource(config: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(readOrdinarySync(config, MEGABYTE).toString('utf8'));
    const { source } = typeof parsed === 'object' && parsed !== null && 'source' in parsed ? parsed : {};
    return typeof source === 'string' ? source : undefined;
  } catch {
    return undefined;
  }
}
