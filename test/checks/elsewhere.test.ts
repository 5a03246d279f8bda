import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { elsewhere } from '../../src/checks/elsewhere.js';
import { checks } from '../../src/checks/index.js';
import { checkTitle } from '../../src/checks/titles.js';

const src = fileURLToPath(new URL('../../src', import.meta.url));
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .map(file => ({ file, text: readFileSync(join(src, file), 'utf8') }));

/** Ids as the source names them: first argument of what makes a diagnostic, or the field `check`. */
const named = sources.flatMap(({ file, text }) =>
  [
    ...text.matchAll(
      /(?:\b(?:line)?[dD]iagnostic|\bremark)\(\s*(?:linting,\s*)?(?:\w+ \? '([a-z][a-z-]+)' : )?'([a-z][a-z-]+)'|\bcheck: '([a-z][a-z-]+)'/g,
    ),
  ].flatMap(found => found.slice(1).flatMap(id => (id === undefined ? [] : [{ file, id }]))),
);
const described = new Set([...checks, ...elsewhere].map(one => one.id));

describe('what is said beside the checks of a ledger', () => {
  it('is described, wherever it is said', () => {
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter(one => !described.has(one.id))).toEqual([]);
  });

  it('is said somewhere', () => {
    const all = new Set(named.map(one => one.id));
    const thrown = new Set(sources.flatMap(({ text }) => [...text.matchAll(/'([a-z]+(?:-[a-z]+)+)'/g)].map(m => m[1])));
    expect(elsewhere.filter(one => !all.has(one.id) && !thrown.has(one.id)).map(one => one.id)).toEqual([]);
  });

  it('has an id and titles of its own', () => {
    const ids = [...checks, ...elsewhere].map(one => one.id);
    expect(new Set(ids).size).toBe(ids.length);
    const titles = [...checks, ...elsewhere].map(one => one.title.zh);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('is explained in both languages', () => {
    for (const one of elsewhere) {
      expect(one.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(checkTitle(one.id)).toBe(one.title);
      for (const words of [one.title, one.about, one.why, one.remedy]) {
        expect(words.zh).toMatch(/\p{Script=Han}/u);
        expect(words.en).toMatch(/^[^\n]{3,}$/);
      }
    }
  });
});
