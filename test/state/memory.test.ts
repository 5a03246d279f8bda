import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadMemory, type Memory, memoryContent } from '../../src/sync/memory.js';
import { loadWritten, sheetEdits, type Written, writtenContent } from '../../src/sync/own-cells.js';
import { freshFolders } from './support/folder.js';

const freshFolder = freshFolders();

const memory: Memory = {
  source: '台账.xlsx',
  revision: 'abc',
  at: '2023-10-30T09:00:00.000Z',
  findings: [
    { id: 'f3k9', title: '资金管理不严', label: '13', status: 'done', due: '1173.30', recovered: null },
    { id: 'g7m2', title: '', label: '', status: '', due: null, recovered: null },
  ],
  rows: [
    { id: 'f3k9-2p7', finding: 0, fingerprint: 'aaaaaaaa.bbbbbbbb', shown: 'closed', review: 'closed' },
    { id: 'g7m2-2p7', finding: 1, fingerprint: '.', shown: '', review: '' },
  ],
  evidence: new Map([['附件/会议纪要.pdf', 'ffff']]),
  returned: new Map([['f3k9-2p7', 2]]),
  changes: {
    overdue: ['g7m2'],
    asOf: '2023-10-30',
    changes: { since: '2023-10-01', added: ['13'], done: [], closed: ['13'], returned: [], newlyOverdue: [] },
  },
};

describe('what the last sync knew', () => {
  it('comes back as it was', async () => {
    const path = join(freshFolder(), 'memory.json');
    writeFileSync(path, memoryContent(memory));
    expect(await loadMemory(path)).toEqual(memory);
  });

  it.each([
    ['', 'an empty file'],
    ['{"version":1', 'half a file'],
    ['null', 'something else'],
    ['{"version":2}', 'a later version'],
    ['[]', 'a list'],
  ])('is lost when the file holds %j (%s)', async content => {
    const path = join(freshFolder(), 'memory.json');
    writeFileSync(path, content);
    expect(await loadMemory(path)).toBe('lost');
  });

  it('is lost when the file is missing, or speaks of findings that are not there', async () => {
    const path = join(freshFolder(), 'memory.json');
    expect(await loadMemory(path)).toBe('lost');
    writeFileSync(path, memoryContent({ ...memory, findings: memory.findings.slice(0, 1) }));
    expect(await loadMemory(path)).toBe('lost');
  });

  it('takes 100,000 rows in a moment', async () => {
    const path = join(freshFolder(), 'memory.json');
    const rows = Array.from({ length: 100_000 }, (_, at) => ({
      id: `f3k9-${at.toString(27)}`,
      finding: at % 2,
      fingerprint: `aaaaaaaa.${at.toString(16).padStart(8, '0')}`,
      shown: 'in-progress',
      review: '',
    }));
    const started = performance.now();
    writeFileSync(path, memoryContent({ ...memory, rows }));
    const back = await loadMemory(path);
    expect(back === 'lost' ? [] : back.rows.at(-1)).toEqual(rows.at(-1));
    // About 0.4 s; the bound is wide because the machine is shared.
    expect(performance.now() - started).toBeLessThan(4000);
  });
});

describe('cells of the program’s sheets that a person changed', () => {
  const written: Written = {
    sheets: [{ role: 'rollup', rows: [['汇总'], ['已完成', '3']] }],
  };

  it('are remembered from run to run; damage counts as lost', async () => {
    const path = join(freshFolder(), 'own-sheets.json');
    expect(await loadWritten(path)).toBe('lost');
    writeFileSync(path, writtenContent(written));
    expect(await loadWritten(path)).toEqual(written);
    writeFileSync(path, '{"version":1,"sheets":[{"role":"rollup","rows":[[1]]}]}');
    expect(await loadWritten(path)).toBe('lost');
  });

  it('are found in its sheets: changed, cleared and added ones', () => {
    const present = [
      { role: 'rollup', rows: [['汇总', '', '我的批注'], ['', '3'], ['请领导阅']] },
      { role: 'diagnostics', rows: [['新表']] },
    ];
    expect(sheetEdits(written, present)).toEqual([
      { role: 'rollup', row: 1, col: 3, before: '', after: '我的批注' },
      { role: 'rollup', row: 2, col: 1, before: '已完成', after: '' },
      { role: 'rollup', row: 3, col: 1, before: '', after: '请领导阅' },
    ]);
    expect(sheetEdits(written, written.sheets)).toEqual([]);
    expect(sheetEdits(written, [])).toEqual([]);
  });
});
