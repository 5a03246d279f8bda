import { text } from '../model/text.js';
import { type RunCommand, UseError } from './command.js';
import { journalAccess, sharedSheet, withSignIn } from './google-access.js';

/** Takes an account's access to the mirror back. */
export const run: RunCommand = async (given, world) => {
  const [email] = given.args;
  if (email === undefined)
    throw new UseError(
      text(
        '请写要收回权限的账号，例如：ledger unshare name@example.org',
        'Name the account, for example: ledger unshare name@example.org',
      ),
    );
  const shared = sharedSheet(given, world);
  const { lang, google } = shared.settings;
  const { unshare } = await import('../stores/google/index.js');
  const had = await withSignIn(shared.settings, world, 'share', () => unshare(shared.address, google, email));
  if (had)
    await journalAccess(
      shared,
      { kind: 'share', before: email, after: '', why: text('收回共享表权限', 'access taken back')[lang] },
      world,
    );
  if (given.on('json')) world.json({ schemaVersion: 1, command: 'unshare', exit: 0, email, had });
  world.say(
    had
      ? text(`已收回 ${email} 的权限`, `${email} can no longer open the mirror`)[lang]
      : text(`${email} 本来就没有权限`, `${email} had no access`)[lang],
  );
  return 0;
};
