import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { freshFolder, type Ran, ledger as run } from '../support/cli.js';
import { foreignLedger } from '../support/foreign.js';

/* How the ledger stood after each sync, as whole processes see it: from the journal, whatever else of the state is lost. */

const BOOK = '台账.xlsx';
const DAYS = ['2023-10-10', '2023-10-20', '2023-10-30'];
let folder: string;
const sync = (asOf: string) => run(folder, ['sync', BOOK, '--as-of', asOf, '--quiet']);
const status = () => run(folder, ['status', BOOK, '--as-of', '2023-10-30']);
const state = (name: string) => {
  const [id = ''] = readdirSync(join(folder, '.ledger')).filter(
    one =>
      statSync(join(folder, '.ledger', one)).isDirectory() &&
      readdirSync(join(folder, '.ledger', one)).includes('memory.json'),
  );
  return join(folder, '.ledger', id, name);
};
const dated = ({ out }: Ran) => out.split('\n').flatMap(line => /^ {2}(\d{4}-\d\d-\d\d) /u.exec(line)?.[1] ?? []);

beforeAll(async () => {
  folder = freshFolder();
  await foreignLedger(join(folder, BOOK));
  for (const day of DAYS) expect((await sync(day)).exit).toBeLessThan(2);
});

describe('the trend', () => {
  it('has a line for each sync that changed something', async () => {
    expect(dated(await status())).toEqual(DAYS);
    const kept = readFileSync(state('journal.jsonl'), 'utf8')
      .split('\n')
      .filter(line => line.includes('"kind":"trend"'));
    expect(kept).toHaveLength(DAYS.length);
  });

  it('is not written by a sync that finds nothing to do, asked again or not', async () => {
    const before = readFileSync(state('journal.jsonl'));
    await sync('2023-10-30');
    rmSync(state('run-cache.json'), { force: true });
    await sync('2023-10-30');
    expect(readFileSync(state('journal.jsonl')).equals(before)).toBe(true);
  });

  it('is told by the log in words', async () => {
    const { out } = await run(folder, ['log', BOOK]);
    expect(out).toMatch(/截至2023-10-20：已完成\d+\/\d+，.*必须改 \d+/u);
    expect(out).not.toContain('byStatus');
  });

  it('survives the loss of everything but the journal', async () => {
    for (const name of ['memory.json', 'own-sheets.json', 'run-cache.json']) rmSync(state(name), { force: true });
    expect(dated(await status())).toEqual(DAYS);
    const { exit } = await run(folder, ['report', BOOK, '-o', '报告.html', '--as-of', '2023-10-30']);
    expect(exit).toBeLessThan(2);
    const page = readFileSync(join(folder, '报告.html'), 'utf8');
    for (const day of DAYS) expect(page).toContain(`>${day}<`);
  });

  it('is short, with a sentence and without a crash, where the journal is damaged', async () => {
    const path = readdirSync(join(folder, '.ledger'))
      .map(id => join(folder, '.ledger', id, 'journal.jsonl'))
      .find(one => statSync(one, { throwIfNoEntry: false })?.isFile() === true);
    if (path === undefined) throw new Error('no journal');
    const whole = readFileSync(path, 'utf8');
    const lines = whole.split('\n');
    const first = lines.findIndex(line => line.includes('"kind":"trend"'));
    for (const damaged of [
      '',
      '\0'.repeat(4096),
      whole.slice(0, whole.length / 2),
      lines.slice(first + 1).join('\n'),
    ]) {
      writeFileSync(path, damaged);
      const page = await status();
      expect(page.err).toBe('');
      expect(page.exit).toBeLessThan(2);
      expect(dated(page).length).toBeLessThan(DAYS.length);
      expect(page.out).toMatch(/修改记录(?:有缺损|不见了)/u);
      const json: unknown = JSON.parse((await run(folder, ['status', BOOK, '--json'])).out);
      expect(json).toMatchObject({ trendGap: expect.stringContaining('修改记录') });
      expect((await run(folder, ['report', BOOK, '-o', '报告.html'])).exit).toBeLessThan(2);
      expect(readFileSync(join(folder, '报告.html'), 'utf8')).toMatch(/修改记录(?:有缺损|不见了)/u);
    }
    writeFileSync(path, whole);
  });
});
