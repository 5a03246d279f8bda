import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Given, World } from '../../src/commands/command.js';
import { journalAccess } from '../../src/commands/google-access.js';
import { openSession } from '../../src/commands/session.js';
import { readJournal } from '../../src/sync/journal.js';
import { verifyJournal } from '../../src/sync/journal-verify.js';
import { takeLock } from '../../src/sync/lock.js';
import { ledgerLock, statePaths } from '../../src/sync/state-folder.js';
import { freshFolder, ledger } from '../support/cli.js';
import { foreignLedger } from '../support/foreign.js';

it('who was given access is told once the sync that is at work is done', async () => {
  const folder = freshFolder();
  await foreignLedger(join(folder, '台账.xlsx'));
  await ledger(folder, ['sync', '台账.xlsx']);
  const given: Given = { args: ['台账.xlsx'], text: () => undefined, list: () => [], on: () => false };
  const world: World = {
    cwd: folder,
    env: { HOME: folder, LEDGER_USER: '测试' },
    lang: 'zh',
    terminal: false,
    columns: 100,
    color: false,
    say: () => undefined,
    warn: () => undefined,
    json: () => undefined,
    ask: async () => undefined,
  };
  const session = openSession(given, world);
  const { ledgerId = '' } = await session.store.read();
  const paths = statePaths(session.home, ledgerId);
  const lock = await takeLock(ledgerLock(paths), new Date());
  const shared = { address: 'google:x', settings: session.settings, session };
  const telling = journalAccess(shared, { kind: 'share', after: 'reviewer@example.org reader' }, world);
  await pause(300);
  const kinds = (): readonly string[] => [...readJournal(paths.journal)].map(line => line.kind);
  expect(kinds()).not.toContain('share');
  await lock.release();
  await telling;
  expect(kinds().at(-1)).toBe('share');
  expect(verifyJournal(paths.journal).defects).toEqual([]);
});
