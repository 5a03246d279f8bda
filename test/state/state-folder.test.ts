import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../src/stores/store.js';
import { newLedgerId } from '../../src/sync/ids.js';
import {
  ensureStateFolder,
  ledgerLock,
  stateFailure,
  stateHome,
  statePaths,
  workbookLock,
  writeStateFile,
} from '../../src/sync/state-folder.js';
import { freshFolders } from './support/folder.js';

const freshFolder = freshFolders();

describe('where the state lies', () => {
  it('is beside the workbook, under the id of the ledger', () => {
    const home = stateHome('年度/台账.xlsx', undefined, '/office');
    expect(home).toBe(resolve('/office/年度'));
    const id = newLedgerId();
    expect(statePaths(home, id).journal).toBe(join(home, '.ledger', id, 'journal.jsonl'));
  });

  it('is beside the config for a Google Sheet', () => {
    expect(stateHome('google:abc', '/office/conf/ledger.config.json', '/elsewhere')).toBe(resolve('/office/conf'));
    expect(stateHome('https://docs.google.com/spreadsheets/d/abc/edit', undefined, '/office')).toBe(resolve('/office'));
  });

  it.each(['../../etc', '', '.', 'abc', 'con', 'bcdfghjk/..', 'BCDFGHJKM'])(
    'refuses the id %j out of a workbook',
    id => {
      expect(() => statePaths('/office', id)).toThrow(StoreError);
    },
  );

  it('has a lock for the file name and one for the ledger', () => {
    expect(workbookLock('/office', 'x/台账.xlsx')).toBe(join('/office', '.ledger', '台账.xlsx.lock'));
    expect(workbookLock('/office', 'google:a/b')).toBe(join('/office', '.ledger', 'google-a-b.lock'));
    const paths = statePaths('/office', newLedgerId());
    expect(ledgerLock(paths)).toBe(join(paths.folder, 'run.lock'));
  });
});

describe('making it', () => {
  it('creates folder and backups, and removes old half-written files only', async () => {
    const paths = statePaths(freshFolder(), newLedgerId());
    await ensureStateFolder(paths);
    writeFileSync(join(paths.folder, 'memory.json.123456'), 'old half');
    utimesSync(join(paths.folder, 'memory.json.123456'), 1, 1);
    writeFileSync(join(paths.folder, 'base.json.99'), 'being written by someone');
    writeFileSync(paths.memory, '{}');
    utimesSync(paths.memory, 1, 1);
    await ensureStateFolder(paths);
    expect(readdirSync(paths.folder).sort()).toEqual(['backups', 'base.json.99', 'memory.json']);
  });

  it('says in one sentence what stands in the way', async () => {
    const home = freshFolder();
    writeFileSync(join(home, '.ledger'), '');
    const paths = statePaths(home, newLedgerId());
    await expect(ensureStateFolder(paths)).rejects.toMatchObject({ exit: 4, code: 'state-in-the-way' });
    await expect(writeStateFile(paths.memory, 'x')).rejects.toMatchObject({ exit: 4, code: 'state-in-the-way' });
    mkdirSync(join(home, 'base.json'));
    await expect(writeStateFile(join(home, 'base.json'), 'x')).rejects.toMatchObject({ exit: 4 });
  });

  it.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EROFS', 'state-read-only'],
    ['EACCES', 'state-read-only'],
    ['EPERM', 'state-read-only'],
    ['EIO', 'state-unavailable'],
  ])('maps %s to %s, naming the place and what to do', (code, expected) => {
    const failure = stateFailure(Object.assign(new Error(code), { code }), '/office/.ledger');
    expect(failure).toMatchObject({ exit: 4, code: expected });
    expect(failure.text.zh).toContain('/office/.ledger');
    expect(failure.text.zh).toMatch(/请.+。$/);
  });
});
