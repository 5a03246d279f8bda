import { resolve } from 'node:path';
import { countLevels } from '../examine.js';
import { beginningOf } from '../files/ordinary.js';
import { text } from '../model/text.js';
import type { Linting, Remark } from '../notice/lint/linting.js';
import { diagnosticDocument, schemaVersion } from '../render/document.js';
import { palette } from '../render/palette.js';
import type { Given, RunCommand, World } from './command.js';
import { lintLines, lintVerdict } from './lint-lines.js';
import { type NoticeFile, readNoticeFile } from './notice-file.js';
import { shortName } from './output.js';
import { refuseExisting, requireExtension, writeOutput } from './output-file.js';
import { openSession, settingsFor, standardMapping } from './session.js';
import { study } from './study.js';

const example = 'ledger lint 通报.docx -o 标注稿.html';

/** A draft notice, checked by itself and, with --against, figure by figure against a ledger. Reads only. */
export const run: RunCommand = async (given, world) => {
  const [written = ''] = given.args;
  const output = given.text('output');
  const page = output === undefined ? undefined : await pageFor(resolve(world.cwd, output), output);
  const file = await readNoticeFile(world.cwd, written, [standardMapping()]);
  const { remarks, against } = await remarksOf(file, given, world);
  const exit = countLevels(remarks.map(one => one.diagnostic)).error > 0 ? 1 : 0;
  if (page !== undefined) {
    const marked = page.make({
      source: file.name,
      against,
      paragraphs: inParagraphs(file),
      lines: file.source.lines,
      marks: remarks,
      lang: world.lang,
    });
    await writeOutput(page.path, marked, page.older ? 'over' : undefined);
  }
  if (given.on('json')) {
    world.json({
      schemaVersion,
      command: 'lint',
      exit,
      source: file.path,
      against: against ?? null,
      levels: countLevels(remarks.map(one => one.diagnostic)),
      diagnostics: remarks.map(one => ({
        ...diagnosticDocument(one.diagnostic, world.lang),
        ...(one.diagnostic.at.col === undefined ? {} : { column: one.diagnostic.at.col }),
      })),
      ...(page === undefined ? {} : { written: page.path }),
    });
    return exit;
  }
  say(remarks, file, against, given, world);
  if (page !== undefined)
    world.say(
      text(
        `标注稿已写入 ${page.path}，用浏览器打开即可`,
        `The marked-up copy is in ${page.path}; open it in a browser`,
      )[world.lang],
    );
  return exit;
};

/** Lines of a document are its paragraphs and table rows. */
function inParagraphs({ source }: NoticeFile): boolean {
  return source.format === 'docx' || source.format === 'html';
}

/** Where the marked-up copy goes. An older copy of the same name is replaced, nothing else is. */
async function pageFor(path: string, written: string) {
  requireExtension(written, '.html', example);
  const { markedNotice, markedNoticeMark } = await import('../reports/marked-notice.js');
  const older = isOwnCopy(path, markedNoticeMark);
  if (!older) refuseExisting(path);
  return { path, older, make: markedNotice };
}

function isOwnCopy(path: string, mark: string): boolean {
  return beginningOf(path, 8000).includes(mark);
}

async function remarksOf(
  file: NoticeFile,
  given: Given,
  world: World,
): Promise<{ readonly remarks: readonly Remark[]; readonly against: string | undefined }> {
  const { lintNotice } = await import('../notice/lint/index.js');
  const ledger = given.text('against');
  const texts = new Map(file.source.lines.map(line => [line.number, line.text]));
  const edition: Linting['edition'] = given.text('edition') === 'internal' ? 'internal' : 'public';
  const common = {
    source: file.source,
    edition,
    parsed: file.parsed,
    lineText: (line: number) => texts.get(line) ?? '',
  };
  if (ledger === undefined) {
    const { settings } = settingsFor(given, world, undefined);
    const linting: Linting = {
      ...common,
      mappings: [standardMapping()],
      asOf: settings.asOf,
      levels: settings.checks,
    };
    return { remarks: lintNotice(linting), against: undefined };
  }
  const session = openSession(given, world, ledger);
  const linting: Linting = {
    ...common,
    mappings: session.mappings,
    asOf: session.settings.asOf,
    levels: session.settings.checks,
  };
  const { bothRemarks, lintAgainst } = await import('../notice/lint/against/index.js');
  const { examined } = await study(session);
  return {
    remarks: bothRemarks(lintNotice(linting), lintAgainst(linting, examined)),
    against: shortName(session.source),
  };
}

function say(
  remarks: readonly Remark[],
  file: NoticeFile,
  against: string | undefined,
  given: Given,
  world: World,
): void {
  const { lang } = world;
  const colors = palette(world.color);
  const findings = file.parsed.sections.reduce((sum, section) => sum + section.findings.length, 0);
  world.say(
    `${colors.bold(file.name)}  ${
      text(
        `${findings}个问题，${file.parsed.claims.length}个成效数据${against === undefined ? '' : `；与 ${against} 对照`}`,
        `${findings} findings, ${file.parsed.claims.length} stated figures${against === undefined ? '' : `; compared with ${against}`}`,
      )[lang]
    }`,
  );
  if (inParagraphs(file))
    world.say(
      colors.dim(
        text('（行号是第几个有文字的段落或表格行）', '(a line is a paragraph or table row that holds text)')[lang],
      ),
    );
  world.say('');
  const width = Math.min(world.columns, 110);
  const view = { name: file.name, source: file.source, lang, colors, width, verbose: given.on('verbose') };
  for (const line of lintLines(remarks, view)) world.say(line);
  world.say(lintVerdict(remarks, lang, colors));
  if (against === undefined)
    world.say(
      colors.dim(
        text(
          '与台账逐数对照：ledger lint 通报 --against 台账.xlsx',
          'To compare it with a ledger, figure by figure: ledger lint NOTICE --against LEDGER.xlsx',
        )[lang],
      ),
    );
}
