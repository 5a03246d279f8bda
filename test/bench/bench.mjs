// npm run bench: whole processes, side by side in one run, medians and ratios. Prints the table that README carries.
// Usage: node test/bench/bench.mjs [--sizes 1000,10000,100000] [--runs 3]
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const cli = join(here, '..', '..', 'dist', 'cli.js');
const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? fallback : process.argv[at + 1];
};
const sizes = option('sizes', '1000,10000,100000').split(',').map(Number);
const runs = Number(option('runs', '3'));
const folder = mkdtempSync(join(tmpdir(), 'ledger-bench-'));

/** One whole process: seconds on the wall, peak memory in MiB as the process itself reports it at its end. */
function measure(args, flags = []) {
  const began = process.hrtime.bigint();
  const done = spawnSync(process.execPath, [...flags, '--import', join(here, 'peak-memory.mjs'), ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 26,
  });
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  if (done.status !== 0 && done.status !== 1)
    throw new Error(`${args.join(' ')} ended with ${done.status}: ${done.stderr}`);
  return { seconds, mib: Number(done.output[3].toString()) / 1024 };
}

const median = list => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
const middle = list => ({ seconds: median(list.map(one => one.seconds)), mib: median(list.map(one => one.mib)) });
const cell = ({ seconds, mib }) => `${seconds.toFixed(2)} s · ${mib.toFixed(0)} MiB`;
const ratio = (a, b) => (a / b).toFixed(2);

console.log(
  `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0].model}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB; medians of ${runs} runs\n`,
);
const empty = join(folder, 'empty.mjs');
spawnSync(process.execPath, ['-e', `require('fs').writeFileSync(${JSON.stringify(empty)}, '')`]);
const starts = [[empty], [cli, '--help']].map(args => middle(Array.from({ length: 7 }, () => measure(args))));
console.log(
  `empty node ${starts[0].seconds.toFixed(3)} s, ledger --help ${starts[1].seconds.toFixed(3)} s: ${ratio(starts[1].seconds, starts[0].seconds)} ×\n`,
);
console.log(
  '| rows × 31 columns | floor: unzip + rezip | exceljs: load, 11 columns, write | ledger: first sync | time ÷ exceljs | memory ÷ exceljs | second sync |',
);
console.log('|---|---|---|---|---|---|---|');
for (const size of sizes) {
  const file = join(folder, `${size}.xlsx`);
  spawnSync(process.execPath, ['--max-old-space-size=8192', join(here, 'make-ledger.mjs'), String(size), file], {
    stdio: 'inherit',
  });
  if (!existsSync(file)) throw new Error(`no ledger of ${size} rows was made`);
  const [floors, peers, firsts, seconds] = [[], [], [], []];
  for (let n = 0; n < runs; n += 1) {
    const own = join(folder, `run-${size}-${n}`);
    mkdirSync(own);
    const ledger = join(own, 'ledger.xlsx');
    copyFileSync(file, ledger);
    floors.push(measure([join(here, 'floor.mjs'), file, join(own, 'floor.bin')]));
    // exceljs needs more than the heap that Node gives by itself at 100,000 rows.
    peers.push(measure([join(here, 'exceljs-peer.mjs'), file, join(own, 'peer.xlsx')], ['--max-old-space-size=8192']));
    firsts.push(measure([cli, 'sync', ledger, '--as-of', '2023-10-20', '--quiet']));
    seconds.push(measure([cli, 'sync', ledger, '--as-of', '2023-10-20', '--quiet']));
    rmSync(own, { recursive: true });
  }
  const [floor, peer, first, second] = [floors, peers, firsts, seconds].map(middle);
  console.log(
    `| ${size.toLocaleString('en')} | ${cell(floor)} | ${cell(peer)} | ${cell(first)} | ${ratio(first.seconds, peer.seconds)} | ${ratio(first.mib, peer.mib)} | ${second.seconds.toFixed(2)} s |`,
  );
}
rmSync(folder, { recursive: true });
