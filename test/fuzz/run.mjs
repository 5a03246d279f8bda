// npm run fuzz [-- RUNS [SEED]]: the fuzz tests for longer, RUNS mutants of each kind for every workbook of the test set. Without
// a seed a new one is taken; it is printed, and the same seed gives the same mutants.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const runs = Number(process.argv[2] ?? 200);
const seed = Number(process.argv[3] ?? Math.floor(Math.random() * 2 ** 31));
if (!Number.isInteger(runs) || !Number.isInteger(seed)) {
  console.error('npm run fuzz -- RUNS SEED, both whole numbers');
  process.exit(2);
}
console.log(`${runs} mutants of each kind and workbook, seed ${seed}; to repeat: npm run fuzz -- ${runs} ${seed}\n`);
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const done = spawnSync(
  process.execPath,
  [vitest, 'run', 'test/excel/fuzz.test.ts', 'test/fuzz', '--testTimeout', '600000'],
  { stdio: 'inherit', env: { ...process.env, LEDGER_FUZZ_RUNS: String(runs), LEDGER_FUZZ_SEED: String(seed) } },
);
if (done.status !== 0) console.log(`\nto repeat: npm run fuzz -- ${runs} ${seed}`);
process.exitCode = done.status ?? 1;
