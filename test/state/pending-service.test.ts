import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { StoreError } from '../../src/stores/store.js';
import { newLedgerId } from '../../src/sync/ids.js';
import { isServicePending, putDownForService } from '../../src/sync/pending-service.js';
import { statePaths } from '../../src/sync/state-folder.js';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

it.runIf(process.platform !== 'win32')(
  'a pipe in place of what was put down for a service is refused, not waited for',
  async () => {
    const home = mkdtempSync(join(tmpdir(), 'ledger-pending-'));
    folders.push(home);
    const paths = statePaths(home, newLedgerId());
    mkdirSync(paths.folder, { recursive: true });
    const run = { run: '1', who: '测试', at: '2023-10-20T00:00:00.000Z' };
    const address = 'google:某表';
    await putDownForService(paths, run, { address, token: 'ab' }, { entries: [], files: new Map() });
    expect(await isServicePending(paths, address)).toBe(true);
    const [name = ''] = readdirSync(paths.folder).filter(one => one.startsWith('pending-'));
    rmSync(join(paths.folder, name));
    execFileSync('mkfifo', [join(paths.folder, name)]);
    await expect(isServicePending(paths, address)).rejects.toThrow(StoreError);
  },
);
