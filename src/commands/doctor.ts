import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../assets.js';
import { isGoogleAddress } from '../model/address.js';
import { type Text, text } from '../model/text.js';
import { palette } from '../render/palette.js';
import { wrap } from '../render/table.js';
import { StoreError } from '../stores/store.js';
import { verifyJournal } from '../sync/journal-verify.js';
import { lockHolder } from '../sync/lock.js';
import { stateFailure, statePaths, stateRoot, workbookLock } from '../sync/state-folder.js';
import type { RunCommand, World } from './command.js';
import { aboutFileMirror, anotherLedger, belongsElsewhere, type LookedAt } from './doctor-mirror.js';
import { offerSignIn, signInHelps } from './google-access.js';
import { shortName } from './output.js';
import { openSession, type Session, settingsFor } from './session.js';

/** One thing looked at; `remedy` is given when it does not work. */
type Finding = {
  readonly ok: boolean;
  readonly what: Text;
  readonly remedy?: Text;
  readonly code?: string;
  /** Of a mirror: the ledger whose it says it is. */
  readonly mirrorOf?: string | undefined;
};

/** What works here and what does not, each with what to do. Exit 4 when something does not. */
export const run: RunCommand = async (given, world) => {
  const findings: Finding[] = [nodeVersion()];
  const named = given.args[0] !== undefined || settingsFor(given, world, undefined).settings.source !== undefined;
  const session = named ? openSession(given, world) : undefined;
  const lang = session?.settings.lang ?? world.lang;
  if (session === undefined)
    findings.push({
      ok: true,
      what: text('没有指定台账，只检查了程序本身', 'no ledger named; only the program itself was looked at'),
    });
  else {
    // First, because a person may sign in there, and the ledger itself may live on Google.
    const google = await aboutGoogle(session, world);
    const unreachable = isGoogleAddress(session.source) && google.some(one => !one.ok && one.code !== undefined);
    const ledger = await aboutLedger(session, unreachable);
    findings.push(...ledger.findings, ...google, ...(await aboutFileMirror(session, ledger)));
    if (google.some(one => belongsElsewhere(one.mirrorOf, ledger))) {
      findings.push(anotherLedger(session.settings.mirror?.to ?? ''));
    }
  }

  const exit = findings.every(one => one.ok) ? 0 : 4;
  if (given.on('json')) {
    world.json({
      schemaVersion: 1,
      command: 'doctor',
      exit,
      findings: findings.map(one => ({ ok: one.ok, what: one.what[lang], remedy: one.remedy?.[lang] ?? null })),
    });
    return exit;
  }
  const colors = palette(world.color);
  for (const one of findings) {
    world.say(`${one.ok ? colors.green('✓') : colors.red('✗')} ${one.what[lang]}`);
    if (one.remedy !== undefined)
      for (const line of wrap(one.remedy[lang], Math.min(world.columns, 100) - 6))
        world.say(colors.cyan(`    ${line}`));
  }
  return exit;
};

/** The least version the program is made for; see `engines` in package.json. */
const leastNode = [20, 19] as const;

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1]);
  const what = text(
    `ledger ${version()}，Node ${process.versions.node}`,
    `ledger ${version()}, Node ${process.versions.node}`,
  );
  return ok
    ? { ok, what }
    : {
        ok,
        what,
        remedy: text(`请安装 Node ${leastNode.join('.')} 或更新的版本`, `install Node ${leastNode.join('.')} or later`),
      };
}

/** @param unreachable what is wrong was found already, and trying again would take minutes */
async function aboutLedger(
  session: Session,
  unreachable: boolean,
): Promise<LookedAt & { readonly findings: Finding[] }> {
  const findings: Finding[] = [];
  const name = shortName(session.source);
  let ledgerId: string | undefined;
  let read = false;
  try {
    if (!unreachable) {
      ({ ledgerId } = await session.store.read());
      read = true;
      findings.push({ ok: true, what: text(`能读取 ${name}`, `${name} can be read`) });
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    findings.push({ ok: false, what: text(`读不了 ${name}`, `${name} cannot be read`), remedy: error.text });
  }
  findings.push(...(await said(async () => [await aboutLock(session)])));
  findings.push(writable(session.home));
  const id = ledgerId;
  if (id !== undefined) findings.push(...(await said(async () => aboutState(session, id))));
  return { read, ledgerId, findings };
}

async function aboutLock(session: Session): Promise<Finding> {
  const holder = await lockHolder(workbookLock(session.home, session.source));
  return holder === undefined
    ? { ok: true, what: text('没有别的 ledger 正在处理它', 'no other run is at work on it') }
    : {
        ok: false,
        what: text(
          `另一个 ledger 正在处理它（${holder.host}，进程 ${holder.pid}，${holder.since} 开始）`,
          `another run is at work on it (${holder.host}, process ${holder.pid}, since ${holder.since})`,
        ),
        remedy: text('等它结束再运行', 'wait until it has ended'),
      };
}

/** What keeps the state from being looked at is a finding, too. */
async function said(look: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return [
      { ok: false, what: text('看不了台账旁的记录', 'the state beside the ledger cannot be read'), remedy: error.text },
    ];
  }
}

function writable(folder: string): Finding {
  try {
    accessSync(folder, constants.W_OK);
    return { ok: true, what: text(`文件夹可以写入：${folder}`, `the folder can be written: ${folder}`) };
  } catch {
    return {
      ok: false,
      what: text(`文件夹不能写入：${folder}`, `the folder cannot be written: ${folder}`),
      remedy: text(
        '请把台账放到有写入权限的文件夹，或请管理员开放权限',
        'move the ledger to a folder you may write, or ask for the right',
      ),
    };
  }
}

function aboutState(session: Session, ledgerId: string): Finding[] {
  const paths = statePaths(session.home, ledgerId);
  if (!existsSync(paths.folder)) {
    return [
      {
        ok: false,
        what: text(
          `台账同步过，但旁边没有它的记录（${join(stateRoot(session.home), ledgerId)}）`,
          `the ledger was synced before, but its state is not beside it (${join(stateRoot(session.home), ledgerId)})`,
        ),
        remedy: text(
          '如果是换了文件夹，把原文件夹里的 .ledger 一起搬过来；搬不来也能继续同步，只是从头记录',
          'if it was moved, bring the folder .ledger along; without it syncing goes on with a new history',
        ),
      },
    ];
  }
  const verdict = verifyJournal(paths.journal);
  const copies = namesIn(paths.backups);
  const size = sizeText(copies.reduce((sum, name) => sum + sizeOf(join(paths.backups, name)), 0));
  return [
    verdict.defects.length === 0
      ? {
          ok: true,
          what: text(`同步记录完整（${verdict.entries} 条）`, `the journal is whole (${verdict.entries} entries)`),
        }
      : {
          ok: false,
          what: text(
            `同步记录有 ${verdict.defects.length} 处不对`,
            `the journal has ${verdict.defects.length} defects`,
          ),
          remedy: text('运行 ledger log --verify 看是哪几处', 'ledger log --verify tells which'),
        },
    {
      ok: true,
      what: text(
        `备份 ${copies.length} 份，共 ${size}，在 ${paths.backups}；都是整本台账的副本，保留最近 ${session.settings.backups} 份（配置里的 backups 可以改少）`,
        `${copies.length} backup${copies.length === 1 ? '' : 's'}, ${size}, in ${paths.backups}; whole copies of the ledger, the last ${session.settings.backups} are kept (backups in the config)`,
      ),
    },
  ];
}

function namesIn(folder: string): string[] {
  try {
    return existsSync(folder) ? readdirSync(folder) : [];
  } catch (error) {
    throw stateFailure(error, folder);
  }
}

/** A link that leads nowhere takes no room. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** `46 KB` below a megabyte, else `1.3 MB`. */
function sizeText(bytes: number): string {
  return bytes < 1_048_576 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}

/** Sign-in, rights, scopes, quota, clock: only when a Google address is used. */
async function aboutGoogle(session: Session, world: World): Promise<Finding[]> {
  const { mirror, google, lang } = session.settings;
  const listed = { reviewers: mirror?.reviewers ?? [], readers: mirror?.readers ?? [] };
  const sheets = [
    { address: session.source, listed: undefined },
    ...(mirror === undefined ? [] : [{ address: mirror.to, listed }]),
  ].filter(one => isGoogleAddress(one.address));
  if (sheets.length === 0) return [];
  const { examineGoogle, IMPATIENCE } = await import('../stores/google/index.js');
  const options = { ...google, limits: IMPATIENCE, onWait: session.heard.onWait };
  const look = async () =>
    (await Promise.all(sheets.map(one => examineGoogle(one.address, options, one.listed)))).flat();
  const findings = await look();
  const signsIn = findings.some(one => signInHelps(one.code, google, world));
  return signsIn && (await offerSignIn(google, world, lang, 'sync')) ? look() : findings;
}
