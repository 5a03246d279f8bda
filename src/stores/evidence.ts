import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { EvidenceFacts } from '../checks/check.js';
import { evidenceFiles } from '../read/evidence-files.js';
import type { Ledger } from '../read/ledger.js';

/** Looks for every evidence file that the ledger names, and takes its fingerprint. Reads only; never follows what it reads. */
export async function gatherEvidence(ledger: Ledger, root: string): Promise<EvidenceFacts> {
  const names = evidenceFiles(ledger);
  // A disk that is not connected, or something else in the folder's place: then nothing is said of single files.
  const rootReachable = statSync(root, { throwIfNoEntry: false })?.isDirectory() === true;
  const files = new Map<string, { exists: boolean; sha256?: string }>();
  for (const name of names) {
    const path = isAbsolute(name) ? name : join(root, name.replaceAll('\\', '/'));
    if (!rootReachable || !isFile(path)) {
      files.set(name, { exists: false });
      continue;
    }
    const sha256 = await sha256Of(path);
    files.set(name, sha256 === undefined ? { exists: true } : { exists: true, sha256 });
  }
  return { rootReachable, root, files };
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    // Not there, in a folder that may not be entered, or a name that no system takes.
    return false;
  }
}

/** undefined when it may not be read, or goes away meanwhile. */
async function sha256Of(path: string): Promise<string | undefined> {
  const digest = createHash('sha256');
  try {
    await pipeline(createReadStream(path), digest);
  } catch {
    return undefined;
  }
  return digest.digest('hex');
}
