import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

/**
 * Compiles scripts of this folder with what they import, so that they run as processes of their own: killing one is the only
 * honest way to test what a killed run leaves behind. The output lies inside node_modules so that packages are found.
 */
export function compileScripts(...names: string[]): { script: (name: string) => string; remove: () => void } {
  const folder = mkdtempSync(join(root, 'node_modules', '.state-test-'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const files = names.map(name => join(root, 'test/state/support', `${name}.ts`));
  const options = [
    '--outDir',
    folder,
    '--rootDir',
    root,
    '--module',
    'nodenext',
    '--target',
    'es2023',
    '--types',
    'node',
  ];
  const flags = ['--noCheck', '--skipLibCheck', '--ignoreConfig'];
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...flags, ...options, ...files]);
  return {
    script: name => join(folder, 'test/state/support', `${name}.js`),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
