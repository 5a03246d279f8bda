import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exampleParts } from '../src/checks/example.js';
import { checks } from '../src/checks/index.js';
import { evidenceIn, type Folder, folderOf } from './support/evidence.js';
import { identityBetween, previousOf } from './support/previous.js';
import { examined } from './support/workbook.js';

function examinedAfter(source: string, last: string | undefined, files: string | undefined) {
  if (files !== undefined) return examinedBeside(source, folderOf(files));
  if (last === undefined) return examined(source);
  const before = examined(last);
  return examined(source, { previous: previousOf(before), identity: identityBetween(before, examined(source)) });
}

function examinedBeside(source: string, folder: Folder) {
  const { ledger } = examined(source);
  const previous = { rows: new Map(), findings: new Map(), evidence: folder.before };
  return examined(source, { evidence: evidenceIn(ledger, folder), previous });
}

describe.each(checks.map(check => [check.id, check] as const))('%s', (_id, check) => {
  const example = exampleParts(check.example);

  it('reports its example at the marked cell and nowhere else', () => {
    const { diagnostics, marked } = examinedAfter(example.reported, example.last, example.folder);
    const own = diagnostics.filter(one => one.check === check.id);
    expect(marked, 'every example marks a cell').not.toEqual([]);
    expect(own.map(one => ({ sheet: one.at.sheet, row: one.at.row, col: one.at.col }))).toEqual(marked);
    expect(diagnostics.filter(one => one.check === 'internal')).toEqual([]);
    for (const words of own.flatMap(one => [one.message, one.remedy])) {
      expect(words.zh).toMatch(/\p{Script=Han}/u);
      expect(words.en).toMatch(/[a-z]/);
    }
  });

  it('is quiet on its legitimate case', () => {
    const legitimate = example.quiet;
    expect(legitimate, 'every example has a legitimate case under “--- 正常”').toBeDefined();
    const { diagnostics } = examinedAfter(legitimate ?? '', example.last, example.folder);
    expect(diagnostics.filter(one => one.check === check.id || one.check === 'internal')).toEqual([]);
  });
});

it('lists every file of the folder, and each check once', () => {
  const listed = checks.map(check => check.id);
  expect(new Set(listed).size).toBe(listed.length);
  const files = readdirSync(new URL('../src/checks', import.meta.url)).map(name => name.replace(/\.ts$/, ''));
  expect(listed.filter(id => !files.includes(id))).toEqual([]);
});
