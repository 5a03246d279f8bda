import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cellAt } from '../../../src/model/grid.js';
import { openExcel } from '../../../src/stores/excel/index.js';
import { readJournal } from '../../../src/sync/journal.js';
import { verifyJournal } from '../../../src/sync/journal-verify.js';
import { foreignLedger } from '../../support/foreign.js';

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
const preload = fileURLToPath(new URL('disturb.mjs', import.meta.url));
const otherMachine = fileURLToPath(new URL('other-machine.mjs', import.meta.url));
const BOOK = '台账.xlsx';

export type Ended = {
  readonly exit: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly err: string;
};

/**
 * A ledger that was synced once and then changed by the office, so that the next sync has something to write; and what that
 * sync makes of the workbook. Every trial starts from a copy of this.
 */
export class HalfDone {
  private constructor(
    private readonly root: string,
    private readonly start: string,
    readonly old: string,
    readonly done: string,
    /** Changes to the disk of one sync, see disturb.mjs. */
    readonly moments: number,
    /** Milliseconds that one sync takes here. */
    readonly takes: number,
    /** What an undisturbed sync leaves in the state, see `account`. */
    private readonly told: Account,
  ) {}

  /** @param config a `ledger.config.json` beside the workbook */
  static async make(config?: object): Promise<HalfDone> {
    const root = mkdtempSync(join(tmpdir(), 'ledger-killed-'));
    const start = join(root, 'start');
    mkdirSync(start);
    await foreignLedger(join(start, BOOK));
    if (config !== undefined) writeFileSync(join(start, 'ledger.config.json'), JSON.stringify(config));
    const first = await sync(start, {}, { asOf: '2023-10-10' });
    if (first.exit === null || first.exit > 1) throw new Error(first.err);
    await finishSecondFinding(join(start, BOOK));
    const whole = join(root, 'whole');
    cpSync(start, whole, { recursive: true });
    const count = join(root, 'moments');
    const began = performance.now();
    await sync(whole, { LEDGER_DISTURB_COUNT: count });
    const takes = performance.now() - began;
    const moments = Number(readFileSync(count, 'utf8'));
    return new HalfDone(root, start, revision(start), revision(whole), moments, takes, account(whole));
  }

  /** A folder with a copy of the state before the sync; `within` another file system, say. */
  trial(name: string, within = this.root): string {
    const folder = join(within, name);
    cpSync(this.start, folder, { recursive: true });
    return folder;
  }

  /** What a trial left: the workbook and everything about it that is not as it should be. */
  judge(folder: string): { readonly book: 'old' | 'new' | 'a third'; readonly faults: readonly string[] } {
    const now = revision(folder);
    const book = now === this.old ? 'old' : now === this.done ? 'new' : 'a third';
    const faults: string[] = [];
    for (const journal of stateFiles(folder, 'journal.jsonl')) {
      for (const defect of verifyJournal(journal).defects) faults.push(`journal: ${defect.message.en}`);
    }
    for (const name of ['memory.json', 'own-sheets.json']) {
      for (const path of stateFiles(folder, name)) if (!isJson(path)) faults.push(`${name} is torn`);
    }
    return { book, faults };
  }

  /** Where the state differs from what an undisturbed sync leaves: journal, memory, and nothing that still waits. */
  untold(folder: string): readonly string[] {
    const now = account(folder);
    const wrong = Object.keys(this.told).filter(key => now[key] !== this.told[key]);
    return [...wrong, ...Object.keys(now).filter(key => !(key in this.told))].map(
      key => `${key} is not what an undisturbed sync leaves: ${firstDifference(this.told[key], now[key])}`,
    );
  }

  /** A trial that is over: its folder goes. */
  forget(folder: string): void {
    rmSync(folder, { recursive: true, force: true });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** By file: what it says, but for what every run has anew (its id, the instant, and the hashes that follow from them). */
type Account = Readonly<Record<string, string>>;

function account(folder: string): Account {
  const [journal = ''] = stateFiles(folder, 'journal.jsonl');
  const [memory = ''] = stateFiles(folder, 'memory.json');
  const [ownSheets = ''] = stateFiles(folder, 'own-sheets.json');
  const timeless = (key: string, value: unknown): unknown => (/^(?:at|run|prev|hash)$/.test(key) ? '' : value);
  const waiting = readdirSync(dirname(journal)).filter(name => /^pending|\.next$/.test(name));
  return {
    'journal.jsonl': [...readJournal(journal)].map(line => JSON.stringify(line, timeless)).join('\n'),
    'memory.json': JSON.stringify(JSON.parse(readFileSync(memory, 'utf8')), timeless),
    // Blanks at the end of a row may be written out or left out.
    'own-sheets.json': readFileSync(ownSheets, 'utf8').replaceAll(/(?:,?"")+\]/g, ']'),
    'what waits': waiting.join(' '),
  };
}

function firstDifference(right = '', now = ''): string {
  let at = 0;
  while (at < right.length && right[at] === now[at]) at += 1;
  return `“${right.slice(at, at + 200)}” / “${now.slice(at, at + 200)}”`;
}

type Options = {
  /** Milliseconds after which it gets SIGKILL. */
  readonly killAfter?: number | undefined;
  readonly asOf?: string;
};

/** One sync as a process of its own. */
export function sync(
  folder: string,
  env: Readonly<Record<string, string>> = {},
  { killAfter, asOf = '2023-10-20' }: Options = {},
): Promise<Ended> {
  return command(folder, ['sync', BOOK, '--as-of', asOf, '--quiet'], env, killAfter);
}

/** Any command, disturbed or not. */
export function command(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  killAfter?: number,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', otherMachine, '--import', preload, cli, ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', HOME: folder, LANG: 'C.UTF-8', LEDGER_USER: '测试', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter);
    let out = '';
    child.stdout.setEncoding('utf8').on('data', chunk => {
      out += chunk;
    });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', chunk => {
      err += chunk;
    });
    child.on('error', reject);
    child.on('close', (exit, signal) => {
      clearTimeout(timer);
      resolve({ exit, signal, out, err });
    });
  });
}

function revision(folder: string): string {
  return createHash('sha256')
    .update(readFileSync(join(folder, BOOK)))
    .digest('hex');
}

function stateFiles(folder: string, name: string): string[] {
  const root = join(folder, '.ledger');
  if (!existsSync(root) || !statSync(root).isDirectory()) return [];
  return readdirSync(root)
    .map(id => join(root, id, name))
    .filter(path => existsSync(path));
}

function isJson(path: string): boolean {
  try {
    JSON.parse(readFileSync(path, 'utf8'));
    return true;
  } catch {
    return false;
  }
}

/** Where the one ledger of a folder has its state. */
export function stateOf(folder: string): string {
  const [journal] = stateFiles(folder, 'journal.jsonl');
  if (journal === undefined) throw new Error(`${folder} has no state`);
  return dirname(journal);
}

/** The office finishes finding 2: its result and what was recovered. */
async function finishSecondFinding(path: string): Promise<void> {
  const store = openExcel(path, { backupDir: join(path, '..', '..', 'office') });
  const grid = await store.read();
  const sheet = grid.sheets[0];
  if (sheet === undefined || grid.ledgerId === undefined) throw new Error('the first sync wrote nothing');
  const typed = [
    { row: 6, col: 9, after: { kind: 'text', text: '已完成' } },
    { row: 6, col: 11, after: { kind: 'number', text: '12.5' } },
  ] as const;
  await store.apply({
    target: grid.source,
    basedOn: grid.revision,
    ledgerId: grid.ledgerId,
    expects: [],
    columns: [],
    widen: [],
    images: [],
    edits: typed.map(({ row, col, after }) => ({
      at: { sheet: sheet.name, row, col },
      header: '',
      column: '',
      row: '',
      before: cellAt(sheet, row, col)?.text ?? '',
      after,
      why: '',
    })),
  });
}
