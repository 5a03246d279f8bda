import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { MirrorSettings } from '../config/settings.js';
import { countLevels } from '../examine.js';
import { isGoogleAddress } from '../model/address.js';
import { a1 } from '../model/grid.js';
import { contentText } from '../model/plan.js';
import { type Text, text } from '../model/text.js';
import { ledgerSheet } from '../sheets/ledger.js';
import { openExcel } from '../stores/excel/index.js';
import type { JournalEntry } from '../sync/journal.js';
import { appendJournal } from '../sync/journal.js';
import type { Agreed, Conflict } from '../sync/merge.js';
import { type MirrorOutcome, type MirrorStore, type Pulled, syncMirror } from '../sync/mirror.js';
import { type MirrorContent, mirrorContent } from '../sync/mirror-shape.js';
import { bringIn } from '../sync/reviews.js';
import { loadSettled, saveSettled } from '../sync/settled-conflicts.js';
import { loadSnapshot, saveSnapshot } from '../sync/snapshot.js';
import { canonical } from '../sync/value.js';
import type { SettledConflict } from '../writeback/context.js';
import type { Given, World } from './command.js';
import { type Intended, intend, type Written, writeLedger } from './ledger-write.js';
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

/**
 * Ledger and mirror together: the reviewers' cells into the ledger, the ledger written, the mirror brought up to date.
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
  const { paths, ledgerId } = studied;
  const store = await openMirror(mirror.to, studied, session, world);
  const snapshot = await loadSnapshot(paths.base);
  const known = snapshot?.mirror === mirror.to ? snapshot : undefined;
  const snapshotOf = (agreed: Agreed | undefined, coming?: Agreed) => ({
    mirror: mirror.to,
    at: new Date().toISOString(),
    agreed,
    coming,
  });
  const settledPath = join(paths.folder, 'conflicts.json');
  const kept = await loadSettled(settledPath);
  let written: Written | undefined;

  const takeIn = async (pulled: Pulled): Promise<MirrorContent> => {
    const settled = [...pulled.settled.flatMap(one => settledConflict(one, studied, world)), ...kept];
    const brought = bringIn(studied.examined, rowIds(studied), pulled.reviews, pulled.decided);
    const reviewed = new Set(pulled.reviews.filter(edit => edit.column === 'review').map(edit => edit.row));
    const after =
      brought.edits.length === 0 ? studied : await study(session, { grid: brought.grid, ledgerId, reviewed });
    const intended = await intend(after, brought, settled);
    guard();
    written = await writeLedger(intended, session, world);
    if (settled.length > kept.length) await saveSettled(settledPath, settled);
    return mirrorContent(after.examined, rowIds(after), intended.plan, mirror);
  };

  const first: Intended = await intend(studied, undefined, kept);
  const outcome = await syncMirror({
    store,
    ledgerId,
    agreed: known?.agreed,
    coming: known?.coming,
    intend: coming => saveSnapshot(paths.base, snapshotOf(known?.agreed, coming)),
    content: mirrorContent(studied.examined, rowIds(studied), first.plan, mirror),
    reviewers: mirror.reviewers,
    readers: mirror.readers,
    onConflict: choice(given.text('on-conflict')),
    acceptMassChange: given.on('accept-mass-change'),
    takeIn,
    approveFirstPush: () => approved(mirror, studied, session, world),
    publish: content => mirror.publish === 'always' || countLevels(content.examined.diagnostics).error === 0,
  });
  if (outcome.agreed !== undefined) await saveSnapshot(paths.base, snapshotOf(outcome.agreed));
  await appendJournal(paths.journal, newRun(world.env), mirrorEntries(outcome));
  return { written, outcome, url: store.url };
}

function choice(given: string | undefined): 'stop' | 'source' | 'mirror' {
  return given === 'source' || given === 'mirror' ? given : 'stop';
}

/** The mirror's store; an `.xlsx` mirror that is not there yet is made, and its backups lie with the ledger's state. */
async function openMirror(to: string, studied: Study, session: Session, world: World): Promise<MirrorStore> {
  const { lang, google, backups } = session.settings;
  if (isGoogleAddress(to)) {
    const { openGoogle } = await import('../stores/google/index.js');
    const tell = (words: Text) => world.warn(words[lang]);
    return openGoogle(to, { ...google, onWait: tell, onWarning: tell });
  }
  if (!existsSync(to)) {
    const { authorBlank } = await import('../stores/excel/author-copy.js');
    await authorBlank(to);
  }
  return openExcel(to, { backupDir: join(studied.paths.folder, 'mirror-backups'), keepBackups: backups });
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

function header(key: string): string {
  return ledgerSheet.columns.find(column => column.key === key)?.header.zh ?? key;
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
function mirrorEntries(outcome: MirrorOutcome): JournalEntry[] {
  return outcome.pushed
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

/** What the mirror adds to the JSON document. */
export function mirrorDocument({ outcome, url }: Mirrored): object {
  return {
    mirror: {
      state: outcome.state,
      ...(url === undefined ? {} : { url }),
      pulled: outcome.pulled.reviews.length,
      pushed: outcome.pushed.length,
      newRows: outcome.newRows,
      conflicts: outcome.conflicts.map(one => ({
        row: one.row,
        header: header(one.column),
        agreed: one.agreed,
        source: canonical(one.source),
        mirror: canonical(one.mirror),
        decision: one.decision ?? null,
      })),
      restored: outcome.ownedCellEdits.length,
      calls: outcome.calls,
    },
  };
}

export function sayMirrored({ outcome, url }: Mirrored, session: Session, world: World): void {
  const { lang } = session.settings;
  for (const note of outcome.notes) world.say(note[lang]);
  const { calls } = outcome;
  const counted =
    calls.read + calls.write + calls.drive === 0
      ? text('', '')
      : text(
          `（Google 调用：读${calls.read}次、写${calls.write}次、权限核对${calls.drive}次）`,
          ` (Google calls: ${calls.read} read, ${calls.write} write, ${calls.drive} Drive)`,
        );
  if (outcome.state === 'decision') {
    world.say(
      text(
        '共享表和台账两边都改过，需要您决定；台账和共享表都没有写',
        'Ledger and mirror were both changed; a decision is needed and nothing was written',
      )[lang],
    );
    for (const one of outcome.conflicts) {
      world.say(
        text(
          `  行 ${one.row}“${header(one.column)}”：台账写“${canonical(one.source)}”，共享表写“${canonical(one.mirror)}”`,
          `  row ${one.row} “${header(one.column)}”: ledger “${canonical(one.source)}”, mirror “${canonical(one.mirror)}”`,
        )[lang],
      );
    }
    world.say(
      text(
        '以台账为准加 --on-conflict source，以共享表为准加 --on-conflict mirror；大批改动确属有意加 --accept-mass-change',
        'Add --on-conflict source or mirror to decide; --accept-mass-change if a mass change is meant',
      )[lang],
    );
    return;
  }
  const pulled = outcome.pulled.reviews.length;
  if (outcome.state === 'held') {
    world.say(
      text(
        `共享表没有更新；从共享表取回审核意见 ${pulled} 格`,
        `The mirror was not updated; ${pulled} review cells were taken in`,
      )[lang] + counted[lang],
    );
    return;
  }
  const pushed = outcome.pushed.length;
  const rows =
    outcome.newRows === 0 ? text('', '') : text(`、新行 ${outcome.newRows} 行`, `, ${outcome.newRows} new rows`);
  world.say(
    pushed === 0 && pulled === 0 && outcome.newRows === 0
      ? text('共享表已经是最新的', 'The mirror is up to date')[lang] + counted[lang]
      : text(
          `共享表：取回审核 ${pulled} 格，更新 ${pushed} 格${rows.zh}`,
          `Mirror: ${pulled} review cells taken in, ${pushed} cells updated${rows.en}`,
        )[lang] + counted[lang],
  );
  if (url !== undefined && world.terminal) world.say(url);
}
