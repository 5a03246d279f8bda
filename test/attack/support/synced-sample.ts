import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeSample } from '../../../src/sample/index.js';
import { run } from './measured.js';

/** What the sample ledger is called here. */
export const BOOK = '台账.xlsx';

/** Makes the sample ledger in a folder below `root` and syncs it once; each call of `copy` gives a fresh copy of that folder. */
export async function syncedSample(root: string): Promise<{ readonly start: string; readonly copy: () => string }> {
  const start = join(root, 'start');
  mkdirSync(start);
  await makeSample(join(start, BOOK));
  const first = await run(start, 'sync', BOOK, '--as-of', '2023-10-10', '--quiet');
  if (first.exit === null || first.exit > 1) throw new Error(first.err);
  let folders = 0;
  const copy = () => {
    folders += 1;
    const folder = join(root, String(folders));
    cpSync(start, folder, { recursive: true });
    return folder;
  };
  return { start, copy };
}
