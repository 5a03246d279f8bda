import type { EvidenceFacts } from '../../src/checks/check.js';
import { evidenceFiles } from '../../src/read/evidence-files.js';
import type { Ledger } from '../../src/read/ledger.js';

/** Lines `| file | fingerprint | fingerprint at the last sync |`; a file that is not listed is not in the folder. */
export type Folder = { readonly now: ReadonlyMap<string, string>; readonly before: ReadonlyMap<string, string> };

export function folderOf(source: string): Folder {
  const now = new Map<string, string>();
  const before = new Map<string, string>();
  for (const line of source.split('\n')) {
    const [file = '', fingerprint = '', last = ''] = line
      .trim()
      .split('|')
      .slice(1, 4)
      .map(cell => cell.trim());
    if (file !== '') now.set(file, fingerprint);
    if (last !== '') before.set(file, last);
  }
  return { now, before };
}

/** What looking into the folder tells of every file that the ledger names. */
export function evidenceIn(ledger: Ledger, folder: Folder): EvidenceFacts {
  const files = new Map<string, { exists: boolean; sha256?: string }>();
  for (const name of evidenceFiles(ledger)) {
    const sha256 = folder.now.get(name);
    files.set(name, sha256 === undefined ? { exists: false } : { exists: true, sha256 });
  }
  return { rootReachable: true, root: '佐证材料', files };
}
