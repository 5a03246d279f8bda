import { authorWorkbook } from '../stores/excel/author.js';
import { putFile, realFileSystem } from '../stores/excel/index.js';
import { sample } from './ledger.js';

/** Writes the sample ledger to a new file; fails with EEXIST when there is one already. */
export async function makeSample(path: string): Promise<void> {
  await putFile(realFileSystem, path, await authorWorkbook(sample), 'new');
}

export { sample };
