import { setTimeout as pause } from 'node:timers/promises';
import type { Settings } from '../config/settings.js';
import { isGoogleAddress } from '../model/address.js';
import { type Lang, text } from '../model/text.js';
import { StoreError } from '../stores/store.js';
import { appendJournal, type JournalEntry } from '../sync/journal.js';
import { type Lock, takeLock } from '../sync/lock.js';
import { settle } from '../sync/pending.js';
import { settleService } from '../sync/pending-service.js';
import { ledgerLock, statePaths } from '../sync/state-folder.js';
import { type Given, UseError, type World } from './command.js';
import { newRun } from './run-facts.js';
import { openSession, type Session, settingsFor } from './session.js';

/** The Google Sheet whose access is looked at or changed, and the ledger it belongs to, if one is configured. */
export type Shared = {
  readonly address: string;
  readonly settings: Session['settings'];
  readonly session: Session | undefined;
};

/** @throws UseError when no Google mirror is named. */
export function sharedSheet(given: Given, world: World): Shared {
  const { settings } = settingsFor(given, world, undefined);
  const session = settings.source === undefined ? undefined : openSession(given, world, settings.source);
  const candidates = [settings.mirror?.to, settings.source].filter(one => one !== undefined && isGoogleAddress(one));
  const [address] = candidates;
  if (address === undefined) {
    throw new UseError(
      text(
        '没有可共享的 Google 表格：请在配置的 mirror.to 里写 google:表格编号，或加 --mirror google:表格编号。.xlsx 共享表用文件夹权限控制谁能打开',
        'There is no Google Sheet to share: put google:<id> into mirror.to in the config, or add --mirror google:<id>. Who can open an .xlsx mirror is up to the folder’s rights',
      ),
    );
  }
  return { address, settings, session };
}

/** What a person can mend by signing in (again). */
const mendable = new Set(['not-signed-in-yet', 'consent-expired', 'wrong-scope']);

/** Can a sign-in on this terminal help? With a service account nobody signs in. */
export function signInHelps(code: string | undefined, google: Settings['google'], world: World): boolean {
  return code !== undefined && mendable.has(code) && google.auth === 'oauth' && world.terminal;
}

/**
 * A person signs in, in the browser; asked first. Commands do it on a terminal when they find nobody signed in: `doctor` for
 * what a sync needs, `share` for what sharing needs.
 * @returns false when the person would rather not
 */
export async function offerSignIn(
  google: Settings['google'],
  world: World,
  lang: Lang,
  purpose: 'sync' | 'share',
): Promise<boolean> {
  const answer = await world.ask(
    text('现在登录 Google 吗？按回车继续，输入 n 跳过：', 'Sign in to Google now? Enter to go on, n to skip: ')[lang],
  );
  if (answer === undefined || /^(?:n|no|否|不|取消)/iu.test(answer)) return false;
  const { signIn } = await import('../stores/google/index.js');
  const { account } = await signIn(
    google,
    url => {
      world.say(
        text('请在浏览器中打开下面的网址，登录并点“允许”：', 'Open this page in the browser, sign in and click Allow:')[
          lang
        ],
      );
      world.say(url);
    },
    purpose,
  );
  world.say(
    text(
      `已登录${account === undefined ? '' : `：${account}`}`,
      `Signed in${account === undefined ? '' : `: ${account}`}`,
    )[lang],
  );
  return true;
}

/** Does the work; where only a person's sign-in is missing, asks for it and tries once more. */
export async function withSignIn<T>(
  { google, lang }: Settings,
  world: World,
  purpose: 'sync' | 'share',
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StoreError) || !signInHelps(error.code, google, world)) throw error;
    if (!(await offerSignIn(google, world, lang, purpose))) throw error;
    return work();
  }
}

/** Who was given or lost access stands in the ledger's journal. A sync that is at work is waited for: the access is changed already. */
export async function journalAccess(shared: Shared, entry: JournalEntry, world: World): Promise<void> {
  if (shared.session === undefined) return;
  const { ledgerId, revision } = await shared.session.store.read();
  if (ledgerId === undefined) return;
  const paths = statePaths(shared.session.home, ledgerId);
  const lock = await takeLockWhenFree(ledgerLock(paths));
  try {
    await settle(paths, revision);
    await settleService(paths, shared.session.source, shared.session.store);
    await appendJournal(paths.journal, newRun(world.env), [entry]);
  } finally {
    await lock.release();
  }
}

const LOCK_PATIENCE_MS = 60_000;

async function takeLockWhenFree(path: string): Promise<Lock> {
  for (let waited = 0; ; waited += 500) {
    try {
      return await takeLock(path, new Date());
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== 'locked' || waited >= LOCK_PATIENCE_MS) throw error;
      await pause(500);
    }
  }
}

/** A ledger on Google that a link opens is said to be open, sync by sync. That this could not be asked stops no sync. */
export async function warnOfLinks({ store, settings }: Session, world: World): Promise<void> {
  const { lang } = settings;
  try {
    for (const { what, remedy } of (await store.openToMany?.()) ?? []) {
      world.warn(text(`${what.zh}：${remedy.zh}`, `${what.en}: ${remedy.en}`)[lang]);
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    world.warn(
      text(`没能核对谁可以打开这本台账：${error.text.zh}`, `could not see who can open the ledger: ${error.text.en}`)[
        lang
      ],
    );
  }
}
