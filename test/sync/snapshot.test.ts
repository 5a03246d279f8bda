import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadSnapshot, saveSnapshot } from '../../src/sync/snapshot.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-snapshot-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('gives back what was kept, cells that were not agreed on included', async () => {
  const rows = fc.array(
    fc.tuple(
      fc.string({ minLength: 1 }),
      fc.dictionary(fc.constantFrom('finding', 'review', '__proto__', '栏'), fc.string()),
    ),
  );
  const path = join(folder, 'base.json');
  await fc.assert(
    fc.asyncProperty(rows, fc.boolean(), async (list, cutOff) => {
      const agreed = new Map(list.map(([id, cells]) => [id, new Map(Object.entries(cells))]));
      const snapshot = {
        mirror: 'google:abc',
        at: '2023-10-30T00:00:00.000Z',
        agreed,
        coming: cutOff ? agreed : undefined,
      };
      await saveSnapshot(path, snapshot);
      expect(await loadSnapshot(path)).toEqual(snapshot);
    }),
    { numRuns: 50 },
  );
});

it('a file that is missing, damaged or of another form is a lost state, not a failure', async () => {
  expect(await loadSnapshot(join(folder, 'none.json'))).toBeUndefined();
  for (const content of [
    '',
    '{"version":1',
    '{"version":2}',
    '[]',
    '{"version":1,"mirror":"x","at":"","agreed":{"columns":[1]}}',
  ]) {
    const path = join(folder, 'damaged.json');
    writeFileSync(path, content);
    expect(await loadSnapshot(path)).toBeUndefined();
  }
});
