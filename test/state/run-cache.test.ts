import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newLedgerId } from '../../src/sync/ids.js';
import { findRun, keepRun, type RunQuestion, sha256 } from '../../src/sync/run-cache.js';
import { statePaths } from '../../src/sync/state-folder.js';
import { freshFolders } from './support/folder.js';
import { compileScripts } from './support/processes.js';

const freshFolder = freshFolders();

type Office = Awaited<ReturnType<typeof office>>;

/** A ledger with config, mapping and evidence, one answer kept. */
async function office() {
  const home = freshFolder();
  const at = (name: string) => join(home, name);
  writeFileSync(at('台账.xlsx'), 'the workbook');
  writeFileSync(at('ledger.config.json'), '{}');
  writeFileSync(at('mapping.json'), '{}');
  mkdirSync(at('附件'));
  writeFileSync(at('附件/纪要.pdf'), 'minutes');
  const question: RunQuestion = {
    job: 'sync',
    asOf: '2023-10-30',
    program: '1.0.0',
    workbook: at('台账.xlsx'),
    config: at('ledger.config.json'),
  };
  const paths = statePaths(home, newLedgerId());
  const inputs = { files: [at('mapping.json'), at('none.xlsx')], evidence: [at('附件/纪要.pdf'), at('附件/照片.jpg')] };
  await keepRun(paths, question, inputs, '{"exit":1}');
  return { home, at, question, paths, inputs };
}

describe('the fast path', () => {
  it('gives the same answer to the same question', async () => {
    const { home, question } = await office();
    expect(findRun(home, question)).toBe('{"exit":1}');
  });

  it.each<[string, (made: Office) => Partial<RunQuestion> | undefined]>([
    ['the workbook changed', ({ at }) => void appendFileSync(at('台账.xlsx'), 'x')],
    ['the config changed', ({ at }) => void writeFileSync(at('ledger.config.json'), '{"lang":"en"}')],
    ['the mapping changed', ({ at }) => void writeFileSync(at('mapping.json'), '{"name":"x"}')],
    ['a file appeared that was not there', ({ at }) => void writeFileSync(at('none.xlsx'), '')],
    ['evidence was saved again', ({ at }) => void utimesSync(at('附件/纪要.pdf'), 1, 1)],
    ['missing evidence arrived', ({ at }) => void writeFileSync(at('附件/照片.jpg'), '')],
    ['evidence went missing', ({ at }) => void renameSync(at('附件'), at('材料'))],
    ['the next day came', () => ({ asOf: '2023-10-31' })],
    ['the program was updated', () => ({ program: '1.0.1' })],
    ['other flags were given', () => ({ job: 'sync --dry-run' })],
    ['the config is not used', () => ({ config: '' })],
    [
      'the answer was damaged',
      ({ paths }) => {
        for (const name of readdirSync(paths.folder))
          if (/^run-[0-9a-f]/.test(name)) appendFileSync(join(paths.folder, name), ' ');
        return undefined;
      },
    ],
    [
      'the index was damaged',
      ({ paths }) => void writeFileSync(paths.runCache, readFileSync(paths.runCache, 'utf8').slice(1)),
    ],
    [
      'the index holds nonsense',
      ({ paths }) => void writeFileSync(paths.runCache, '{"version":1,"entries":[{"key":"../../x"},3]}'),
    ],
  ])('does the run in full when %s', async (_, change) => {
    const made = await office();
    const asked = { ...made.question, ...change(made) };
    expect(findRun(made.home, asked)).toBeUndefined();
  });

  it('finds the answer of a renamed workbook, and its own among several ledgers', async () => {
    const { home, at, question } = await office();
    for (let other = 0; other < 3; other += 1) {
      writeFileSync(at(`${other}.xlsx`), `ledger ${other}`);
      await keepRun(
        statePaths(home, newLedgerId()),
        { ...question, workbook: at(`${other}.xlsx`) },
        { files: [], evidence: [] },
        `${other}`,
      );
    }
    renameSync(at('台账.xlsx'), at('整改台账（新）.xlsx'));
    expect(findRun(home, { ...question, workbook: at('整改台账（新）.xlsx') })).toBe('{"exit":1}');
    expect(findRun(home, { ...question, workbook: at('1.xlsx') })).toBe('1');
  });

  it('keeps a few answers and no more', async () => {
    const { home, question, paths } = await office();
    for (let job = 0; job < 9; job += 1) {
      await keepRun(paths, { ...question, job: `${job}` }, { files: [], evidence: [] }, `answer ${job}`);
    }
    expect(findRun(home, { ...question, job: '8' })).toBe('answer 8');
    expect(findRun(home, { ...question, job: '3' })).toBe('answer 3');
    expect(findRun(home, { ...question, job: '2' })).toBeUndefined();
    expect(readdirSync(paths.folder).filter(name => name.startsWith('run-'))).toHaveLength(7);
  });

  it('has nothing to say where there is no state', () => {
    const home = freshFolder();
    expect(
      findRun(home, { job: 'sync', asOf: '2023-10-30', program: '1', workbook: join(home, 'x.xlsx') }),
    ).toBeUndefined();
    expect(sha256(join(home, 'x.xlsx'))).toBeNull();
  });

  it('hashes as everybody does', () => {
    const path = join(freshFolder(), 'x');
    writeFileSync(path, Buffer.alloc(3_000_000, 7));
    const sum = execFileSync(process.execPath, [
      '-e',
      `process.stdout.write(require('crypto').createHash('sha256').update(Buffer.alloc(3000000, 7)).digest('hex'))`,
    ]);
    expect(sha256(path)).toBe(String(sum));
  });
});

describe('as a process', () => {
  let scripts: ReturnType<typeof compileScripts>;
  beforeAll(() => {
    scripts = compileScripts('find-run');
  });
  afterAll(() => scripts.remove());

  it('loads nothing but Node and its own small files', async () => {
    const { home, question } = await office();
    const output = execFileSync(process.execPath, [scripts.script('find-run'), home, JSON.stringify(question)]);
    const { answer, packages, ms } = JSON.parse(String(output));
    expect(answer).toBe('{"exit":1}');
    expect(packages).toEqual([]);
    expect(ms).toBeLessThan(150);
  });
});
