import { writeFile } from 'node:fs/promises';
import { authorWorkbook } from '../stores/excel/author.js';
import { sample } from './ledger.js';

/** Writes the sample ledger to a new file; fails with EEXIST when there is one already. */
export async function makeSample(path: string): Promise<void> {
  await writeFile(path, await authorWorkbook(sample), { flag: 'wx' });
}

export { sample };
