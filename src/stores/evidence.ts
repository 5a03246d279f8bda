import { createHash } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { EvidenceFacts } from '../checks/check.js';
import { evidenceFiles } from '../read/evidence-files.js';
import type { Ledger } from '../read/ledger.js';

/** Looks for every evidence file that the ledger names, and takes its fingerprint. Reads only; never follows what it reads. */
export async function gatherEvidence(ledger: Ledger, root: string): Promise<EvidenceFacts> {
  const names = evidenceFiles(ledger);
  const rootReachable = existsSync(root);
  const files = new Map<string, { exists: boolean; sha256?: string }>();
  for (const name of names) {
    const path = isAbsolute(name) ? name : join(root, name.replaceAll('\\', '/'));
    files.set(
      name,
      rootReachable && existsSync(path) && statSync(path).isFile()
        ? { exists: true, sha256: await sha256Of(path) }
        : { exists: false },
    );
  }
  return { rootReachable, root, files };
}

async function sha256Of(path: string): Promise<string> {
  const digest = createHash('sha256');
  await pipeline(createReadStream(path), digest);
  return digest.digest('hex');
}
