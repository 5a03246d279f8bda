import { exec } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/commands/index.js';
import { freshFolder, ledger } from '../support/cli.js';

const folder = freshFolder();
mkdirSync(join(folder, '文件夹.xlsx'));
writeFileSync(join(folder, '空.xlsx'), '');
writeFileSync(join(folder, '表格.xlsx'), '序号,反馈问题,整改措施\n1,a,b\n');

describe('errors of use read like a person wrote them', () => {
  it.each([
    [['synk'], 2, /没有“synk”这个命令.*sync/],
    [['sync', '--asof', '2023-10-30'], 2, /没有“--asof”这个选项.*--as-of/],
    [['sync', '甲.xlsx', '乙.xlsx'], 2, /一次只处理一个文件/],
    [['sync', '不存在.xlsx'], 4, /不存在\.xlsx/],
    [['sync', '文件夹.xlsx'], 2, /文件夹/],
    [['sync', '空.xlsx'], 2, /空/],
    [['sync', '表格.xlsx'], 2, /另存为|CSV|csv/],
    [['sync', '表格.xlsx', '--as-of', '30/10'], 2, /--as-of 要写成 2023-10-30/],
    [['explain', '没有这个'], 2, /没有叫“没有这个”的提示/],
    [['clean', '表格.xlsx'], 2, /副本的文件名/],
    [['import'], 2, /还缺一项/],
    [['init', '空.xlsx'], 2, /已经存在，不会覆盖/],
    [['sync', '--lang', 'fr'], 2, /--lang 只能写 zh、en/],
  ] as const)('ledger %j', async (args, exit, sentence) => {
    const ran = await ledger(folder, args);
    expect(ran.err).toMatch(sentence);
    expect(ran.exit).toBe(exit);
    expect(ran.err).not.toMatch(/\bat .*\.js:\d+|Error:/);
    expect(ran.err.trim().split('\n').length).toBeLessThanOrEqual(2);
  });

  it('speaks English when the locale does', async () => {
    const ran = await ledger(folder, ['synk'], { LANG: 'en_US.UTF-8' });
    expect(ran.err).toContain('There is no command “synk”');
  });

  it('prints one JSON document even when it fails', async () => {
    const ran = await ledger(folder, ['check', '不存在.xlsx', '--json']);
    expect(JSON.parse(ran.out)).toMatchObject({
      schemaVersion: 1,
      exit: ran.exit,
      error: { message: expect.any(String) },
    });
  });
});

describe('help', () => {
  it('names every command on the first page and keeps developer matters off it', async () => {
    const { out, exit } = await ledger(folder, ['--help']);
    expect(exit).toBe(0);
    for (const { name } of commands) expect(out).toContain(name);
    expect(out).not.toContain('json');
    expect(out).toContain('用法：');
  });

  it.each(commands.map(({ name }) => name))('ledger %s --help', async name => {
    const { out, exit } = await ledger(folder, [name, '--help']);
    expect(exit).toBe(0);
    expect(out).toContain('--as-of');
  });
});

it('a reader that stops reading is no crash', async () => {
  const ran = await new Promise<string>(resolve => {
    exec(
      `"${process.execPath}" "${fileURLToPath(new URL('../../dist/cli.js', import.meta.url))}" explain | head -1`,
      (_, out, err) => resolve(out + err),
    );
  });
  expect(ran).not.toContain('EPIPE');
  expect(ran.trim().split('\n')).toHaveLength(1);
});
