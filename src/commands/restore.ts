import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isGoogleAddress } from '../model/address.js';
import { text } from '../model/text.js';
import { palette } from '../render/palette.js';
import { table } from '../render/table.js';
import { type Backup, backupStem, listBackups, restoreBackup } from '../stores/excel/index.js';
import type { JournalEntry } from '../sync/journal.js';
import { type Lock, takeLock } from '../sync/lock.js';
import { settle, withAftermath } from '../sync/pending.js';
import { ledgerLock, stateFailure, statePaths, stateRoot, workbookLock } from '../sync/state-folder.js';
import { type RunCommand, UseError } from './command.js';
import { shortName } from './output.js';
import { restoreService } from './restore-service.js';
import { newRun } from './run-facts.js';
import { openSession, type Session } from './session.js';

type Found = { readonly folder: string; readonly backup: Backup };

/** Lists the backups; with --to N puts one back, after keeping the present state as a backup of its own. */
export const run: RunCommand = async (given, world) => {
  const session = openSession(given, world);
  const { lang, backups: keepBackups } = session.settings;
  const found = await backupsOf(session);
  const wanted = given.text('to');
  if (wanted === undefined) {
    if (given.on('json')) {
      world.json({ schemaVersion: 1, command: 'restore', exit: 0, backups: found.map(({ backup }) => backup) });
      return 0;
    }
    if (found.length === 0) {
      world.say(
        text(`${shortName(session.source)} 还没有备份`, `there are no backups of ${shortName(session.source)} yet`)[
          lang
        ],
      );
      return 0;
    }
    const colors = palette(world.color);
    const rows = found.map(({ backup }, index) => [
      String(index + 1),
      backup.takenAt,
      `${Math.ceil(backup.size / 1024)} KB`,
      colors.dim(backup.path),
    ]);
    for (const line of table(rows, ['right', 'left', 'right', 'left'])) world.say(line);
    world.say(
      text(
        `恢复其中一份：ledger restore ${basename(session.source)} --to 1（现在的内容会先备份）`,
        `To restore one: ledger restore ${basename(session.source)} --to 1 (what is there now is backed up first)`,
      )[lang],
    );
    return 0;
  }
  const number = Number(wanted);
  const chosen = Number.isInteger(number) ? found[number - 1] : undefined;
  if (chosen === undefined)
    throw new UseError(
      text(
        `没有第“${wanted}”份备份，现有 ${found.length} 份；运行 ledger restore 看列表`,
        `There is no backup ${wanted}; there are ${found.length}. ledger restore lists them`,
      ),
    );
  if (isGoogleAddress(session.source)) return restoreService(chosen, session, given.on('json'), world);
  const paths = statePaths(session.home, basename(dirname(chosen.folder)));
  const lock = await takeLock(workbookLock(session.home, session.source), new Date());
  let inner: Lock | undefined;
  try {
    inner = await takeLock(ledgerLock(paths), new Date());
    await settle(paths);
    const restored = (kept: string): JournalEntry => ({
      kind: 'restore',
      before: kept,
      after: chosen.backup.path,
      why: text('恢复备份', 'backup restored')[lang],
    });
    let keptAs = '';
    const done = await withAftermath(
      paths,
      newRun(world.env),
      () => ({ entries: [restored(keptAs)], files: new Map() }),
      announce =>
        restoreBackup(chosen.backup.path, session.source, {
          backupDir: chosen.folder,
          keepBackups,
          announce: (coming, kept) => {
            keptAs = kept;
            return announce(coming);
          },
        }),
    );
    if (given.on('json'))
      world.json({ schemaVersion: 1, command: 'restore', exit: 0, restored: chosen.backup.path, ...done });
    world.say(
      text(
        `已恢复为 ${chosen.backup.takenAt} 的备份。${done.backup === undefined ? '' : `恢复前的文件备份在 ${done.backup}`}`,
        `Restored the backup of ${chosen.backup.takenAt}. ${done.backup === undefined ? '' : `The file as it was is in ${done.backup}`}`,
      )[lang],
    );
    return 0;
  } finally {
    await inner?.release();
    await lock.release();
  }
};

function foldersIn(root: string): string[] {
  try {
    return readdirSync(root);
  } catch (error) {
    throw stateFailure(error, root);
  }
}

/** Backups of this workbook. One that is damaged or gone cannot tell its id, so every ledger's folder is looked into by name. */
async function backupsOf(session: Session): Promise<Found[]> {
  const root = stateRoot(session.home);
  if (!existsSync(root)) return [];
  const id = await session.store.read().then(
    grid => grid.ledgerId,
    () => undefined,
  );
  const stem = isGoogleAddress(session.source) ? undefined : backupStem(session.source);
  const found: Found[] = [];
  for (const name of foldersIn(root)) {
    if (id !== undefined && name !== id) continue;
    const folder = join(root, name, 'backups');
    if (!existsSync(folder)) continue;
    const backups = await listBackups(folder).catch((error: unknown) => {
      throw stateFailure(error, folder);
    });
    for (const backup of backups) {
      if (id !== undefined || stem === undefined || basename(backup.path).startsWith(`${stem} `))
        found.push({ folder, backup });
    }
  }
  return found.sort((a, b) => (a.backup.takenAt < b.backup.takenAt ? 1 : -1));
}
