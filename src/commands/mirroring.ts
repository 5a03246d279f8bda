import { randomBytes } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { MirrorSettings } from '../config/settings.js';
import { countLevels } from '../examine.js';
import { isGoogleAddress } from '../model/address.js';
import { a1 } from '../model/grid.js';
import { contentText, type Edit } from '../model/plan.js';
import { text } from '../model/text.js';
import { openExcel } from '../stores/excel/index.js';
import { memoryStore } from '../stores/memory.js';
import { type Calls, NO_CALLS, StoreError } from '../stores/store.js';
import type { JournalEntry } from '../sync/journal.js';
import { appendJournal } from '../sync/journal.js';
import type { Conflict } from '../sync/merge.js';
import {
  type Foreseen,
  foreseeMirror,
  type MirrorOutcome,
  type MirrorRun,
  type MirrorStore,
  type Pulled,
  syncMirror,
} from '../sync/mirror.js';
import type { MirrorLayout } from '../sync/mirror-layout.js';
import { type MirrorContent, mirrorContent } from '../sync/mirror-shape.js';
import { withAftermath } from '../sync/pending.js';
import { settleService } from '../sync/pending-service.js';
import { bringIn } from '../sync/reviews.js';
import type { RollupTexts } from '../sync/rollup-edits.js';
import { loadSettled, settledContent } from '../sync/settled-conflicts.js';
import { loadKnown, putAside, type Snapshot, saveSnapshot } from '../sync/snapshot.js';
import { canonical } from '../sync/value.js';
import type { SettledConflict } from '../writeback/context.js';
import type { Given, World } from './command.js';
import { type Intended, intend, type Written, writeLedger } from './ledger-write.js';
import { header } from './mirror-words.js';
import { newRun, who } from './run-facts.js';
import type { Session } from './session.js';
import { type Study, study } from './study.js';
import { rowIds } from './writing.js';

export type Mirrored = {
  /** undefined: a decision is needed, nothing was written. */
  readonly written: Written | undefined;
  readonly outcome: MirrorOutcome;
  readonly url: string | undefined;
};

/** What came from the mirror, examined together with the ledger. */
type Taken = {
  readonly intended: Intended;
  readonly content: MirrorContent;
  readonly brought: readonly Edit[];
  /** All settled conflicts, those of this run first. */
  readonly settled: readonly SettledConflict[];
};

/** What a real run and a dry run have in common. */
async function ready(
  studied: Study,
  mirror: MirrorSettings,
  session: Session,
  given: Given,
  world: World,
  dry: boolean,
) {
  const { paths, state, ledgerId } = studied;
  const name = {
    mirror: mirror.to,
    beside: isGoogleAddress(mirror.to) ? undefined : relative(session.home, mirror.to),
  };
  const { known, elsewhere, other } = await loadKnown(paths.base, name, state);
  const met = known?.agreed !== undefined && !given.on('accept-mass-change');
  const store = await openMirror(mirror.to, studied, session, dry, met);
  const kept = await loadSettled(...state.places(settledPath(studied)));
  const first: Intended = await intend(studied, undefined, kept);
  const before = mirrorContent(studied.examined, rowIds(studied), first.plan, mirror, store.longestText);
  return {
    kept,
    name,
    other,
    /** What the mirror brought, examined anew: nothing is written. */
    take: async (pulled: Pulled): Promise<Taken> => {
      const settled = [...pulled.settled.flatMap(one => settledConflict(one, studied, world)), ...kept];
      const brought = bringIn(studied.examined, rowIds(studied), pulled.reviews, pulled.decided);
      // A run that was killed may have brought a closing in without remembering it: the mirror vouches for it.
      const doubted = studied.examined.diagnostics.some(one => one.check === 'closed-by-office');
      if (brought.edits.length === 0 && !doubted && settled.length === kept.length) {
        return { settled, intended: first, content: before, brought: [] };
      }
      const after =
        brought.edits.length === 0 && !doubted
          ? studied
          : await study(session, { grid: brought.grid, ledgerId, reviewed: pulled.reviewed });
      const intended = await intend(after, brought, settled);
      const content = mirrorContent(after.examined, rowIds(after), intended.plan, mirror, store.longestText);
      return { settled, intended, content, brought: brought.edits };
    },
    run: {
      store,
      ledgerId,
      agreed: known?.agreed,
      coming: known?.coming,
      elsewhere,
      layout: known?.layout,
      runs: known?.runs,
      runId: randomBytes(6).toString('hex'),
      content: before,
      reviewers: mirror.reviewers,
      readers: mirror.readers,
      onConflict: choice(given.text('on-conflict')),
      acceptMassChange: given.on('accept-mass-change'),
      sourceHolds: session.store.longestText,
    },
  };
}

function settledPath(studied: Study): string {
  return join(studied.paths.folder, 'conflicts.json');
}

/**
 * Ledger and mirror together: the reviewers' cells into the ledger, the ledger written, the mirror brought up to date. When
 * somebody was faster on the mirror, nothing of ours was written there, and it is done once more on what is there now.
 * @param guard called just before the ledger is written
 */
export async function syncWithMirror(
  studied: Study,
  mirror: MirrorSettings,
  session: Session,
  given: Given,
  world: World,
  guard: () => void,
): Promise<Mirrored> {
  let ledgerWritten = false;
  let spent: Calls = NO_CALLS;
  const written = (store: MirrorStore) => {
    ledgerWritten = true;
    // The store goes on counting what the first attempt asks for.
    spent = store.calls ?? spent;
  };
  try {
    return await attempt(studied, mirror, session, given, world, guard, written);
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'stale' || !ledgerWritten) throw error;
    const before = { ...spent };
    const { outcome, ...again } = await attempt(await study(session), mirror, session, given, world, guard, written);
    return { ...again, outcome: { ...outcome, calls: sum(before, outcome.calls) } };
  }
}

function sum(one: Calls, other: Calls): Calls {
  return {
    read: one.read + other.read,
    write: one.write + other.write,
    drive: one.drive + other.drive,
    signIn: one.signIn + other.signIn,
  };
}

async function attempt(
  studied: Study,
  mirror: MirrorSettings,
  session: Session,
  given: Given,
  world: World,
  guard: () => void,
  whenWritten: (store: MirrorStore) => void,
): Promise<Mirrored> {
  const { paths } = studied;
  const { run, take, kept, name, other } = await ready(studied, mirror, session, given, world, false);
  let aside = other;
  const keep = async (state: Omit<Snapshot, keyof typeof name | 'at'>) => {
    if (aside !== undefined) await putAside(paths.base, aside);
    aside = undefined;
    await saveSnapshot(paths.base, { ...name, at: new Date().toISOString(), ...state });
  };
  let written: Written | undefined;
  const outcome = await syncMirror({
    ...run,
    intend: (coming, rollup) =>
      keep({
        agreed: run.agreed,
        coming,
        elsewhere: run.elsewhere,
        layout: withRollup(run.layout, rollup),
        // Killed from here on, either the run that was found there wrote last, or this one.
        runs: [...runsOf(run), run.runId],
      }),
    takeIn: async pulled => {
      const { settled, intended, content } = await take(pulled);
      guard();
      const news = settled.length > kept.length ? [[settledPath(studied), settledContent(settled)] as const] : [];
      written = await writeLedger(intended, session, world, new Map(news));
      whenWritten(run.store);
      return content;
    },
    approveFirstPush: () => approved(mirror, studied, session, world),
    recall: () => settleService(paths, mirror.to, run.store),
    leave: (pushed, work) => {
      const aftermath = { entries: mirrorEntries(pushed), files: new Map<string, string>() };
      const write = { address: mirror.to, token: run.runId };
      const named = run.store.wrote !== undefined && aftermath.entries.length > 0;
      return withAftermath(
        paths,
        newRun(world.env),
        () => aftermath,
        work,
        named ? { write, early: aftermath } : undefined,
      );
    },
    publish: content => mirror.publish === 'always' || countLevels(content.examined.diagnostics).error === 0,
  });
  if (outcome.agreed !== undefined) {
    await keep({ agreed: outcome.agreed, layout: outcome.layout, runs: runsOf(run) });
  }
  return { written, outcome, url: run.store.url };
}

/** Runs remembered: a person may put back an earlier state of the mirror. */
const RUNS = 20;

/** The runs that may have written last on the mirror, the one that is found there now at the end. */
function runsOf({ runs = [], store: { lastRun } }: Pick<MirrorRun, 'runs' | 'store'>): string[] {
  const known = runs.filter(one => one !== lastRun);
  return [...known, ...(lastRun === undefined ? [] : [lastRun])].slice(-RUNS);
}

/** Roll-ups kept of syncs that did not get to their end, beside the one that is known to have been written. */
const UNSETTLED = 4;

/** Killed from here on, either this roll-up stands on the mirror or one before it. */
function withRollup(layout: MirrorLayout | undefined, rollup: RollupTexts | undefined): MirrorLayout | undefined {
  if (layout?.rollup === undefined || rollup === undefined) return layout;
  const [settled = rollup, ...since] = layout.rollup;
  return { ...layout, rollup: [settled, ...[...since, rollup].slice(-UNSETTLED)] };
}

export type Preview = {
  readonly foreseen: Foreseen;
  /** What would be written into the ledger, `brought` first. */
  readonly intended: Intended;
  /** The reviewers' cells on their way into the ledger. */
  readonly brought: readonly Edit[];
};

/** What `syncWithMirror` would do on both sides; the mirror is read, nothing is written. */
export async function previewMirror(
  studied: Study,
  mirror: MirrorSettings,
  session: Session,
  given: Given,
  world: World,
): Promise<Preview> {
  const { run, take } = await ready(studied, mirror, session, given, world, true);
  let taken: Taken | undefined;
  const foreseen = await foreseeMirror({
    ...run,
    takeIn: async pulled => {
      taken = await take(pulled);
      return taken.content;
    },
  });
  if (taken === undefined) throw new Error('a mirror was foreseen without taking anything in');
  return { foreseen, intended: taken.intended, brought: taken.brought };
}

function choice(given: string | undefined): 'stop' | 'source' | 'mirror' {
  return given === 'source' || given === 'mirror' ? given : 'stop';
}

/**
 * The mirror's store; its backups lie with the ledger's state. An `.xlsx` mirror that is not there yet is made, in a dry run
 * only imagined.
 * @param met it was there when it was last synced with: then it is not made anew, for the share may only be away
 */
async function openMirror(
  to: string,
  studied: Study,
  session: Session,
  dry: boolean,
  met: boolean,
): Promise<MirrorStore> {
  const { google, backups } = session.settings;
  if (to === session.source || sameFile(to, session.source)) throw mirrorIsLedger(to);
  if (isGoogleAddress(to)) {
    const { openGoogle } = await import('../stores/google/index.js');
    return openGoogle(to, { ...google, ...session.heard });
  }
  if (!existsSync(to)) {
    if (!existsSync(dirname(to))) throw noFolder(dirname(to));
    if (met) throw mirrorGone(to);
    if (dry) return memoryStore({ source: to, revision: '', sheets: [] });
    const { authorBlank } = await import('../stores/excel/author-copy.js');
    await authorBlank(to);
  }
  return openExcel(to, { backupDir: join(studied.paths.folder, 'mirror-backups'), keepBackups: backups });
}

function noFolder(folder: string): StoreError {
  return new StoreError(
    4,
    'mirror-folder',
    text(
      `找不到共享表所在的文件夹 ${folder}。请检查共享盘是否连上、配置 mirror.to 的路径是否写对。`,
      `The mirror’s folder ${folder} is not there. Check that the share is connected and that mirror.to is right.`,
    ),
  );
}

function mirrorGone(to: string): StoreError {
  return new StoreError(
    4,
    'mirror-gone',
    text(
      `共享表 ${to} 不见了，上次同步时还在。请检查共享盘是否连上、文件是否被移走或改名；确实要重新建一份的，加 --accept-mass-change，审核方填过的内容会一并带上。`,
      `The mirror ${to} is gone; it was there at the last sync. Check that the share is connected and whether the file was moved or renamed; to make a new one, which takes the reviews along, add --accept-mass-change.`,
    ),
  );
}

/** Links lead to one file by two names. */
function sameFile(one: string, other: string): boolean {
  if (isGoogleAddress(one) || isGoogleAddress(other) || !existsSync(one) || !existsSync(other)) return false;
  return realpathSync(one) === realpathSync(other);
}

function mirrorIsLedger(to: string): StoreError {
  return new StoreError(
    2,
    'mirror-is-ledger',
    text(
      `共享表不能就是台账本身（${to}）。请在配置的 mirror.to 里写另一个文件或另一张 Google 表格。`,
      `The mirror cannot be the ledger itself (${to}). Name another file or Google Sheet in mirror.to.`,
    ),
  );
}

/** The first push to Google needs somebody's word, from the config or asked for; it goes into the journal. */
async function approved(mirror: MirrorSettings, studied: Study, session: Session, world: World): Promise<boolean> {
  if (!isGoogleAddress(mirror.to)) return true;
  const { lang } = session.settings;
  const by =
    mirror.approvedBy ??
    (await world.ask(
      text(
        '台账内容将第一次放到 Google 表格上（互联网）。请写批准人姓名，不共享就直接回车：',
        'The ledger’s content is about to be put on Google Sheets for the first time. Name who approved it, or press Enter to stop: ',
      )[lang],
    ));
  const on = mirror.approvedOn ?? (by === undefined || by === '' ? undefined : new Date().toISOString().slice(0, 10));
  if (by === undefined || by === '' || on === undefined) {
    world.warn(
      text(
        '共享表没有推送：第一次推送前要有人批准。请在配置的 mirror 里写 approvedBy（批准人）和 approvedOn（批准日期），或在终端窗口里运行并回答',
        'The mirror was not pushed: the first push needs an approval. Put approvedBy and approvedOn into mirror in the config, or run it on a terminal and answer',
      )[lang],
    );
    return false;
  }
  await appendJournal(studied.paths.journal, newRun(world.env), [
    {
      kind: 'approve',
      after: by,
      why: text(`批准共享到 ${mirror.to}（${on}）`, `sharing to ${mirror.to} approved (${on})`)[lang],
    },
  ]);
  return true;
}

function settledConflict(one: Conflict, studied: Study, world: World): SettledConflict[] {
  if (one.decision === undefined) return [];
  const place = [...rowIds(studied)].find(([, id]) => id === one.row)?.[0];
  const row = studied.ledger.main.rows.find(candidate => candidate.number === place);
  const finding = row === undefined ? undefined : studied.ledger.main.findings[row.finding];
  return [
    {
      finding: finding === undefined ? '' : `${finding.label}. ${finding.title}`,
      row: one.row,
      header: header(one.column),
      base: one.agreed,
      source: canonical(one.source),
      mirror: canonical(one.mirror),
      decision: one.decision,
      by: who(world.env),
      at: new Date().toISOString().slice(0, 16).replace('T', ' '),
    },
  ];
}

/** Every value that was overwritten on the mirror stands in the journal; what the ledger took in is in the ledger's plan. */
function mirrorEntries(pushed: readonly Edit[]): JournalEntry[] {
  return pushed
    .filter(edit => edit.before !== '')
    .map(edit => ({
      kind: 'mirror',
      sheet: edit.at.sheet,
      cell: a1(edit.at.row, edit.at.col),
      row: edit.row,
      header: edit.header,
      before: edit.before,
      after: contentText(edit.after),
      why: edit.why,
    }));
}
