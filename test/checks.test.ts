import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checks } from '../src/checks/index.js';
import { examined } from './support/workbook.js';

const [bad, good] = [0, 1] as const;
const parts = (example: string) => example.split(/^\s*--- 正常\s*$/mu);

describe.each(checks.map(check => [check.id, check] as const))('%s', (_id, check) => {
  it('reports its example at the marked cell and nowhere else', () => {
    const { diagnostics, marked } = examined(parts(check.example)[bad] ?? '');
    const own = diagnostics.filter(one => one.check === check.id);
    expect(own.map(one => ({ sheet: one.at.sheet, row: one.at.row, col: one.at.col }))).toEqual(marked);
    expect(diagnostics.filter(one => one.check === 'internal')).toEqual([]);
    for (const one of own) for (const words of [one.message, one.remedy]) expect(words.zh.length * words.en.length).toBeGreaterThan(0);
  });

  it('is quiet on its legitimate case', () => {
    const legitimate = parts(check.example)[good];
    expect(legitimate, 'every example has a legitimate case under “--- 正常”').toBeDefined();
    const { diagnostics } = examined(legitimate ?? '');
    expect(diagnostics.filter(one => one.check === check.id || one.check === 'internal')).toEqual([]);
  });
});

it('lists every file of the folder, and each check once', () => {
  const listed = checks.map(check => check.id);
  expect(new Set(listed).size).toBe(listed.length);
  const files = readdirSync(new URL('../src/checks', import.meta.url)).map(name => name.replace(/\.ts$/, ''));
  expect(listed.filter(id => !files.includes(id))).toEqual([]);
});
