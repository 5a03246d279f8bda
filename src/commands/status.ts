import { countLevels } from '../examine.js';
import { text } from '../model/text.js';
import { palette } from '../render/palette.js';
import { categoryLines, headLines, progressLines, verdictLine } from '../render/summary.js';
import { cutTo } from '../render/table.js';
import { trendLines } from '../render/trend.js';
import { noTrend, readTrend } from '../sync/trend.js';
import type { RunCommand } from './command.js';
import { exitFor, sayDocument, shortName } from './output.js';
import { openSession } from './session.js';
import { study } from './study.js';

/** Overdue findings listed on the page; the rest are counted. */
const listed = 10;

/** A terminal page: progress by focus area and department, money, overdue, the trend. */
export const run: RunCommand = async (given, world) => {
  const session = openSession(given, world);
  const { examined, grid, paths, state } = await study(session);
  const { lang } = session.settings;
  const exit = exitFor(examined);
  const trend = grid.ledgerId === undefined ? noTrend : readTrend(paths.journal, state.journalWaits);
  if (given.on('json')) {
    sayDocument('status', exit, examined, grid.revision, session, world, {
      trend: trend.points,
      trendGap: trend.gap?.[lang] ?? null,
    });
    return exit;
  }
  const colors = palette(world.color);
  const width = Math.min(world.columns, 110);
  const { summary } = examined;
  const section = (title: string, lines: readonly string[]) => {
    if (lines.length === 0) return;
    world.say('');
    world.say(colors.bold(title));
    for (const line of lines) world.say(`  ${line}`);
  };
  for (const line of headLines(examined, shortName(session.source), lang, colors, width)) world.say(line);
  section(text('各方面进度', 'By focus area')[lang], progressLines(summary.byFocus, lang, colors, width));
  section(text('各部门进度', 'By department')[lang], progressLines(summary.byDepartment, lang, colors, width));
  section(text('资金（元）', 'Money (yuan)')[lang], categoryLines(summary.byCategory, lang, width));
  section(
    text('逾期', 'Overdue')[lang],
    summary.overdue.slice(0, listed).map(({ state, days }) => {
      const name = text(`问题${state.finding.label}`, `finding ${state.finding.label}`)[lang];
      return `${colors.red(text(`逾期${days}天`, `${days} days`)[lang])}  ${name}  ${cutTo(state.finding.title, width - 30)}`;
    }),
  );
  if (summary.overdue.length > listed)
    world.say(
      colors.dim(
        text(`  ……还有${summary.overdue.length - listed}个`, `  … ${summary.overdue.length - listed} more`)[lang],
      ),
    );
  section(text('历次同步', 'Trend')[lang], trendLines(trend, lang, colors, width - 2));
  world.say('');
  world.say(verdictLine(examined, lang, colors));
  const { error, warning, info } = countLevels(examined.diagnostics);
  if (error + warning + info > 0)
    world.say(
      colors.dim(
        text(
          `逐条查看：ledger check ${shortName(session.source)}`,
          `To see them one by one: ledger check ${shortName(session.source)}`,
        )[lang],
      ),
    );
  return exit;
};
