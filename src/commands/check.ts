import { resolve } from 'node:path';
import { isGoogleAddress } from '../model/address.js';
import { text } from '../model/text.js';
import { openExcel } from '../stores/excel/index.js';
import { type RunCommand, UseError } from './command.js';
import { exitFor, sayDocument, sayExamined } from './output.js';
import { requireCopy } from './output-file.js';
import { openSession } from './session.js';
import { study } from './study.js';
import { planFor } from './writing.js';

/** Read, check, reconcile; leaves the file alone. With -o the results go into a copy. */
export const run: RunCommand = async (given, world) => {
  const session = openSession(given, world);
  const output = given.text('output');
  if (output !== undefined && isGoogleAddress(session.source)) {
    throw new UseError(
      text(
        '-o 只能用于 Excel 台账；Google 表格请先下载一份 .xlsx',
        '-o works for an Excel ledger; download the Google Sheet as .xlsx first',
      ),
    );
  }
  const out = output === undefined ? undefined : resolve(world.cwd, output);
  if (out !== undefined) requireCopy(out, session.source);
  const studied = await study(session);
  const { examined, grid } = studied;
  const exit = exitFor(examined);
  if (out !== undefined) await openExcel(session.source).copyWith(planFor(studied), out);
  if (given.on('json')) sayDocument('check', exit, examined, grid.revision, session, world);
  else sayExamined(examined, session, given, world);
  if (output !== undefined)
    world.say(
      text(
        `结果已写入副本：${output}（原文件没有改动）`,
        `The results are in the copy ${output}; the ledger itself was not changed`,
      )[session.settings.lang],
    );
  return exit;
};
