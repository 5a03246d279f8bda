import { isGoogleAddress } from '../model/address.js';
import { text } from '../model/text.js';
import { appendJournal, type JournalEntry } from '../sync/journal.js';
import { statePaths } from '../sync/state-folder.js';
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

/** Who was given or lost access stands in the ledger's journal. */
export async function journalAccess(shared: Shared, entry: JournalEntry, world: World): Promise<void> {
  if (shared.session === undefined) return;
  const { ledgerId } = await shared.session.store.read();
  if (ledgerId === undefined) return;
  await appendJournal(statePaths(shared.session.home, ledgerId).journal, newRun(world.env), [entry]);
}
