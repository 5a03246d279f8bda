import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { putCompiled } from './chunks.js';
import { loadedScripts, loadProgram } from './program.js';

/*
 * Last step of the build: runs the everyday commands on a sample ledger and puts down the code that V8 compiled for them, beside
 * each script.
 */

const folder = mkdtempSync(join(tmpdir(), 'ledger-build-'));
const ledger = join(folder, '台账.xlsx');
const { runLedger } = loadProgram();
try {
  for (const command of [
    ['init', ledger, '--sample', '--quiet'],
    ['sync', ledger, '--quiet'],
    ['sync', ledger, '--quiet'],
    ['check', ledger, '--quiet'],
    ['status', ledger, '--quiet'],
  ])
    await runLedger(command);
  for (const [file, script] of loadedScripts) putCompiled(file, script.createCachedData());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = 0;
