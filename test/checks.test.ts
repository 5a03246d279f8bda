import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Check } from '../src/checks/check.js';
import { checks } from '../src/checks/index.js';
import { evidenceIn, type Folder, folderOf } from './support/evidence.js';
import { identityBetween, previousOf } from './support/previous.js';
import { examined } from './support/workbook.js';

/**
 * An example's workbooks: what is reported, `--- 正常` what is not, `--- 上次` both as they were at the last sync,
 * `--- 文件夹` the evidence folder of both.
 */
function parts(check: Check): ReadonlyMap<string, string> {
  const [bad = '', ...rest] = check.example.split(/^\s*--- (正常|上次|文件夹)\s*$/mu);
  const named = new Map([['', bad]]);
  for (let i = 0; i < rest.length; i += 2) named.set(rest[i] ?? '', rest[i + 1] ?? '');
  return named;
}

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
  const example = parts(check);

  it('reports its example at the marked cell and nowhere else', () => {
    const { diagnostics, marked } = examinedAfter(example.get('') ?? '', example.get('上次'), example.get('文件夹'));
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
    const legitimate = example.get('正常');
    expect(legitimate, 'every example has a legitimate case under “--- 正常”').toBeDefined();
    const { diagnostics } = examinedAfter(legitimate ?? '', example.get('上次'), example.get('文件夹'));
    expect(diagnostics.filter(one => one.check === check.id || one.check === 'internal')).toEqual([]);
  });
});

it('lists every file of the folder, and each check once', () => {
  const listed = checks.map(check => check.id);
  expect(new Set(listed).size).toBe(listed.length);
  const files = readdirSync(new URL('../src/checks', import.meta.url)).map(name => name.replace(/\.ts$/, ''));
  expect(listed.filter(id => !files.includes(id))).toEqual([]);
});
