import { text } from '../model/text.js';
import { table } from '../render/table.js';
import { type Given, type RunCommand, UseError, type World } from './command.js';
import { journalAccess, type Shared, sharedSheet, withSignIn } from './google-access.js';
import { settingsFor } from './session.js';

const roleNames = { reviewer: text('审核人', 'reviewer'), reader: text('只读', 'reader') } as const;

/** Gives a named account access to the mirror, or lists who has it. Never by link. */
export const run: RunCommand = async (given, world) => {
  if (given.on('create')) return create(given, world);
  const shared = sharedSheet(given, world);
  const [email] = given.args;
  if (given.on('list') || email === undefined) return list(shared, given, world);
  const as = given.text('as');
  if (as !== 'reviewer' && as !== 'reader') {
    throw new UseError(
      text(
        `请写明身份：ledger share ${email} --as reviewer（可填审核栏）或 --as reader（只读）`,
        `Say as what: ledger share ${email} --as reviewer, or --as reader`,
      ),
    );
  }
  const { lang, google } = shared.settings;
  const { shareWith } = await import('../stores/google/index.js');
  await withSignIn(shared.settings, world, 'share', () => shareWith(shared.address, google, email, as));
  await journalAccess(
    shared,
    { kind: 'share', after: `${email} ${as}`, why: text('开放共享表', 'access given')[lang] },
    world,
  );
  if (given.on('json')) world.json({ schemaVersion: 1, command: 'share', exit: 0, email, as });
  world.say(
    text(
      `${email} 现在可以打开共享表（${roleNames[as].zh}）。请把 ${email} 也写进配置的 mirror.${as}s，之后每次同步会核对名单`,
      `${email} can now open the mirror (${roleNames[as].en}). Put it into mirror.${as}s in the config, too: every sync compares the list`,
    )[lang],
  );
  return 0;
};

/** A new, empty sheet in the signed-in person's Drive; with a service account, how a person makes one. */
async function create(given: Given, world: World): Promise<0> {
  const { settings } = settingsFor(given, world, undefined);
  const { createSheet } = await import('../stores/google/index.js');
  const { address, url } = await withSignIn(settings, world, 'sync', () =>
    createSheet(settings.google, '巡察整改共享表'),
  );
  if (given.on('json')) world.json({ schemaVersion: 1, command: 'share', exit: 0, created: address, url });
  world.say(
    text(
      `已新建空表 ${url}。请在配置的 mirror 里写 "to": "${address}"，再运行 ledger sync`,
      `The empty sheet ${url} was made. Put "to": "${address}" into mirror in the config and run ledger sync`,
    )[settings.lang],
  );
  return 0;
}

async function list({ address, settings }: Shared, given: Given, world: World): Promise<0> {
  const { lang, google } = settings;
  const { listAccess } = await import('../stores/google/index.js');
  const access = await withSignIn(settings, world, 'sync', () => listAccess(address, google));
  if (given.on('json')) {
    world.json({ schemaVersion: 1, command: 'share', exit: 0, access });
    return 0;
  }
  const names = {
    owner: text('所有者', 'owner'),
    writer: text('可编辑', 'may edit'),
    commenter: text('可评论', 'may comment'),
    reader: text('只读', 'may read'),
  } as const;
  const anyone = text('知道链接的任何人', 'anyone with the link')[lang];
  const rows = access.map(one => [
    one.email ?? (one.kind === 'anyone' ? anyone : (one.domain ?? one.kind)),
    names[one.role][lang],
  ]);
  for (const line of table(rows, ['left', 'left'])) world.say(line);
  return 0;
}
