import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
const peakMemory = fileURLToPath(new URL('../../bench/peak-memory.mjs', import.meta.url));

/** What takes longer is taken for a hang: the process is ended and has no exit code. */
const HANGS_AFTER = 60_000;

export type Measured = {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
  /** Peak resident memory. */
  readonly mib: number;
};

/** One command as a process of its own, in a folder; its memory is measured, its time bounded. */
export function run(folder: string, ...args: readonly string[]): Promise<Measured> {
  return runAs([process.execPath], folder, ...args);
}

/** The same through another program that ends in Node's own: `setpriv … node`, `prlimit … node`. */
export function runAs(
  [program = '', ...before]: readonly string[],
  folder: string,
  ...args: readonly string[]
): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...before, '--import', peakMemory, cli, ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', HOME: folder, LANG: 'C.UTF-8', LEDGER_USER: '测试' },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      timeout: HANGS_AFTER,
      killSignal: 'SIGKILL',
    });
    const texts = ['', '', '', ''];
    for (const n of [1, 2, 3])
      child.stdio[n]?.on('data', (chunk: Buffer) => {
        texts[n] += chunk.toString('utf8');
      });
    child.on('error', reject);
    child.on('close', exit => {
      const [, out = '', err = '', peak = ''] = texts;
      resolve({ exit, out, err, mib: peak === '' ? Number.POSITIVE_INFINITY : Number(peak) / 1024 });
    });
  });
}
