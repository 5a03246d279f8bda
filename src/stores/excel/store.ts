import { dirname, join } from 'node:path';
import { cellAt, type Grid } from '../../model/grid.js';
import { isEmptyPlan, type Plan } from '../../model/plan.js';
import type { Announce, Applied, Store } from '../store.js';
import { KEEP_BACKUPS, takeBackup, writeNewFile } from './backup.js';
import { MAX_CELL_TEXT } from './cell-text.js';
import { cleanWorkbook } from './clean.js';
import { type FileFacts, type FileSystem, MAX_FILE, realFileSystem } from './file-system.js';
import { type Built, buildPlan } from './plan-build.js';
import { refuse, stale } from './refusals.js';
import { readFault, replaceFile, requireClosed, writeFault } from './save.js';
import { verifyPackage, verifyParts } from './verify.js';
import { readWorkbook, revisionOf, type Workbook } from './workbook.js';
import { writeZip } from './zip-write.js';

export interface ExcelStore extends Store {
  read(): Promise<Grid>;
  apply(plan: Plan, announce?: Announce): Promise<Applied>;
  /** The run that wrote last, where runs leave their names: as it was read, or the one that has written since. */
  readonly lastRun: string | undefined;
  /** Writes the workbook with the plan done to a new file; this one stays as it is. Never overwrites. */
  copyWith(plan: Plan, out: string): Promise<void>;
  /** Writes the workbook without the program's sheets, columns and markers to a new file. Never overwrites. */
  copyWithoutOurs(out: string): Promise<void>;
}

export type ExcelOptions = {
  /** Where copies of former states go; by default `.ledger/<ledger id>/backups` beside the workbook. */
  readonly backupDir?: string;
  readonly keepBackups?: number;
  readonly fileSystem?: FileSystem;
};

/** What can be read to its end, and held in memory. */
function requireOrdinary({ isFolder, isFile, size }: FileFacts, path: string): void {
  if (isFolder) throw refuse('folder', path);
  if (!isFile) throw refuse('not-a-file', path);
  if (size > MAX_FILE) throw refuse('too-large', path);
}

/**
 * Before anything is made beside it.
 * @throws StoreError when there is no file of that name, or none that can be a workbook
 */
export async function requireWorkbookFile(path: string, fs: FileSystem = realFileSystem): Promise<void> {
  try {
    requireOrdinary(await fs.stat(path), path);
  } catch (error) {
    throw readFault(error, path);
  }
}

/** A workbook file as a store. Nothing is read before the first call. */
export function openExcel(path: string, options: ExcelOptions = {}): ExcelStore {
  const fs = options.fileSystem ?? realFileSystem;
  const keep = options.keepBackups ?? KEEP_BACKUPS;
  let last: Workbook | undefined;
  let lastRun: string | undefined;

  const load = async (): Promise<{ bytes: Buffer; target: string; workbook: () => Promise<Workbook> }> => {
    try {
      const target = await fs.realPath(path);
      requireOrdinary(await fs.stat(target), path);
      const bytes = await fs.readFile(target);
      const workbook = async (): Promise<Workbook> => {
        if (last === undefined || last.revision !== revisionOf(bytes)) last = await readWorkbook(bytes, path);
        return last;
      };
      return { bytes, target, workbook };
    } catch (error) {
      throw readFault(error, path);
    }
  };

  const build = async (
    plan: Plan,
    bytes: Buffer,
    workbook: () => Promise<Workbook>,
  ): Promise<{ before: Workbook; built: Built; after: Buffer }> => {
    if (revisionOf(bytes) !== plan.basedOn) throw stale(path);
    const before = await workbook();
    requireRows(before.grid, plan, path);
    const built = buildPlan(before, plan);
    const after = await packed(before, built, bytes);
    return { before, built, after };
  };

  const write = async (plan: Plan, announce: Announce | undefined): Promise<Applied> => {
    const { bytes, target, workbook } = await load();
    if (isEmptyPlan(plan)) {
      if (revisionOf(bytes) !== plan.basedOn) throw stale(path);
      return { revision: plan.basedOn, cells: 0 };
    }
    await requireClosed(fs, target);
    const { mode } = await fs.stat(target);
    const { before, built, after } = await build(plan, bytes, workbook);
    if (nothingChanges(built)) return { revision: before.revision, cells: 0 };
    // Linux would let a read-only file be replaced; whoever set the attribute meant it.
    if ((mode & 0o200) === 0) throw refuse('read-only', path);
    const folder = options.backupDir ?? join(dirname(target), '.ledger', plan.ledgerId, 'backups');
    const revision = revisionOf(after);
    let backup: string | undefined;
    await replaceFile(fs, {
      target,
      bytes: after,
      mode,
      revision: before.revision,
      verify: written => verifyPackage(written, before, built),
      beforeReplacing: async temporary => {
        backup = await takeBackup(bytes, target, folder, keep, fs);
        await announce?.({ file: target, temporary, from: before.revision, to: revision });
      },
    });
    last = undefined;
    lastRun = plan.run ?? lastRun;
    return { revision, cells: built.cells, ...(backup === undefined ? {} : { backup }) };
  };

  return {
    address: path,
    longestText: MAX_CELL_TEXT,
    get lastRun() {
      return lastRun;
    },
    read: async () => {
      const { grid } = await (await load()).workbook();
      lastRun = grid.lastRun;
      return grid;
    },
    apply: async (plan, announce) => {
      try {
        return await write(plan, announce);
      } catch (error) {
        throw writeFault(error, path);
      }
    },
    copyWith: async (plan, out) => {
      const { bytes, workbook } = await load();
      const { before, built, after } = await build(plan, bytes, workbook);
      if (!nothingChanges(built)) await verifyPackage(after, before, built);
      await writeNewFile(fs, out, after);
    },
    copyWithoutOurs: async out => {
      const { bytes, workbook } = await load();
      const before = await workbook();
      const built = cleanWorkbook(before);
      const after = await packed(before, built, bytes);
      await verifyPackage(after, before, built);
      await writeNewFile(fs, out, after);
    },
  };
}

/** The new file; its parts are checked while they are being compressed. */
async function packed(before: Workbook, built: Built, bytes: Buffer): Promise<Buffer> {
  if (nothingChanges(built)) return bytes;
  const writing = writeZip(before.pack.zip, { set: built.parts, remove: built.removed });
  // A failed check must not leave a rejection of the other behind that nobody hears.
  writing.catch(() => undefined);
  verifyParts(before, built);
  return writing;
}

function nothingChanges(built: Built): boolean {
  return built.parts.size === 0 && built.removed.size === 0;
}

/** The rows that the plan speaks of must still stand where they stood. */
function requireRows(grid: Grid, plan: Plan, path: string): void {
  const sheets = new Map(grid.sheets.map(sheet => [sheet.name, sheet]));
  for (const { at, id } of plan.expects) {
    const sheet = sheets.get(at.sheet);
    if (sheet === undefined || cellAt(sheet, at.row, at.col)?.text !== id) throw stale(path);
  }
}
