import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { chunksIn } from '../src/launch/chunks.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

it('the build leaves compiled code that this Node takes', () => {
  const { load, scripts } = chunksIn(join(root, 'dist'));
  load('program.cjs');
  expect(scripts.size).toBeGreaterThan(3);
  for (const [file, script] of scripts) expect(script.cachedDataRejected, file).toBe(false);
});

/** The program as it was installed, with its compiled code changed by `change`. */
function installed(change: (file: string) => void): string {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-launch-'));
  folders.push(folder);
  cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
  for (const name of ['node_modules', 'mappings', 'templates', 'package.json'])
    symlinkSync(join(root, name), join(folder, name));
  for (const name of readdirSync(join(folder, 'dist')))
    if (name.endsWith('.compiled')) change(join(folder, 'dist', name));
  return join(folder, 'dist', 'cli.js');
}

const fresh = () => spawnSync(process.execPath, [join(root, 'dist', 'cli.js'), 'explain'], { encoding: 'utf8' });

it.each<[string, (file: string) => void]>([
  ['gone', file => rmSync(file)],
  ['empty', file => truncateSync(file, 0)],
  ['cut', file => truncateSync(file, 900)],
  ['something else', file => writeFileSync(file, 'not compiled code')],
  [
    'one of another version',
    file => {
      const bytes = readFileSync(file);
      bytes.fill(0xff, 4, 8);
      writeFileSync(file, bytes);
    },
  ],
  [
    'damaged in the middle',
    file => {
      const bytes = readFileSync(file);
      bytes.fill(0xff, bytes.length >> 1, (bytes.length >> 1) + 64);
      writeFileSync(file, bytes);
    },
  ],
])('with compiled code that is %s the program runs as ever', (_, change) => {
  const ran = spawnSync(process.execPath, [installed(change), 'explain'], { encoding: 'utf8' });
  expect([ran.status, ran.stderr]).toEqual([0, '']);
  expect(ran.stdout).toBe(fresh().stdout);
});

it('with other flags for V8 it runs as ever', () => {
  const ran = spawnSync(process.execPath, ['--max-old-space-size=500', join(root, 'dist', 'cli.js'), 'explain'], {
    encoding: 'utf8',
  });
  expect([ran.status, ran.stderr]).toEqual([0, '']);
  expect(ran.stdout).toBe(fresh().stdout);
});
