import { resolve } from 'node:path';
import { version } from '../assets.js';
import { beginningOf } from '../files/ordinary.js';
import { text } from '../model/text.js';
import { palette } from '../render/palette.js';
import { verdictLine } from '../render/summary.js';
import { noTrend, readTrend } from '../sync/trend.js';
import { type RunCommand, UseError } from './command.js';
import { exitFor, sayDocument, shortName } from './output.js';
import { refuseExisting, requireExtension, writeOutput } from './output-file.js';
import { openSession } from './session.js';
import { study } from './study.js';

const example = 'ledger report 台账.xlsx -o 报告.html';

/** A page to look at: progress, money, overdue, diagnostics. An older report of the same name is replaced, nothing else is. */
export const run: RunCommand = async (given, world) => {
  const output = given.text('output');
  if (output === undefined)
    throw new UseError(text(`请写明网页的文件名，例如：${example}`, `Name the page to write, for example: ${example}`));
  requireExtension(output, '.html', example);
  const path = resolve(world.cwd, output);
  const { generatorMark, reportPage } = await import('../reports/page.js');
  const older = isOwnReport(path, generatorMark);
  if (!older) refuseExisting(path);
  const session = openSession(given, world);
  const { examined, grid, paths, state } = await study(session);
  const { lang } = session.settings;
  const trend = grid.ledgerId === undefined ? noTrend : readTrend(paths.journal, state.journalWaits);
  const page = await reportPage({ examined, trend, source: shortName(session.source), lang, version: version() });
  await writeOutput(path, page, older ? 'over' : undefined);
  const exit = exitFor(examined);
  if (given.on('json')) {
    sayDocument('report', exit, examined, grid.revision, session, world, { written: path });
    return exit;
  }
  world.say(
    text(
      `报告已写入 ${path}，用浏览器打开即可，不需要联网`,
      `The report is in ${path}; open it in a browser, no network is needed`,
    )[lang],
  );
  world.say(verdictLine(examined, lang, palette(world.color)));
  return exit;
};

/** The mark stands in the first lines of every page that the program made. */
function isOwnReport(path: string, mark: string): boolean {
  return beginningOf(path, 8000).includes(mark);
}
