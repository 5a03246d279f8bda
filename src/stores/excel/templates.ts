import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { authorWorkbook } from './author.js';

/** The workbooks that ship, by file name. */
export const templates = {
  'standard-ledger.xlsx': { full: false },
  'standard-ledger-full.xlsx': { full: true },
} as const;

/** Makes the shipped templates anew, from the declarations, in the folder. */
export async function writeTemplates(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, wanted] of Object.entries(templates)) {
    await writeFile(join(folder, name), await authorWorkbook(wanted));
  }
}
