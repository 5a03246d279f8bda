import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { columnLetters, type Grid } from '../../src/model/grid.js';
import { openExcel } from '../../src/stores/excel/index.js';
import { freshFolder } from '../support/cli.js';
import { changedParts } from '../support/excel/compare.js';
import { rawEntries, WORKBOOKS, workbookNames } from '../support/excel/packages.js';
import { inProcess, type Told } from '../support/in-process.js';

const root = freshFolder();

function copied(name: string): { readonly folder: string; readonly path: string } {
  const folder = join(root, name.replaceAll('.', '-'));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const path = join(folder, name);
  copyFileSync(new URL(name, WORKBOOKS), path);
  return { folder, path };
}

const sync = (folder: string, name: string): Promise<Told> =>
  inProcess(folder, 'sync', [name], { 'as-of': '2023-10-30' });

/** Letters of the columns that the markers call ours, in the sheet that has the row ids. */
function ourLetters(grid: Grid): ReadonlySet<string> {
  const main = grid.sheets.find(sheet => sheet.markers.has('rowId'));
  return new Set([...(main?.markers.values() ?? [])].map(columnLetters));
}

/** The structure of this one is locked: it can get no sheet. */
const locked = 'openpyxl-locked-structure.xlsx';

describe.each(workbookNames().filter(name => name !== locked))('%s through a sync', name => {
  const { folder, path } = copied(name);

  it('changes nothing but our columns and sheets; a second sync changes no byte and no file time', async () => {
    const before = await rawEntries(readFileSync(path));
    const first = await sync(folder, name);
    expect(first.warnings).toEqual([]);
    expect(first.exit).toBe(1);
    expect(first.lines.join('\n')).toContain('已写回');
    const written = readFileSync(path);
    const after = await openExcel(path).read();
    const ours = ourLetters(after);
    expect(ours.size).toBeGreaterThan(8);
    const { sheets, added } = changedParts(before, await rawEntries(written), ours);
    expect(sheets).toHaveLength(1);
    // 汇总 and 校验结果; a package without styles gets some.
    expect(added.filter(part => !part.endsWith('styles.xml'))).toEqual([
      expect.stringMatching(/sheet\d+\.xml$/),
      expect.stringMatching(/sheet\d+\.xml$/),
    ]);
    expect(after.sheets.filter(sheet => sheet.role !== undefined).map(sheet => sheet.role)).toEqual([
      'rollup',
      'diagnostics',
    ]);

    const time = statSync(path).mtimeMs;
    const again = await sync(folder, name);
    expect(again.exit).toBe(first.exit);
    expect(again.lines.at(-1)).toContain('已经是最新的');
    // Without what was remembered everything is worked out anew, and comes to the same.
    rmSync(join(folder, '.ledger'), { recursive: true });
    const forgotten = await sync(folder, name);
    expect(forgotten.lines.at(-1)).toContain('已经是最新的');
    expect(readFileSync(path).equals(written)).toBe(true);
    expect(statSync(path).mtimeMs).toBe(time);
  });
});

describe(locked, () => {
  it('is refused with what to do, and not touched; check still reads it', async () => {
    const { folder, path } = copied(locked);
    const before = readFileSync(path);
    const refused = await sync(folder, locked);
    expect(refused.exit).toBe(4);
    expect(refused.warnings.join('')).toMatch(/结构受保护.*取消保护/);
    expect(readFileSync(path).equals(before)).toBe(true);
    const checked = await inProcess(folder, 'check', [locked], { 'as-of': '2023-10-30' });
    expect(checked.exit).toBe(1);
    expect(checked.lines.join('\n')).toContain('反馈问题 4 个');
  });
});
