import { relative } from 'node:path';
import { isGoogleAddress } from '../model/address.js';
import { isEmptyPlan, type Plan } from '../model/plan.js';
import { type Text, text } from '../model/text.js';
import { ledgerDocument, planDocument } from '../render/document.js';
import type { Applied, Calls } from '../stores/store.js';
import type { OwnSheetEdit } from '../sync/own-sheets.js';
import type { Exit, World } from './command.js';
import { shortName } from './output.js';
import type { Session } from './session.js';
import type { Study } from './study.js';

export function documentOf(
  studied: Study,
  wanted: Plan,
  applied: Applied | undefined,
  exit: Exit,
  session: Session,
): object {
  const { examined, grid } = studied;
  return {
    ...ledgerDocument(examined, {
      command: 'sync',
      exit,
      lang: session.settings.lang,
      source: session.source,
      revision: applied?.revision ?? grid.revision,
    }),
    plan: planDocument(wanted),
    writes: {
      changed: applied !== undefined && !isEmptyPlan(wanted),
      cells: applied?.cells ?? 0,
      sheets: wanted.images.map(image => image.name),
      backup: applied?.backup ?? null,
      ...(applied?.notes === undefined || applied.notes.length === 0
        ? {}
        : { notes: applied.notes.map(note => note[session.settings.lang]) }),
    },
  };
}

export function upToDate(session: Session): string {
  const name = shortName(session.source);
  return text(`${name} 已经是最新的，没有写`, `${name} is up to date; nothing was written`)[session.settings.lang];
}

/** The ledger was synced before, and what was known of it is gone: nothing is wrong, but changes cannot be told. */
export function sayStateLost(studied: Study, session: Session, world: World): void {
  if (studied.memory !== 'lost') return;
  world.say(
    text(
      '找不到这本台账以前的同步记录（台账旁边的 .ledger 文件夹），这次没法说“与上次比变了什么”，从现在起重新记。搬动台账时请把 .ledger 一起搬走',
      'What earlier syncs knew of this ledger (the folder .ledger beside it) is not there: what changed since cannot be told, and is recorded anew. Take .ledger along when the ledger moves',
    )[session.settings.lang],
  );
}

/** Cells of the program's sheets listed on the screen; all of them are in the journal. */
const listedEdits = 5;

export function sayTypedOver(edits: readonly OwnSheetEdit[], session: Session, world: World): void {
  if (edits.length === 0) return;
  const { lang } = session.settings;
  const listed = edits
    .slice(0, listedEdits)
    .map(edit => `${edit.sheet}!${edit.cell}“${edit.after}”`)
    .join('、');
  world.say(
    text(
      `系统表里有人改过 ${edits.length} 格（${listed}${edits.length > listedEdits ? ' 等' : ''}）。这些表由程序填写，已按台账重写；改过的内容都记在 ledger log 里`,
      `${edits.length} cells of the program’s sheets had been changed by hand (${listed}${edits.length > listedEdits ? ' …' : ''}); they were written anew from the ledger, and what was typed is kept in ledger log`,
    )[lang],
  );
}

/** What a service was asked for; nothing where there is none. */
export function callsText(calls: Calls | undefined): Text {
  if (calls === undefined || calls.read + calls.write + calls.drive === 0) return text('', '');
  // A service account signs for itself; a person's token is fetched.
  const signedIn = calls.signIn === 0 ? text('', '') : text(`、登录${calls.signIn}次`, `, ${calls.signIn} sign-in`);
  return text(
    `（Google 调用：读${calls.read}次、写${calls.write}次、权限核对${calls.drive}次${signedIn.zh}）`,
    ` (Google calls: ${calls.read} read, ${calls.write} write, ${calls.drive} Drive${signedIn.en})`,
  );
}

export function sayWritten(wanted: Plan, applied: Applied, session: Session, world: World): void {
  const { lang } = session.settings;
  for (const note of applied.notes ?? []) world.say(note[lang]);
  const counted = callsText(session.store.calls)[lang];
  if (isEmptyPlan(wanted)) {
    world.say(upToDate(session) + counted);
    return;
  }
  // Where it lies, as one would type it from here.
  const name = isGoogleAddress(session.source) ? session.source : relative(world.cwd, session.source);
  const sheets = wanted.images.map(image => `“${image.name}”`).join('');
  const what = [
    ...(applied.cells === 0 ? [] : [text(`${applied.cells} 格`, `${applied.cells} cells`)]),
    ...(sheets === '' ? [] : [text(`更新${sheets}`, `sheets ${sheets}`)]),
  ];
  world.say(
    text(
      `已写回 ${name}：${what.map(one => one.zh).join('，')}`,
      `Written to ${name}: ${what.map(one => one.en).join(', ')}`,
    )[lang] + counted,
  );
  if (applied.backup !== undefined) {
    world.say(
      text(
        `${isGoogleAddress(session.source) ? '写之前的内容' : '原文件'}备份在 ${applied.backup}（保留最近 ${session.settings.backups} 份）`,
        `The former file is in ${applied.backup} (the last ${session.settings.backups} are kept)`,
      )[lang],
    );
  }
}
