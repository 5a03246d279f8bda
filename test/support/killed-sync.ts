import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ledger } from './cli.js';
import type { TestGoogle } from './google-server/index.js';
import { googleEnv } from './mirrored-office.js';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const disturb = fileURLToPath(new URL('../attack/support/disturb.mjs', import.meta.url));

/** When a sync is killed: so many milliseconds after its start, at its nth call, or as `disturb.mjs` is told by the environment. */
export type KilledAt = {
  readonly afterMs?: number;
  /** 1-based. Negative: the service does what it was asked, and nobody is there to hear of it. */
  readonly atCall?: number;
  readonly env?: Readonly<Record<string, string>>;
};

/** Runs `ledger sync` in a folder as a process of its own, and kills it (SIGKILL). */
export function killedSync(google: TestGoogle, folder: string, at: KilledAt): Promise<void> {
  return new Promise(resolve => {
    const child = spawn(process.execPath, ['--import', disturb, cli, 'sync', '--quiet'], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, LEDGER_USER: '测试', ...googleEnv(google), ...at.env },
      stdio: 'ignore',
    });
    const timer = at.afterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), at.afterMs);
    let calls = 0;
    google.server.beforeCall = () => {
      calls++;
      if (at.atCall === undefined || calls !== Math.abs(at.atCall)) return undefined;
      child.kill('SIGKILL');
      return { kind: 'drop', applied: at.atCall < 0 };
    };
    child.on('close', () => {
      clearTimeout(timer);
      google.server.beforeCall = () => undefined;
      resolve();
    });
  });
}

/** What the journal tells of cells, but for ids, which are made by chance. */
export async function toldCells(google: TestGoogle, folder: string): Promise<string[]> {
  const { out } = await ledger(folder, ['log', '--json'], googleEnv(google));
  const entries: { kind: string; sheet?: string; cell?: string; header?: string; before?: string; after?: string }[] =
    JSON.parse(out).entries;
  const cells = entries.filter(one => one.header !== '行标识' && one.cell !== undefined);
  return cells.map(one => [one.kind, one.sheet, one.cell, one.before, one.after].join('|')).sort();
}
