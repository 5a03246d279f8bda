import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { World } from '../../src/commands/command.js';
import { run } from '../../src/commands/init.js';
import { freshFolder, ledger } from '../support/cli.js';

/** `ledger init` at a terminal on which somebody answers. */
async function init(folder: string, answer: string | undefined): Promise<void> {
  const world: World = {
    cwd: folder,
    env: {},
    lang: 'zh',
    terminal: answer !== undefined,
    columns: 100,
    color: false,
    say: () => undefined,
    warn: () => undefined,
    json: () => undefined,
    ask: async () => answer,
  };
  const given = { args: ['台账.xlsx'], text: () => undefined, list: () => [], on: () => false };
  expect(await run(given, world)).toBe(0);
}

const config = (folder: string) => JSON.parse(readFileSync(join(folder, 'ledger.config.json'), 'utf8'));

it('offers a shared .xlsx and asks which rows may go; the config works as it is written', async () => {
  const folder = freshFolder();
  await init(folder, 'public');
  expect(config(folder).mirror).toMatchObject({ to: '台账（审核用）.xlsx', rows: 'public' });
  expect(config(folder).mirror.columns).toContain('反馈问题');
  const ran = await ledger(folder, ['sync']);
  expect(ran.exit, ran.err).toBeLessThan(2);
  expect(existsSync(join(folder, '台账（审核用）.xlsx'))).toBe(true);
});

it.each([[''], [undefined]])('nothing is shared when nobody says so (%j)', async answer => {
  const folder = freshFolder();
  await init(folder, answer);
  expect(config(folder)).toEqual({ source: '台账.xlsx' });
});
