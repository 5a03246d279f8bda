import { type Lang, text } from '../model/text.js';
import { wallClock } from '../model/wall-clock.js';
import { palette } from '../render/palette.js';
import { trendText } from '../render/trend.js';
import { StoreError } from '../stores/store.js';
import { newestEntries, readJournal } from '../sync/journal.js';
import { verifyJournal } from '../sync/journal-verify.js';
import { takeLock } from '../sync/lock.js';
import { isPending, settle } from '../sync/pending.js';
import { isServicePending, settleService } from '../sync/pending-service.js';
import { errorCode, ledgerLock, type StatePaths, stateFailure, statePaths } from '../sync/state-folder.js';
import { trendPoint } from '../sync/trend.js';
import type { RunCommand, World } from './command.js';
import { shortName } from './output.js';
import { openSession, type Session } from './session.js';

/** Entries printed without --row; the newest. */
const printed = 200;

/** The journal: who changed what when; with --verify whether it is whole. */
export const run: RunCommand = async (given, world) => {
  const session = openSession(given, world);
  const { lang } = session.settings;
  const { ledgerId, revision } = await session.store.read();
  if (ledgerId === undefined) {
    if (given.on('json')) world.json({ schemaVersion: 1, command: 'log', exit: 0, entries: [] });
    world.say(
      text(
        `${shortName(session.source)} 还没有同步过，没有记录`,
        `${shortName(session.source)} was never synced; there is no journal`,
      )[lang],
    );
    return 0;
  }
  const paths = statePaths(session.home, ledgerId);
  await settleFirst(paths, revision, session, world);
  const { journal } = paths;
  try {
    return given.on('verify')
      ? verify(journal, session, given.on('json'), world)
      : await list(journal, given.text('row'), session, given.on('json'), world);
  } catch (error) {
    // Something else stands in the journal's place, or it may not be read.
    throw errorCode(error) === undefined ? error : stateFailure(error, journal);
  }
};

/** What a run that was cut off has still to tell. A run that is at work tells it itself; a folder that cannot be written is said. */
async function settleFirst(paths: StatePaths, revision: string, session: Session, world: World): Promise<void> {
  if (!(await isPending(paths)) && !(await isServicePending(paths, session.source))) return;
  try {
    const lock = await takeLock(ledgerLock(paths), new Date());
    try {
      await settle(paths, revision);
      await settleService(paths, session.source, session.store);
    } finally {
      await lock.release();
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    if (error.code === 'locked') return;
    world.warn(
      text(
        `上次运行被中断，它的最后几条记录还没有补上：${error.text.zh}`,
        `The last run was cut off and its last entries are still missing: ${error.text.en}`,
      )[session.settings.lang],
    );
  }
}

async function list(
  journal: string,
  row: string | undefined,
  session: Session,
  json: boolean,
  world: World,
): Promise<0> {
  const { lang } = session.settings;
  const colors = palette(world.color);
  if (json) {
    const items = readJournal(journal, row);
    await world.json({ schemaVersion: 1, command: 'log', exit: 0 }, { name: 'entries', items });
    return 0;
  }
  const { shown, earlier } =
    row === undefined ? newestEntries(journal, printed) : { shown: [...readJournal(journal, row)], earlier: 0 };
  if (earlier > 0)
    world.say(
      colors.dim(
        text(`（前面还有${earlier}条；加 --json 可取全部）`, `(${earlier} earlier entries; --json gives all)`)[lang],
      ),
    );
  for (const entry of shown) {
    const cell = [entry.sheet, entry.cell].filter(part => part !== undefined).join('!');
    // The mirror has its own rows and columns.
    const where = entry.kind === 'mirror' ? `${text('共享表', 'mirror')[lang]} ${cell}` : cell;
    const point = entry.kind === 'trend' ? trendPoint(entry.after) : undefined;
    const change =
      point !== undefined
        ? trendText(point)[lang]
        : entry.before === undefined && entry.after === undefined
          ? ''
          : `${quoted(entry.before, lang)} → ${quoted(entry.after, lang)}`;
    const parts = [
      colors.dim(localTime(entry.at)),
      entry.who,
      where,
      entry.header === undefined || entry.header === '' ? '' : text(`（${entry.header}）`, `(${entry.header})`)[lang],
      change,
      entry.why === undefined ? '' : colors.dim(entry.why),
    ];
    world.say(parts.filter(part => part !== '').join('  '));
  }
  if (shown.length === 0)
    world.say(
      text(
        row === undefined ? '没有记录' : `没有行标识为“${row}”的记录`,
        row === undefined ? 'no entries' : `no entries for the row ${row}`,
      )[lang],
    );
  return 0;
}

function verify(journal: string, session: Session, json: boolean, world: World): 0 | 1 {
  const { lang } = session.settings;
  const colors = palette(world.color);
  const verdict = verifyJournal(journal);
  const exit = verdict.defects.length === 0 ? 0 : 1;
  if (json) {
    world.json({
      schemaVersion: 1,
      command: 'log',
      exit,
      entries: verdict.entries,
      last: verdict.last ?? null,
      defects: verdict.defects.map(one => ({ ...one, message: one.message[lang] })),
      notes: verdict.notes.map(one => ({ ...one, message: one.message[lang] })),
    });
    return exit;
  }
  for (const one of verdict.defects) world.say(`${colors.red('✗')} ${one.message[lang]}`);
  for (const one of verdict.notes) world.say(`${colors.dim('·')} ${one.message[lang]}`);
  if (exit === 0)
    world.say(
      colors.green(
        text(
          `✓ 记录完整，共${verdict.entries}条，没有被改动`,
          `✓ the journal is whole: ${verdict.entries} entries, none changed`,
        )[lang],
      ),
    );
  if (verdict.last !== undefined)
    world.say(
      colors.dim(
        text(
          `最后一条：第${verdict.last.seq}条，校验码 ${verdict.last.hash}`,
          `last entry: ${verdict.last.seq}, hash ${verdict.last.hash}`,
        )[lang],
      ),
    );
  return exit;
}

/** What stood in a cell, on one line. */
function quoted(value: string | undefined, lang: Lang): string {
  return value === undefined || value === '' ? text('（空）', '(blank)')[lang] : `“${value.replaceAll('\n', ' ↵ ')}”`;
}

/** The instant on the wall clock of this computer: `2023-10-30 18:05`. */
function localTime(instant: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  const { day, time } = wallClock(at);
  return `${day} ${time.slice(0, 5)}`;
}
