import { resolve } from 'node:path';
import { isGoogleAddress } from '../model/address.js';
import { text } from '../model/text.js';
import { openExcel } from '../stores/excel/index.js';
import { type RunCommand, UseError } from './command.js';
import { requireCopy } from './output-file.js';
import { openSession } from './session.js';

/** A copy without the program's columns and sheets, for submission. */
export const run: RunCommand = async (given, world) => {
  const session = openSession(given, world);
  const output = given.text('output');
  if (output === undefined)
    throw new UseError(
      text(
        '请写明副本的文件名，例如：ledger clean 台账.xlsx -o 报送稿.xlsx',
        'Name the copy, for example: ledger clean LEDGER.xlsx -o COPY.xlsx',
      ),
    );
  if (isGoogleAddress(session.source))
    throw new UseError(
      text(
        'clean 只能用于 Excel 台账；Google 表格请先下载一份 .xlsx',
        'clean works for an Excel ledger; download the Google Sheet as .xlsx first',
      ),
    );
  const out = resolve(world.cwd, output);
  requireCopy(out, session.source);
  await openExcel(session.source).copyWithoutOurs(out);
  if (given.on('json')) world.json({ schemaVersion: 1, command: 'clean', exit: 0, written: out });
  world.say(
    text(
      `已另存：${out}（不含系统栏和系统表，原文件没有改动）`,
      `Saved ${out}, without the program’s columns and sheets; the ledger itself was not changed`,
    )[session.settings.lang],
  );
  return 0;
};
