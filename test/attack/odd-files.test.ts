import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openExcel } from '../../src/stores/excel/index.js';
import { WORKBOOKS } from '../support/excel/packages.js';
import { makeZip, NAMESPACES, workbookParts } from '../support/excel/zips.js';
import { type Measured, run, runAs } from './support/measured.js';

/* Files, links and names that a file system holds beside plain workbooks, as whole processes. */

const root = mkdtempSync(join(tmpdir(), 'ledger-odd-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const LEDGER = readFileSync(new URL('openpyxl-merged.xlsx', WORKBOOKS));
const MIB = 400;

let folders = 0;
function freshFolder(): string {
  folders += 1;
  const folder = join(root, String(folders));
  mkdirSync(folder);
  return folder;
}
function folderWith(name: string, bytes: Buffer = LEDGER): string {
  const folder = freshFolder();
  writeFileSync(join(folder, name), bytes);
  return folder;
}

function expectRefused(ended: Measured, exit: number, says: RegExp): void {
  expect(ended).toMatchObject({ exit, out: '' });
  expect(ended.err.trim()).toMatch(says);
  expect(ended.err.trim().split('\n')).toHaveLength(1);
  expect(ended.err).not.toMatch(/^\s+at |没有料到|undefined|\[object/mu);
}
const expectWritten = (ended: Measured): void => {
  expect(ended.err).toBe('');
  expect([0, 1]).toContain(ended.exit);
};

describe.runIf(process.platform !== 'win32')('no ordinary file', () => {
  test.each(['sync', 'check', 'status', 'log', 'map', 'clean'])(
    '%s of a device that never ends, of a pipe that nobody fills',
    async command => {
      const folder = freshFolder();
      spawnSync('mkfifo', [join(folder, '管道.xlsx')]);
      const more = command === 'clean' ? ['-o', '副本.xlsx'] : [];
      for (const name of ['/dev/zero', '管道.xlsx']) {
        const ended = await run(folder, command, name, ...more);
        expectRefused(ended, 2, /不是普通文件.*请指定/u);
        expect(ended.mib).toBeLessThan(MIB);
      }
      expect(readdirSync(folder)).toEqual(['管道.xlsx']);
    },
  );

  test.each(['lint', 'import'])('%s of a device that never ends, of a pipe that nobody fills', async command => {
    const folder = freshFolder();
    spawnSync('mkfifo', [join(folder, '管道.txt')]);
    const more = command === 'import' ? ['-o', '台账.xlsx'] : [];
    for (const name of ['/dev/zero', '管道.txt'])
      expectRefused(await run(folder, command, name, ...more), 2, /不是普通文件.*请写明/u);
    expect(readdirSync(folder)).toEqual(['管道.txt']);
  });

  test('links: to a folder, to nothing, to themselves', async () => {
    const folder = freshFolder();
    symlinkSync('.', join(folder, '文件夹.xlsx'));
    symlinkSync('不在.xlsx', join(folder, '断了.xlsx'));
    symlinkSync('自己.xlsx', join(folder, '自己.xlsx'));
    expectRefused(await run(folder, 'sync', '文件夹.xlsx'), 2, /是一个文件夹/u);
    expectRefused(await run(folder, 'sync', '断了.xlsx'), 4, /找不到/u);
    expectRefused(await run(folder, 'sync', '自己.xlsx'), 4, /找不到/u);
    expect(existsSync(join(folder, '.ledger'))).toBe(false);
  });

  test('a file that may not be read', async () => {
    const folder = folderWith('台账.xlsx');
    chmodSync(join(folder, '台账.xlsx'), 0);
    // The administrator may read everything, unless that right is laid down first.
    const ordinary =
      process.getuid?.() === 0
        ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search', process.execPath]
        : [process.execPath];
    expectRefused(await runAs(ordinary, folder, 'sync', '台账.xlsx'), 4, /没有权限读取.*管理员/u);
  });
});

describe('the wrong kind of file', () => {
  const stream = (name: string): Buffer =>
    Buffer.concat([
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      Buffer.alloc(1016),
      Buffer.from(name, 'utf16le'),
      Buffer.alloc(512),
    ]);
  test.each([
    [
      'a binary workbook',
      makeZip(
        workbookParts({
          '_rels/.rels': `<Relationships xmlns="${NAMESPACES.package}/relationships"><Relationship Id="rId1" Type="${NAMESPACES.relationships}/officeDocument" Target="xl/workbook.bin"/></Relationships>`,
          '[Content_Types].xml': `<Types xmlns="${NAMESPACES.package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>`,
          'xl/workbook.bin': Buffer.from([0x83, 0x01, 0x00]),
        }),
      ),
      2,
      /xlsb.*另存为/u,
    ],
    [
      'an OpenDocument spreadsheet',
      makeZip([{ name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet', stored: true }]),
      2,
      /\.ods.*另存为/u,
    ],
    ['an .et of WPS, with or without a password', stream('Workbook'), 2, /\.et.*另存为/u],
    ['nothing but 0xFF', Buffer.alloc(4096, 0xff), 2, /不是 Excel 工作簿/u],
    ['nothing but zeros', Buffer.alloc(4096), 4, /不完整/u],
  ] as const)('%s', async (_title, bytes, exit, says) => {
    const folder = folderWith('台账.xlsx', bytes);
    expectRefused(await run(folder, 'sync', '台账.xlsx'), exit, says);
    expect(readdirSync(folder)).toEqual(['台账.xlsx']);
  });

  test('300 MB of nothing, and 5 GB', async () => {
    const folder = folderWith('台账.xlsx', Buffer.alloc(0));
    truncateSync(join(folder, '台账.xlsx'), 300_000_000);
    const large = await run(folder, 'sync', '台账.xlsx');
    expectRefused(large, 4, /不完整/u);
    expect(large.mib).toBeLessThan(600);
    truncateSync(join(folder, '台账.xlsx'), 5_000_000_000);
    const huge = await run(folder, 'sync', '台账.xlsx');
    expectRefused(huge, 4, /大得不合常理.*512 MB/u);
    expect(huge.mib).toBeLessThan(MIB);
  });
});

test('a mistyped path makes no folder, and what is no ledger leaves nothing beside it', async () => {
  const folder = folderWith(
    '通讯录.xlsx',
    makeZip(
      workbookParts({ 'xl/worksheets/sheet1.xml': `<worksheet xmlns="${NAMESPACES.main}"><sheetData/></worksheet>` }),
    ),
  );
  expectRefused(await run(folder, 'sync', join('没有', '台账.xlsx')), 4, /找不到/u);
  expectRefused(await run(folder, 'sync', '台账.xlsx'), 4, /找不到/u);
  expectRefused(await run(folder, 'sync', '通讯录.xlsx'), 2, /不像整改台账/u);
  writeFileSync(join(folder, '只读.xlsx'), LEDGER, { mode: 0o444 });
  expectRefused(await run(folder, 'sync', '只读.xlsx', '--quiet'), 4, /只读/u);
  expect(readdirSync(folder).sort()).toEqual(['只读.xlsx', '通讯录.xlsx']);
});

const unusual = [
  '有 空格 的.xlsx',
  '😀𠮷.xlsx',
  '-o.xlsx',
  '换\n行.xlsx',
  "单'引号$HOME`x`.xlsx",
  '.点开头.xlsx',
  // As long as a name can be: its backups and locks must do with less.
  `${'台'.repeat(83)}.xlsx`,
];
describe.runIf(process.platform !== 'win32')('names', () => {
  test.each(unusual)('%j: synced, told, backed up and restored', async name => {
    const folder = folderWith(name);
    const path = join(folder, name);
    expectWritten(await run(folder, 'sync', path, '--as-of', '2023-10-20'));
    const written = readFileSync(path);
    expectWritten(await run(folder, 'log', path, '--verify'));
    expectWritten(await run(folder, 'restore', path, '--to', '1'));
    expect(readFileSync(path).equals(LEDGER)).toBe(true);
    // The workbook is damaged: its backups are found by its name.
    writeFileSync(path, written.subarray(0, 100));
    const listed = await run(folder, 'restore', path, '--json');
    expect(JSON.parse(listed.out).backups).toHaveLength(2);
    expect(readdirSync(folder).sort()).toEqual(['.ledger', name].sort());
  });

  test('a name that is too long for the system', async () => {
    const folder = freshFolder();
    expectRefused(await run(folder, 'sync', `${'台'.repeat(200)}.xlsx`), 4, /太长.*改短/u);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe.runIf(process.platform !== 'win32')('what a save keeps', () => {
  test('a link stays a link; what it leads to is written, and its state lies with it, by whatever name it is called', async () => {
    const folder = freshFolder();
    mkdirSync(join(folder, '共享盘'));
    mkdirSync(join(folder, '桌面'));
    const real = join(folder, '共享盘', '台账.xlsx');
    const link = join(folder, '桌面', '快捷方式.xlsx');
    writeFileSync(real, LEDGER);
    symlinkSync(real, link);
    expectWritten(await run(folder, 'sync', link));
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(real).equals(LEDGER)).toBe(false);
    expect(readdirSync(join(folder, '桌面'))).toEqual(['快捷方式.xlsx']);
    const again = await run(folder, 'sync', real);
    expect(again.out).toMatch(/已经是最新的/u);
    expectWritten(await run(folder, 'restore', link, '--to', '1'));
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(real).equals(LEDGER)).toBe(true);
  });

  test('two names of one file (hard links): the other one keeps the old state, whole', async () => {
    const folder = folderWith('台账.xlsx');
    linkSync(join(folder, '台账.xlsx'), join(folder, '快照.xlsx'));
    expectWritten(await run(folder, 'sync', '台账.xlsx'));
    expect(readFileSync(join(folder, '快照.xlsx')).equals(LEDGER)).toBe(true);
    expect((await openExcel(join(folder, '台账.xlsx')).read()).ledgerId).toBeDefined();
  });

  test.each([0o600, 0o640, 0o664, 0o200 | 0o444])('rights %o', async mode => {
    const folder = folderWith('台账.xlsx');
    chmodSync(join(folder, '台账.xlsx'), mode);
    expectWritten(await run(folder, 'sync', '台账.xlsx'));
    expect(statSync(join(folder, '台账.xlsx')).mode & 0o777).toBe(mode);
  });
});
