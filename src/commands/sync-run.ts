import { resolve } from 'node:path';
import type { MirrorSettings } from '../config/settings.js';
import { isGoogleAddress } from '../model/address.js';
import { isEmptyPlan, type Plan } from '../model/plan.js';
import { text } from '../model/text.js';
import { planDocument } from '../render/document.js';
import { progressBar } from '../render/progress.js';
import { requireWorkbookFile } from '../stores/excel/index.js';
import { StoreError } from '../stores/store.js';
import { type Lock, takeLock } from '../sync/lock.js';
import { settle } from '../sync/pending.js';
import { settleService } from '../sync/pending-service.js';
import { keepRun, type RunQuestion } from '../sync/run-cache.js';
import {
  ensureStateFolder,
  ledgerLock,
  removeEmptyState,
  type StatePaths,
  workbookLock,
} from '../sync/state-folder.js';
import type { Exit, Given, World } from './command.js';
import { warnOfLinks } from './google-access.js';
import type { KeptAnswer } from './kept-answer.js';
import { type Intended, intend, type Written, writeLedger } from './ledger-write.js';
import { mirrorDocument, sayMirrored } from './mirror-words.js';
import { type Mirrored, syncWithMirror } from './mirroring.js';
import { exitFor, sayExamined, shortName } from './output.js';
import { openSession, type Session } from './session.js';
import { type Study, study } from './study.js';
import { plan, requireSame, savedPlan } from './sync-plan.js';
import { documentOf, sayStateLost, sayTypedOver, sayWritten, upToDate } from './sync-words.js';

/** Reads, examines, writes back, remembers, prints. `question`: what the fast path may answer next time. */
export async function runSync(given: Given, outer: World, question: RunQuestion | undefined): Promise<Exit> {
  const progress = await progressBar(outer.terminal, outer.lang, 4);
  const world: World = {
    ...outer,
    say: line => {
      progress.stop();
      outer.say(line);
    },
    warn: line => {
      progress.stop();
      outer.warn(line);
    },
  };
  const session = openSession(given, world);
  const saved = savedPlan(given, world);
  if (given.on('dry-run') || given.text('plan-out') !== undefined) return plan(given, world, session);

  // A mistyped path makes no folders.
  if (!isGoogleAddress(session.source)) await requireWorkbookFile(session.source);
  const lock = await takeLock(workbookLock(session.home, session.source), new Date());
  let inner: Lock | undefined;
  let begun: StatePaths | undefined;
  let known = false;
  try {
    progress.step(text('正在读取台账', 'reading the ledger'));
    const studied = await study(session, {
      ...(saved === undefined ? {} : { ledgerId: saved.ledgerId }),
      whenRead: () => progress.step(text('正在校验和核对', 'checking and reconciling')),
      beforeState: async (paths, revision) => {
        begun = paths;
        await ensureStateFolder(paths);
        inner = await takeLock(ledgerLock(paths), new Date());
        await settle(paths, revision);
        await settleService(paths, session.source, session.store);
      },
    });
    known = studied.grid.ledgerId !== undefined;
    sayStateLost(studied, session, world);
    await warnOfLinks(session, world);
    progress.step(text('正在准备写回', 'preparing what is written back'));
    const intended = await intend(studied);
    if (saved !== undefined) requireSame(saved, intended.plan, session);
    if (!(await agreed(studied, intended.plan, session, world))) return 0;
    progress.step(
      session.settings.mirror === undefined
        ? text('正在写回', 'writing back')
        : text('正在写回，并与共享表同步', 'writing back and syncing the mirror'),
    );
    const guard = () => {
      lock.assertHeld();
      inner?.assertHeld();
    };
    return session.settings.mirror === undefined
      ? await syncAlone(intended, session, given, world, guard, question)
      : await syncBoth(intended, session.settings.mirror, session, given, world, guard);
  } finally {
    progress.stop();
    await inner?.release();
    await lock.release();
    // What is no ledger, or did not become one, keeps no state.
    if (!known) await removeEmptyState(session.home, begun);
  }
}

/**
 * The ledger alone. What it says of the ledger is kept, so that the same question is answered at once next time; what
 * became of this run (first contact, backups) is said this once.
 */
async function syncAlone(
  intended: Intended,
  session: Session,
  given: Given,
  world: World,
  guard: () => void,
  question: RunQuestion | undefined,
): Promise<Exit> {
  guard();
  const written = await writeLedger(intended, session, world);
  sayTypedOver(written.typedOver, session, world);
  const { studied, plan, applied } = written;
  const exit = exitFor(studied.examined);
  // Kept under --json too: the next run may want the lines.
  const lines: string[] = [];
  sayExamined(studied.examined, session, given, { ...world, say: line => lines.push(line) });
  if (given.on('json')) world.json(documentOf(studied, plan, applied, exit, session));
  else for (const line of lines) world.say(line);
  if (question !== undefined) {
    const nothing: Plan = { ...plan, columns: [], widen: [], edits: [], images: [] };
    const document = documentOf(studied, nothing, { revision: applied.revision, cells: 0 }, exit, session);
    await keep(studied, session, question, { exit, lines: [...lines, upToDate(session)], document }).catch(
      (error: unknown) => {
        // Everything is done; without a kept answer the next run does its work anew.
        if (!(error instanceof StoreError)) throw error;
      },
    );
  }
  if (!given.on('json')) sayWritten(plan, applied, session, world);
  return exit;
}

/** Ledger and mirror. A mirror that cannot be reached does not keep the ledger from being written: it is said to be behind. */
async function syncBoth(
  intended: Intended,
  mirror: MirrorSettings,
  session: Session,
  given: Given,
  world: World,
  guard: () => void,
): Promise<Exit> {
  let mirrored: Mirrored | undefined;
  let behind: StoreError | undefined;
  try {
    mirrored = await syncWithMirror(intended.studied, mirror, session, given, world, guard);
  } catch (error) {
    if (!(error instanceof StoreError) || error.exit !== 4) throw error;
    behind = error;
  }
  const decide = mirrored?.outcome.state === 'decision';
  // Whatever the mirror's failure left unwritten is written now; what was written already gives an empty plan.
  const written =
    mirrored?.written ?? (decide ? undefined : await writeAfterFailure(intended.studied.paths, session, world, guard));
  const { studied, plan, applied } = written ?? { ...intended, applied: undefined };
  if (written !== undefined) sayTypedOver(written.typedOver, session, world);
  const diagnostics = [...studied.examined.diagnostics, ...(mirrored?.outcome.diagnostics ?? [])];
  const examined = { ...studied.examined, diagnostics };
  const exit: Exit = behind !== undefined ? 4 : decide ? 3 : exitFor(examined);
  if (given.on('json')) {
    world.json({
      ...documentOf({ ...studied, examined }, plan, applied, exit, session),
      plan: planDocument(plan, mirrored?.outcome.pushed),
      ...(mirrored === undefined
        ? { mirror: { state: 'behind', error: behind?.text[session.settings.lang] ?? '' } }
        : mirrorDocument(mirrored, session.settings.lang)),
    });
    return exit;
  }
  sayExamined(examined, session, given, world);
  if (applied !== undefined) sayWritten(plan, applied, session, world);
  if (mirrored !== undefined) sayMirrored(mirrored, session, world);
  if (behind !== undefined) {
    const { lang } = session.settings;
    world.warn(
      text(
        `共享表没有更新，还停在上一次：${behind.text.zh}`,
        `The mirror was not updated and is behind: ${behind.text.en}`,
      )[lang],
    );
  }
  return exit;
}

async function writeAfterFailure(
  paths: StatePaths,
  session: Session,
  world: World,
  guard: () => void,
): Promise<Written> {
  if (session.store.wrote !== undefined) {
    // What failed may have written the ledger all the same: then it is told before anything is compared with it.
    await session.store.read();
    await settleService(paths, session.source, session.store);
  }
  const intended = await intend(await study(session));
  guard();
  return writeLedger(intended, session, world);
}

/** First contact with a workbook that `init` did not make: says what will be added and, on a terminal, asks. Elsewhere it goes ahead; the store makes the backup. */
async function agreed(studied: Study, wanted: Plan, session: Session, world: World): Promise<boolean> {
  const ours = studied.grid.ledgerId !== undefined || studied.grid.sheets.some(sheet => sheet.role === 'facts');
  if (ours || isEmptyPlan(wanted)) return true;
  const { lang } = session.settings;
  const columns = new Map<string, string[]>();
  for (const { sheet, header } of wanted.columns.filter(column => !column.hidden))
    columns.set(sheet, [...(columns.get(sheet) ?? []), header]);
  const sheets = wanted.images.map(image => image.name);
  world.say(
    text(
      `第一次处理 ${shortName(session.source)}。我们不改动您的任何单元格，只添加：`,
      `First contact with ${shortName(session.source)}. None of your cells is changed; we only add:`,
    )[lang],
  );
  for (const [sheet, headers] of columns)
    world.say(
      text(
        `  “${sheet}”最右边的系统栏：${headers.join('、')}`,
        `  columns at the right of ${sheet}: ${headers.join(', ')}`,
      )[lang],
    );
  if (sheets.length > 0) world.say(text(`  工作表：${sheets.join('、')}`, `  sheets: ${sheets.join(', ')}`)[lang]);
  world.say(
    text(`  写之前先备份到 ${studied.paths.backups}`, `  a backup is made first, in ${studied.paths.backups}`)[lang],
  );
  const answer = await world.ask(text('按回车继续，输入 n 取消：', 'Enter to go on, n to stop: ')[lang]);
  if (answer === undefined || !/^(?:n|no|否|不|取消)/iu.test(answer)) return true;
  world.say(text('已取消，什么都没有写', 'stopped; nothing was written')[lang]);
  return false;
}

/** Kept last, when the workbook is as the next run will find it. */
async function keep(studied: Study, session: Session, question: RunQuestion, answer: KeptAnswer): Promise<void> {
  const root = session.settings.evidenceRoot;
  const evidence =
    root === undefined ? [] : [...(studied.evidence?.files.keys() ?? [])].map(name => resolve(root, name));
  const files = session.mappingFile === undefined ? [] : [session.mappingFile];
  await keepRun(studied.paths, question, { files, evidence }, JSON.stringify(answer));
}
