import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { day } from '../../src/model/day.js';
import { toLedger } from '../../src/notice/to-ledger.js';
import { isLedger, type Ledger, readLedger } from '../../src/read/ledger.js';
import { authorWorkbook } from '../../src/stores/excel/author.js';
import { openExcel } from '../../src/stores/excel/index.js';
import { standardMapping } from '../support/workbook.js';
import { corpus } from './corpus.js';

const folder = mkdtempSync(join(tmpdir(), 'notice-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function ledgerOf(
  name: string,
): Promise<{ ledger: Ledger; read: Awaited<ReturnType<ReturnType<typeof corpus>[number]['read']>> }> {
  const notice = corpus().find(one => one.name.startsWith(name));
  if (notice === undefined) throw new Error(`no notice ${name}`);
  const parsed = await notice.read();
  const file = join(folder, `${name}.xlsx`);
  writeFileSync(file, await authorWorkbook(toLedger(parsed)));
  const asOf = day(2024, 6, 30);
  if (asOf === undefined) throw new Error('no such day');
  const ledger = readLedger(await openExcel(file).read(), { mappings: [standardMapping], asOf });
  if (!isLedger(ledger)) throw new Error('not read as a ledger');
  return { ledger, read: parsed };
}

describe('an imported notice is a ledger that says the same', () => {
  it.each(['01', '02', '04', '08', '16', '17', '18', '26', '29'])('notice %s', async name => {
    const { ledger, read } = await ledgerOf(name);
    const told = read.sections.flatMap(section => section.findings);
    expect(ledger.main.findings).toHaveLength(told.length);
    ledger.main.findings.forEach((finding, index) => {
      const from = told[index];
      expect(finding.rows.filter(row => row.data.measure !== undefined)).toHaveLength(from?.measures.length ?? -1);
      expect(new Set(finding.rows.map(row => row.data.result?.status))).toEqual(new Set([from?.status]));
    });
    expect(ledger.registers.claims.rows).toHaveLength(read.claims.length);
    expect(ledger.registers.policies.rows).toHaveLength(read.policies.length);
    expect(ledger.facts.values.feedback?.from).toBe(read.inspection.feedback);
  });

  it('works out what was due from what is still owed', async () => {
    const { ledger } = await ledgerOf('01');
    const [row] = ledger.registers.recoveries.rows;
    expect(row?.data.reference).toEqual({ kind: 'findings', numbers: [13] });
    expect([row?.data.due?.text, row?.data.recovered?.text]).toEqual(['1173.3', '670']);
  });

  it('numbers findings on where the notice starts again, so that registers can point to them', async () => {
    const { ledger } = await ledgerOf('02');
    expect(ledger.main.findings.map(finding => finding.number)).toEqual([1, 2, 3, 4, 5]);
    expect(ledger.registers.recoveries.rows.map(row => row.data.reference)).toEqual([
      { kind: 'findings', numbers: [4] },
      { kind: 'findings', numbers: [5] },
    ]);
  });

  it('keeps the line of every row and leaves out contacts', async () => {
    const { ledger, read } = await ledgerOf('04');
    expect(read.contacts).toHaveLength(1);
    for (const finding of ledger.main.findings) {
      for (const row of finding.rows) expect(Number(row.data.sourceLine)).toBeGreaterThanOrEqual(8);
    }
    expect(JSON.stringify(toLedger(read))).not.toContain('1234567');
  });
});
