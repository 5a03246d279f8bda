import { randomBytes } from 'node:crypto';
import { basename, dirname } from 'node:path';
import type { Plan } from '../model/plan.js';
import { text } from '../model/text.js';
import { namesInCopy } from '../stores/excel/author-copy.js';
import { type Backup, openExcel } from '../stores/excel/index.js';
import { StoreError } from '../stores/store.js';
import type { JournalEntry } from '../sync/journal.js';
import { takeLock } from '../sync/lock.js';
import { settle, withAftermath } from '../sync/pending.js';
import { settleService } from '../sync/pending-service.js';
import { journalOf } from '../sync/plan-journal.js';
import { restoringEdits } from '../sync/restore-cells.js';
import { ledgerLock, statePaths, workbookLock } from '../sync/state-folder.js';
import type { Exit, World } from './command.js';
import { newRun } from './run-facts.js';
import type { Session } from './session.js';

/**
 * A ledger on Google is brought back to what a copy says, cell by cell in one write: notes, formats and sheets that came
 * later stay. The present state is kept as a copy first, and every value that is overwritten stands in the journal.
 */
export async function restoreService(
  { folder, backup }: { readonly folder: string; readonly backup: Backup },
  session: Session,
  json: boolean,
  world: World,
): Promise<Exit> {
  const { lang } = session.settings;
  const ledgerId = basename(dirname(folder));
  const paths = statePaths(session.home, ledgerId);
  const lock = await takeLock(workbookLock(session.home, session.source), new Date());
  const inner = await takeLock(ledgerLock(paths), new Date()).catch(async (error: unknown) => {
    await lock.release();
    throw error;
  });
  try {
    const grid = await session.store.read();
    if (grid.ledgerId !== ledgerId) throw anotherLedger();
    await settle(paths, grid.revision);
    await settleService(paths, session.source, session.store);
    const copy = await openExcel(backup.path).read();
    const { edits, missing } = restoringEdits(grid, copy, namesInCopy(grid));
    session.backupTo.folder = paths.backups;
    const token = randomBytes(6).toString('hex');
    const plan: Plan = {
      target: grid.source,
      basedOn: grid.revision,
      ledgerId,
      expects: [],
      columns: [],
      widen: [],
      edits,
      images: [],
      run: token,
      byPlace: true,
    };
    const restored: JournalEntry = {
      kind: 'restore',
      after: backup.path,
      why: text('恢复备份', 'backup restored')[lang],
    };
    const aftermath = { entries: [restored, ...journalOf(plan)], files: new Map<string, string>() };
    const done = await withAftermath(
      paths,
      newRun(world.env),
      () => aftermath,
      () => session.store.apply(plan),
      edits.length === 0 ? undefined : { write: { address: session.source, token }, early: aftermath },
    );
    const kept = done.backup;
    const still =
      edits.length === 0 ? 0 : restoringEdits(await session.store.read(), copy, namesInCopy(grid)).edits.length;
    if (json) {
      const what = {
        restored: backup.path,
        cells: edits.length,
        missing,
        ...(kept === undefined ? {} : { backup: kept }),
      };
      world.json({ schemaVersion: 1, command: 'restore', exit: still > 0 ? 4 : 0, ...what, still });
    }
    for (const note of done.notes ?? []) world.say(note[lang]);
    const before =
      kept === undefined ? text('', '') : text(`恢复前的内容备份在 ${kept}。`, ` It was, before: ${kept}.`);
    world.say(
      edits.length === 0
        ? text(
            `内容和 ${backup.takenAt} 的备份一样，没有写`,
            `It is as in the backup of ${backup.takenAt}; nothing was written`,
          )[lang]
        : text(
            `已按 ${backup.takenAt} 的备份恢复 ${edits.length} 格，批注和格式没有动。${before.zh}请再运行一次 ledger sync，系统栏和系统表会重新算好`,
            `${edits.length} cells were restored from the backup of ${backup.takenAt}; notes and formats were left alone.${before.en} Run ledger sync, which works out the program’s columns and sheets anew`,
          )[lang],
    );
    if (still > 0) {
      world.warn(
        text(
          `恢复的同时有人在改这张表，还有 ${still} 格和备份不一样。请和对方约好暂停编辑，再运行一次`,
          `Somebody was at work on the sheet meanwhile: ${still} cells still differ from the backup. Ask them to pause and run again`,
        )[lang],
      );
    }
    for (const name of missing) {
      world.warn(
        text(
          `备份里的工作表“${name}”现在没有了，程序不能新建别人的工作表；请用 Google 表格的“文件→版本记录”找回，或打开备份把它抄回去`,
          `The backup’s sheet ${name} is not there any more and the program does not make people’s sheets; use File → Version history, or copy it from the backup`,
        )[lang],
      );
    }
    return still > 0 ? 4 : 0;
  } finally {
    await inner.release();
    await lock.release();
  }
}

function anotherLedger(): StoreError {
  return new StoreError(
    3,
    'other-ledger',
    text(
      '这份备份不是这张 Google 表格的，没有恢复。请核对 source 里的网址',
      'This backup is not one of this Google Sheet; nothing was restored. Check the address in source',
    ),
  );
}
