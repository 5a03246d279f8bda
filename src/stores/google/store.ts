import { randomBytes } from 'node:crypto';
import type { Grid } from '../../model/grid.js';
import { isEmptyPlan, type Plan } from '../../model/plan.js';
import type { Text } from '../../model/text.js';
import type { Admitted } from '../dress.js';
import { expectedRowsStand } from '../expected-rows.js';
import { type Applied, type Calls, type Store, StoreError } from '../store.js';
import { sheetUrl } from './address.js';
import { type Answer, answerFor, revisionAfter } from './after-write.js';
import { type Client, connect, type GoogleOptions } from './client.js';
import { strangerText } from './doctor.js';
import { type Dress, dressBlocks, type Lack, undressed, unmergeBlocks } from './dress.js';
import { type Block, planBlocks } from './requests.js';
import { accessOf, openToMany, unexpectedAccess } from './sharing.js';
import { Intent, repairBlock } from './slip.js';
import type { Spreadsheet } from './spreadsheet.js';
import { LONGEST_TEXT } from './values.js';
import { type AfterWrite, readSpreadsheet, staleError, writeBlocks } from './write.js';

export type StoreOptions = GoogleOptions & {
  /** Makes a local copy of what was read, before each write; gives the path of the copy. */
  readonly backup?: (grid: Grid) => Promise<string>;
};

export type GoogleApplied = Applied & {
  /** What happened on the sheet while we wrote: rows that moved and were set right. */
  readonly notes: readonly Text[];
};

/** A Google Sheet behind the common port; what only a shared sheet has (protection, drop-downs, chart) is its dress. */
export interface GoogleStore extends Store {
  readonly url: string;
  /** E-mail of the account that the program works with, as far as it is known. */
  readonly account: string | undefined;
  readonly calls: Calls;
  apply(plan: Plan): Promise<GoogleApplied>;
  /**
   * Who can open the sheet and should not: neither its owner, nor the program, nor listed; without a list, only links and
   * organisation-wide grants. One call to Drive.
   */
  strangers(listed: Admitted | undefined): Promise<readonly { readonly what: Text; readonly remedy: Text }[]>;
  /** The run that wrote last: as it was read, or the one that has written since. */
  readonly lastRun: string | undefined;
  /** What the sheet, as last read, lacks of its dress: one line each, none when all is right. */
  missing(dress: Dress): readonly Lack[];
  /** The plan and whatever is missing of the dress, in one atomic batch. Nothing is called when nothing is to be done. */
  applyDressed(plan: Plan, dress: Dress, run?: string): Promise<Pick<GoogleApplied, 'notes' | 'backup'>>;
}

/** Rows may move again while they are being set right; after so many rounds somebody has to let go of the sheet. */
const ROUNDS = 3;

/**
 * A Google Sheet as a store. `google:<id>`, or its URL.
 * One read a run; a write is one atomic batch that starts from what was read last. The service knows no revision of
 * its own: another run is told by the token that every write leaves (compare-and-swap), a person by what the answer
 * of the write shows, and whatever landed beside its row is set right at once.
 * @throws StoreError as `connect`.
 */
export async function openGoogle(address: string, options: StoreOptions): Promise<GoogleStore> {
  const client = await connect(address, options, 'sync');
  let last: Spreadsheet | undefined;
  let lastRun: string | undefined;
  let runs: ReadonlySet<string> = new Set();

  const current = async (plan: Plan): Promise<Spreadsheet> => {
    const book = last?.grid.revision === plan.basedOn ? last : await readSpreadsheet(client);
    last = book;
    if (book.grid.revision !== plan.basedOn || !expectedRowsStand(book.grid, plan)) throw staleError();
    if (book.grid.ledgerId !== undefined && book.grid.ledgerId !== plan.ledgerId) throw otherLedger();
    return book;
  };

  const write = async (plan: Plan, book: Spreadsheet, blocks: Block[], run: string): Promise<Written> => {
    const backup = await options.backup?.(book.grid);
    // Whatever happens from here on, what was read before says nothing any more.
    last = undefined;
    const intent = new Intent(plan, book);
    const answer: Answer = plan.byPlace === true ? { kind: 'none' } : answerFor(plan, book, intent.seenBy());
    const after = await writeBlocks(client, blocks, book, plan.ledgerId, run, answer);
    lastRun = run;
    const settled = await settle(client, plan, intent, after, run);
    return { ...settled, ...(backup === undefined ? {} : { backup }) };
  };

  return {
    address: `google:${client.id}`,
    longestText: LONGEST_TEXT,
    url: sheetUrl(client.id),
    account: client.account,
    calls: client.caller.count,
    get lastRun() {
      return lastRun;
    },
    async read() {
      last = await readSpreadsheet(client);
      lastRun = last.tokens.at(-1)?.run;
      runs = new Set(last.tokens.map(token => token.run));
      return last.grid;
    },
    async apply(plan) {
      const book = await current(plan);
      if (isEmptyPlan(plan)) return { revision: book.grid.revision, cells: 0, notes: [] };
      const { after, notes, backup } = await write(plan, book, planBlocks(plan, book), plan.run ?? newRun());
      const revision = after.kind === 'whole' ? after.book.grid.revision : revisionAfter(book, plan, after.book?.grid);
      return { revision, cells: plan.edits.length, notes, ...(backup === undefined ? {} : { backup }) };
    },
    wrote: run => runs.has(run),
    async strangers(listed) {
      const list = await accessOf(client);
      const strangers =
        listed === undefined ? openToMany(list) : unexpectedAccess(list, { account: client.account, ...listed });
      return strangers.map(strangerText);
    },
    missing: dress => (last === undefined ? [] : undressed(dress, last, client.account)),
    async applyDressed(plan, dress, run = newRun()) {
      const book = await current(plan);
      const blocks = [
        ...unmergeBlocks(dress, book),
        ...(isEmptyPlan(plan) ? [] : planBlocks(plan, book)),
        ...dressBlocks(dress, plan, book, client.account),
      ];
      if (blocks.length === 0) return { notes: [] };
      const { notes, backup } = await write(plan, book, blocks, run);
      return { notes, ...(backup === undefined ? {} : { backup }) };
    },
  };
}

/** Random: two runs never have the same name. */
function newRun(): string {
  return randomBytes(6).toString('hex');
}

type Settled = { readonly after: AfterWrite; readonly notes: readonly Text[] };
type Written = Settled & { readonly backup?: string };

/** Sets right what landed beside its row, until the answer shows every value where it belongs. */
async function settle(client: Client, plan: Plan, intent: Intent, written: AfterWrite, run: string): Promise<Settled> {
  const notes: Text[] = [];
  let after = written;
  if (plan.edits.length === 0 || plan.byPlace === true || after.kind === 'none') return { after, notes };
  if (after.kind === 'part') {
    const { repairs, lost } = intent.slips(intent.written, after.book);
    if (repairs.length + lost === 0) return { after, notes };
    // To set it right, all that stands there has to be seen.
    after = { kind: 'whole', book: await readSpreadsheet(client) };
  }
  let cells = intent.written;
  for (let round = 1; round <= ROUNDS; round++) {
    const { repairs, lost } = intent.slips(cells, after.book);
    if (lost > 0) {
      notes.push({
        zh: `写入期间有人删除了表中的行或列，${lost} 个单元格没有写成，下次同步会补上。`,
        en: `Somebody deleted rows or columns while we wrote; ${lost} cells could not be written and will follow with the next sync.`,
      });
    }
    if (repairs.length === 0) return { after, notes };
    notes.push({
      zh: `写入期间有人移动了表中的行或列，已把 ${repairs.length} 个单元格改回正确的位置。`,
      en: `Somebody moved rows or columns while we wrote; ${repairs.length} cells were set right.`,
    });
    const block = [repairBlock(repairs)];
    const mended = await writeBlocks(client, block, after.book, plan.ledgerId, run, { kind: 'whole' });
    after = { kind: 'whole', book: mended.book ?? (await readSpreadsheet(client)) };
    cells = repairs;
  }
  if (intent.slips(cells, after.book).repairs.length === 0) return { after, notes };
  throw new StoreError(4, 'rows-keep-moving', {
    zh: '写入期间有人在不断移动表中的行，写入的内容没有全部放到正确的位置。请和对方约好暂停编辑，再运行一次。',
    en: 'Somebody keeps moving rows while we write, and not every value stands right yet. Ask them to pause and run again.',
  });
}

function otherLedger(): StoreError {
  return new StoreError(3, 'other-ledger', {
    zh: '这张 Google 表格属于另一份台账，没有写入。请核对设置 mirror.to 中的网址，或为本台账新建一张表格。',
    en: 'This Google Sheet belongs to another ledger; nothing was written. Check mirror.to, or create a new sheet for this ledger.',
  });
}
