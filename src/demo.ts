import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadProgram } from './launch/program.js';

/*
 * `npm start`: the main job on a sample ledger. Makes ./demo with a sample when there is none (never overwriting), syncs it, and
 * ends with 0: finding the sample's errors is the point.
 */

const { runLedger } = loadProgram();
const folder = 'demo';
const ledger = join(folder, '示例台账.xlsx');
const asOf = '2023-10-30';

mkdirSync(folder, { recursive: true });
const made = existsSync(ledger) ? 0 : await runLedger(['init', ledger, '--sample']);
if (made !== 0) process.exit(made);
const synced = await runLedger(['sync', ledger, '--as-of', asOf, ...process.argv.slice(2)]);
// 1 says that the ledger has errors: the sample has them on purpose.
process.exitCode = synced === 1 ? 0 : synced;
