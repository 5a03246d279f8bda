import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const src = fileURLToPath(new URL('../src', import.meta.url));

/** Who may import whom, by folder of src (its files at the top by name). Nothing imports upwards. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  model: [],
  files: ['model', 'stores'],
  sheets: ['model', 'read/typed'],
  'read/typed': ['model'],
  read: ['model', 'sheets', 'read/typed'],
  reconcile: ['model', 'sheets', 'read', 'read/typed'],
  checks: ['model', 'sheets', 'read', 'read/typed', 'reconcile'],
  'examine.ts': ['model', 'read', 'reconcile', 'checks'],
  i18n: ['model', 'reconcile'],
  writeback: ['model', 'sheets', 'read', 'read/typed', 'reconcile', 'checks', 'examine.ts', 'i18n'],
  sync: [
    'model',
    'files',
    'sheets',
    'read',
    'read/typed',
    'reconcile',
    'writeback',
    'stores',
    'examine.ts',
    'checks',
    'config',
  ],
  stores: ['model', 'files', 'sheets', 'read', 'checks', 'config'],
  config: ['model', 'files', 'sheets', 'stores', 'config.ts'],
  'config.ts': ['model', 'files', 'sheets', 'stores', 'config'],
  sample: ['model', 'sheets', 'stores'],
  notice: ['model', 'sheets', 'read', 'read/typed', 'reconcile', 'checks', 'examine.ts', 'i18n', 'stores'],
  reports: ['model', 'sheets', 'read', 'reconcile', 'checks', 'examine.ts', 'i18n', 'render', 'sync'],
  render: ['model', 'reconcile', 'checks', 'examine.ts', 'i18n', 'sync', 'read'],
  launch: ['program.ts'],
};

/** Packages that only one place may use. */
const packages: Readonly<Record<string, RegExp>> = {
  'decimal.js': /^model\/money\.ts$/,
  exceljs: /^stores\/excel\/author/,
  '@googleapis/sheets': /^stores\/google\//,
  '@googleapis/drive': /^stores\/google\//,
  commander: /^commands\/run\.ts$/,
  echarts: /^reports\//,
  docxtemplater: /^notice\/write\//,
};

type Import = { readonly file: string; readonly from: string; readonly typeOnly: boolean };

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map(file => file.replaceAll('\\', '/'))
  .filter(file => file.endsWith('.ts'));

const imports: Import[] = files.flatMap(file => {
  const source = readFileSync(join(src, file), 'utf8');
  return [
    ...source.matchAll(/(?:^|\n)(?:import|export)\s+(type\s+)?[^;'"]*?from\s+'([^']+)'|import\('([^']+)'\)/g),
  ].map(found => ({
    file,
    from: found[2] ?? found[3] ?? '',
    typeOnly: found[1] !== undefined,
  }));
});

function folderOf(file: string): string {
  if (file.startsWith('read/typed/')) return 'read/typed';
  const [first = ''] = file.split('/');
  return first;
}

it('imports go one way only', () => {
  const wrong = imports.flatMap(({ file, from }) => {
    if (!from.startsWith('.')) return [];
    const place = folderOf(file);
    const target = folderOf(posix.normalize(posix.join(dirname(file), from)).replace(/\.js$/, '.ts'));
    const may = allowed[place];
    return may === undefined || target === place || may.includes(target) ? [] : [`${file} imports ${from}`];
  });
  expect(wrong).toEqual([]);
});

it('each outside package has one home', () => {
  const wrong = imports.filter(({ file, from }) => {
    const home = Object.entries(packages).find(([name]) => from === name || from.startsWith(`${name}/`))?.[1];
    return home !== undefined && !home.test(file);
  });
  expect(wrong).toEqual([]);
});

it('what starts up loads nothing heavy', () => {
  const loaded = new Set<string>();
  const walk = (file: string) => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const one of imports) {
      // A type costs nothing at run time; a dynamic import is only paid for when it is reached.
      if (one.file !== file || one.typeOnly || isDynamic(file, one.from)) continue;
      if (one.from.startsWith('.')) walk(posix.normalize(posix.join(dirname(file), one.from)).replace(/\.js$/, '.ts'));
      else loaded.add(one.from);
    }
  };
  walk('program.ts');
  const outside = [...loaded].filter(name => !files.includes(name) && !name.startsWith('node:'));
  expect(outside).toEqual(['commander', 'fast-string-width']);
});

function isDynamic(file: string, from: string): boolean {
  return readFileSync(join(src, file), 'utf8').includes(`import('${from}')`);
}

it('names every folder of src', () => {
  const folders = new Set(
    files
      .map(folderOf)
      .filter(name => !['cli.ts', 'demo.ts', 'templates.ts', 'program.ts', 'assets.ts', 'commands'].includes(name)),
  );
  expect([...folders].filter(name => allowed[name] === undefined)).toEqual([]);
});
