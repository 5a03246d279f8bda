import { chmod, lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type FileSystem,
  listBackups,
  openExcel,
  realFileSystem,
  restoreBackup,
} from '../../src/stores/excel/index.js';
import { temporaryPath } from '../../src/stores/excel/save.js';
import { samplePlan } from '../support/excel/plans.js';
import { makeZip, workbookParts } from '../support/excel/zips.js';

const OLD = makeZip(workbookParts());
let folder = '';
let path = '';
let backupDir = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-saving-'));
  path = join(folder, '台账.xlsx');
  backupDir = join(folder, 'kept');
  await writeFile(path, OLD);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

type Step = { readonly name: keyof FileSystem; readonly path: string };

/** The disk, with something that happens before a step. Waiting takes no time. */
function watched(before: (step: Step, index: number) => void | Promise<void>): FileSystem {
  let index = 0;
  const hook = async (name: keyof FileSystem, at: string): Promise<void> => before({ name, path: at }, index++);
  return {
    ...realFileSystem,
    wait: async () => undefined,
    readFile: async at => hook('readFile', at).then(() => realFileSystem.readFile(at)),
    stat: async at => hook('stat', at).then(() => realFileSystem.stat(at)),
    realPath: async at => hook('realPath', at).then(() => realFileSystem.realPath(at)),
    list: async at => hook('list', at).then(() => realFileSystem.list(at)),
    makeFolder: async at => hook('makeFolder', at).then(() => realFileSystem.makeFolder(at)),
    writeNew: async (at, bytes, mode) => hook('writeNew', at).then(() => realFileSystem.writeNew(at, bytes, mode)),
    rename: async (from, to) => hook('rename', to).then(() => realFileSystem.rename(from, to)),
    renameNew: async (from, to) => hook('renameNew', to).then(() => realFileSystem.renameNew(from, to)),
    makeAlike: async (at, as) => hook('makeAlike', at).then(() => realFileSystem.makeAlike(at, as)),
    remove: async at => hook('remove', at).then(() => realFileSystem.remove(at)),
    flushFolder: async at => hook('flushFolder', at).then(() => realFileSystem.flushFolder(at)),
  };
}

function fault(code: string): Error {
  return Object.assign(new Error(code), { code });
}

async function sync(fileSystem: FileSystem = realFileSystem): ReturnType<ReturnType<typeof openExcel>['apply']> {
  const store = openExcel(path, { backupDir, fileSystem });
  return store.apply(samplePlan(await store.read()));
}

/** What a run that nothing disturbs makes of the workbook. */
async function wanted(): Promise<Buffer> {
  await sync();
  const bytes = await readFile(path);
  await writeFile(path, OLD);
  await rm(backupDir, { recursive: true, force: true });
  return bytes;
}

const leftovers = async (): Promise<readonly string[]> => (await readdir(folder)).filter(name => name.endsWith('.tmp'));

describe('at whatever step the run ends, the workbook is the old or the new one', () => {
  test('every file operation fails in turn', async () => {
    const whole = await wanted();
    let outcomes = 0;
    for (let failing = 0; ; failing++) {
      await writeFile(path, OLD);
      let reached = false;
      const fs = watched((_step, index) => {
        if (index !== failing) return;
        reached = true;
        throw fault('EIO');
      });
      const result = await sync(fs).then(
        () => 'done',
        (error: unknown) => error,
      );
      const now = await readFile(path);
      if (result === 'done') expect(now.equals(whole)).toBe(true);
      else {
        expect(result).toMatchObject({ name: 'StoreError', exit: 4 });
        expect(now.equals(OLD), `step ${failing}`).toBe(true);
      }
      expect(await leftovers(), `step ${failing}`).toEqual([]);
      if (!reached) break;
      outcomes += 1;
    }
    expect(outcomes).toBeGreaterThan(12);
  });

  test('the process is killed before every file operation in turn, and the next run goes on', async () => {
    const whole = await wanted();
    for (let killed = 0; ; killed++) {
      await writeFile(path, OLD);
      for (const name of await leftovers()) await rm(join(folder, name));
      let reached = false;
      let gone = (): void => undefined;
      const end = new Promise<void>(resolve => {
        gone = resolve;
      });
      // A process that is gone neither goes on nor cleans up: from that step on nothing touches the disk any more.
      const fs = watched((_step, index) => {
        if (index < killed) return undefined;
        reached = true;
        gone();
        return new Promise<void>(() => undefined);
      });
      await Promise.race([sync(fs), end]).catch(() => undefined);
      const now = await readFile(path);
      expect(now.equals(OLD) || now.equals(whole), `step ${killed}`).toBe(true);
      await sync();
      expect((await readFile(path)).equals(whole), `after step ${killed}`).toBe(true);
      if (!reached) break;
    }
  });

  test('what a killed run left beside the workbook is removed once it is old', async () => {
    const old = temporaryPath(realFileSystem, path);
    const fresh = temporaryPath(realFileSystem, path);
    // That of another workbook is evidence for its own next run (sync/pending.ts): it stays for long.
    const others = temporaryPath(realFileSystem, join(folder, '另一本.xlsx'));
    for (const one of [old, fresh, others]) await writeFile(one, 'half');
    const tomorrow = (): Date => new Date(Date.now() + 24 * 3600 * 1000);
    await sync({
      ...realFileSystem,
      now: tomorrow,
      stat: async at => ({ ...(await realFileSystem.stat(at)), ...(at === fresh ? { modified: tomorrow() } : {}) }),
    });
    expect(await leftovers()).toEqual([basename(fresh), basename(others)].sort());
  });
});

describe('what stands in the way is said', () => {
  test.each([
    ['ENOSPC', 'disk-full'],
    ['EROFS', 'read-only-folder'],
    ['EACCES', 'read-only-folder'],
    ['EIO', 'write-failed'],
  ])('%s while writing → %s', async (system, code) => {
    const fs = watched(step => {
      if (step.name === 'writeNew') throw fault(system);
    });
    await expect(sync(fs)).rejects.toMatchObject({ code, exit: 4 });
    expect((await readFile(path)).equals(OLD)).toBe(true);
    expect(await leftovers()).toEqual([]);
  });

  test.each([`~$台账.xlsx`, `.~台账.xlsx`, `.~lock.台账.xlsx#`])('%s beside it: open elsewhere', async mark => {
    await writeFile(join(folder, mark), '');
    await expect(sync()).rejects.toMatchObject({ code: 'open-elsewhere', exit: 4 });
    expect((await readFile(path)).equals(OLD)).toBe(true);
  });

  test('Excel hides the first two characters of a long name behind its mark', async () => {
    path = join(folder, '某单位整改台账.xlsx');
    await writeFile(path, OLD);
    await writeFile(join(folder, '~$位整改台账.xlsx'), '');
    await expect(sync()).rejects.toMatchObject({ code: 'open-elsewhere' });
  });

  test('a file that is busy for a moment is waited for, one that stays busy is said', async () => {
    let refusals = 0;
    await sync(
      watched(step => {
        if (step.name === 'rename' && step.path === path && refusals++ < 3) throw fault('EPERM');
      }),
    );
    expect((await readFile(path)).equals(OLD)).toBe(false);
    await writeFile(path, OLD);
    const stuck = watched(step => {
      if (step.name === 'rename' && step.path === path) throw fault('EBUSY');
    });
    await expect(sync(stuck)).rejects.toMatchObject({ code: 'open-elsewhere', exit: 4 });
    expect(await leftovers()).toEqual([]);
  });

  test('a workbook that somebody saves in between is not overwritten', async () => {
    const theirs = makeZip(workbookParts({ 'docProps/note.txt': '别人刚刚保存' }));
    const fs = watched(async step => {
      if (step.name === 'makeFolder') await writeFile(path, theirs);
    });
    await expect(sync(fs)).rejects.toMatchObject({ code: 'stale', exit: 3 });
    expect((await readFile(path)).equals(theirs)).toBe(true);
  });

  test('bytes that the disk gives back wrong never take the place of the workbook', async () => {
    let temporary = '';
    const fs: FileSystem = {
      ...realFileSystem,
      writeNew: async (at, bytes, mode) => {
        const spoiled = Buffer.from(bytes);
        if (basename(at).startsWith('.ledger-')) {
          temporary = at;
          spoiled[spoiled.length >> 1] = (spoiled[spoiled.length >> 1] ?? 0) ^ 1;
        }
        await realFileSystem.writeNew(at, spoiled, mode);
      },
    };
    await expect(sync(fs)).rejects.toMatchObject({ exit: 4 });
    expect(temporary).not.toBe('');
    expect((await readFile(path)).equals(OLD)).toBe(true);
  });

  test('a read-only workbook stays as it is', async () => {
    await chmod(path, 0o444);
    await expect(sync()).rejects.toMatchObject({ code: 'read-only' });
    expect((await readFile(path)).equals(OLD)).toBe(true);
  });
});

describe('the file around the content', () => {
  test('rights are kept, and a link stays a link', async () => {
    await chmod(path, 0o640);
    const link = join(folder, '快捷.xlsx');
    await symlink(path, link);
    const store = openExcel(link, { backupDir });
    await store.apply(samplePlan(await store.read()));
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect((await stat(path)).mode & 0o777).toBe(0o640);
    expect((await openExcel(path).read()).ledgerId).toBe('sample-ledger');
  });

  test('an empty plan writes nothing', async () => {
    const store = openExcel(path, { backupDir });
    const plan = samplePlan(await store.read());
    const time = (await stat(path)).mtimeMs;
    expect(await store.apply({ ...plan, columns: [], edits: [], images: [] })).toEqual({
      revision: plan.basedOn,
      cells: 0,
    });
    expect((await stat(path)).mtimeMs).toBe(time);
    expect(await readdir(folder)).toEqual(['台账.xlsx']);
  });

  test('a row that moved since the plan was made stops it', async () => {
    const store = openExcel(path, { backupDir });
    await sync();
    const plan = samplePlan(await store.read());
    const moved = { ...plan, expects: [{ at: { sheet: '整改台账', row: 2, col: 1 }, id: 'r9' }] };
    await expect(store.apply(moved)).rejects.toMatchObject({ code: 'stale' });
  });

  test('a copy never overwrites', async () => {
    const store = openExcel(path);
    const plan = samplePlan(await store.read());
    await expect(store.copyWith(plan, path)).rejects.toMatchObject({ code: 'already-there' });
    const out = join(folder, '核对.xlsx');
    await store.copyWith(plan, out);
    expect((await openExcel(out).read()).ledgerId).toBe('sample-ledger');
    expect((await readFile(path)).equals(OLD)).toBe(true);
  });
});

describe('backups', () => {
  test('each write keeps the state before it; restoring is itself kept', async () => {
    const applied = await sync();
    const backups = await listBackups(backupDir);
    expect(backups.map(b => b.path)).toEqual([applied.backup]);
    expect((await readFile(backups[0]?.path ?? '')).equals(OLD)).toBe(true);
    const written = await readFile(path);
    const restored = await restoreBackup(backups[0]?.path ?? '', path, { backupDir });
    expect((await readFile(path)).equals(OLD)).toBe(true);
    expect((await readFile(restored.backup ?? '')).equals(written)).toBe(true);
  });

  test('a workbook that is gone comes back', async () => {
    const { backup } = await sync();
    await rm(path);
    await restoreBackup(backup ?? '', path, { backupDir });
    expect((await readFile(path)).equals(OLD)).toBe(true);
  });

  test('a damaged backup is not restored', async () => {
    const { backup } = await sync();
    const now = await readFile(path);
    await writeFile(backup ?? '', OLD.subarray(0, 300));
    await expect(restoreBackup(backup ?? '', path, { backupDir })).rejects.toMatchObject({ code: 'truncated' });
    expect((await readFile(path)).equals(now)).toBe(true);
  });

  test('only so many are kept', async () => {
    let clock = new Date(2023, 9, 30, 9, 0, 0);
    const fileSystem: FileSystem = { ...realFileSystem, now: () => clock };
    for (let turn = 0; turn < 5; turn++) {
      clock = new Date(2023, 9, 30, 9, 0, turn);
      const store = openExcel(path, { backupDir, keepBackups: 3, fileSystem });
      await store.apply(samplePlan(await store.read(), turn));
    }
    const backups = await listBackups(backupDir);
    expect(backups.map(b => b.takenAt)).toEqual(['2023-10-30 09:00:04', '2023-10-30 09:00:03', '2023-10-30 09:00:02']);
  });
});
