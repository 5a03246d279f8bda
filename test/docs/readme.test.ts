import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { withBlocks } from './blocks.js';

const root = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

describe.each([
  ['README.md', 'en'],
  ['README.zh-CN.md', 'zh'],
] as const)('%s', (name, lang) => {
  const content = readFileSync(root(name), 'utf8');

  it('has the tables that the program has (renew: vitest -u)', async () => {
    await expect(withBlocks(content, lang)).toMatchFileSnapshot(root(name));
  });

  it('links only to files that are there', () => {
    const links = [...content.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(found => found[1] ?? '');
    expect(links.filter(link => !existsSync(root(link)))).toEqual([]);
  });

  it('names only npm scripts that exist', () => {
    const scripts = JSON.parse(readFileSync(root('package.json'), 'utf8')).scripts;
    const named = [...content.matchAll(/npm run ([\w:-]+)/g)].map(found => found[1] ?? '');
    expect(named.filter(script => !(script in scripts))).toEqual([]);
  });
});
