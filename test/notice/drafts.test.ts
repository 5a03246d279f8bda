import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeNotice } from '../../src/notice/decode.js';
import { planted } from './drafts/planted.js';
import { brief, linted } from './linted.js';

/** Drafts of eleven offices in as many manners. Each is right as it stands; one thing at a time is made wrong in it. */
const folder = new URL('drafts/', import.meta.url);
const names = readdirSync(folder).filter(name => !name.endsWith('.ts'));
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
const lint = async (name: string, words: string) => linted(await decodeNotice(Buffer.from(words), name));

describe.each(names)('%s', name => {
  it('is right as it stands', async () => {
    expect((await lint(name, read(name))).map(one => one.diagnostic.message.zh)).toEqual([]);
  });

  it('every error that is planted is found, at a line, and is not said three times over', async () => {
    const changes = planted[name] ?? [];
    expect(changes.length).toBeGreaterThan(2);
    for (const [what, from, to, checks] of changes) {
      const clean = read(name);
      expect(clean, what).toContain(from);
      const found = brief(
        await lint(
          name,
          clean.replace(from, () => to),
        ),
      );
      expect(
        found.filter(([, check]) => checks.includes(check)),
        what,
      ).not.toEqual([]);
      expect(
        found.every(([, , line]) => line > 0),
        what,
      ).toBe(true);
      expect(found.length, `${what}: ${JSON.stringify(found)}`).toBeLessThanOrEqual(5);
    }
  });
});

it('some eighty errors are planted', () => {
  expect(Object.values(planted).flat().length).toBeGreaterThanOrEqual(75);
  expect(Object.keys(planted).sort()).toEqual([...names].sort());
});
