import { rm } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { assetPath } from '../assets.js';
import { type NamedKind, readNamedFile } from '../files/named-file.js';
import type { Diagnostic } from '../model/diagnostic.js';
import { text } from '../model/text.js';
import type { Edition } from '../notice/write/index.js';
import { diagnosticLines } from '../render/diagnostics.js';
import { palette } from '../render/palette.js';
import { StoreError } from '../stores/store.js';
import { readHead } from '../sync/journal-files.js';
import { type RunCommand, UseError, type World } from './command.js';
import { sayDocument, shortName } from './output.js';
import { refuseExisting, requireExtension, writeOutput } from './output-file.js';
import { openSession, type Session } from './session.js';
import { study } from './study.js';

const example = 'ledger notice 台账.xlsx -o 通报.docx';
const templateFile: NamedKind = { code: 'template', name: text('模板', 'template'), most: 50 };

/**
 * The notice and its sign-off sheet, written from the ledger. Refused (exit 1, nothing written) while something stands that
 * touches its figures or what it prints; --draft writes all the same and marks every page. Never over an existing file.
 */
export const run: RunCommand = async (given, world) => {
  const output = given.text('output');
  if (output === undefined)
    throw new UseError(
      text(`请写明通报的文件名，例如：${example}`, `Name the document to write, for example: ${example}`),
    );
  requireExtension(output, '.docx', example);
  const path = resolve(world.cwd, output);
  const sheetPath = path.replace(/\.docx$/iu, '-签发核对表.docx');
  refuseExisting(path);
  refuseExisting(sheetPath);
  const session = openSession(given, world);
  const { lang } = session.settings;
  const { examined, grid, paths, state } = await study(session);
  const writing = await import('../notice/write/index.js');
  const edition: Edition = given.text('edition') === 'internal' ? 'internal' : 'public';
  if (writing.publishedFindings(examined, edition).length === 0)
    throw new StoreError(2, 'nothing-to-publish', nothingToPublish(writing.saysNothingOfPublicity(examined), edition));
  const template = given.text('template');
  const templatePath = template === undefined ? assetPath('templates/notice.docx') : resolve(world.cwd, template);

  const standing = writing.standing(examined, edition);
  const held = standing.blocking.length + standing.missing.length;
  const draft = given.on('draft');
  const content = writing.noticeContent(examined, edition);
  // Filled before anything is refused or written: a broken template is said at once.
  const templateBytes = readNamedFile(templatePath, templateFile);
  const unused = await writing.checkTemplate(templateBytes, basename(templatePath));
  const notice = writing.fillTemplate(templateBytes, basename(templatePath), writing.templateFields(content));
  const exit = held > 0 ? 1 : 0;
  const written = held === 0 || draft;
  if (written) {
    const sheet = writing.signOffSheet({
      examined,
      figures: content.figures,
      edition,
      standing,
      notice: basename(path),
      source: shortName(session.source),
      journal: state.journalEnd ?? readHead(paths.journal),
    });
    if (draft) for (const document of [notice, sheet]) writing.markDraft(document);
    // The notice last: where it is, its sign-off sheet is, too.
    await writeOutput(sheetPath, writing.fileOf(sheet));
    await writeOutput(path, writing.fileOf(notice)).catch(async (error: unknown) => {
      await rm(sheetPath, { force: true });
      throw error;
    });
  }

  if (given.on('json')) {
    sayDocument('notice', exit, examined, grid.revision, session, world, {
      document: {
        edition,
        draft,
        written: written ? [path, sheetPath] : [],
        fedBack: content.figures.fedBack,
        printed: content.figures.printed,
        missing: standing.missing.map(one => one[lang]),
        blocking: standing.blocking.map(one => one.id),
        unusedPlaceholders: unused,
      },
    });
    return exit;
  }
  if (held > 0) {
    world.say(
      (written
        ? text(
            `还有${held}处影响通报，只写成草稿，每页标了“草稿”：`,
            `${held} matters touch the notice; it was written as a draft, marked on every page:`,
          )
        : text(
            `没有写通报：有${held}处影响其中的数字、状态或公开的内容。改好再写；要先看样子就加 --draft：`,
            `No notice was written: ${held} matters touch its figures, statuses or what it prints. Mend them, or add --draft to see it:`,
          ))[lang],
    );
    for (const one of standing.missing) world.say(`✗ ${one[lang]}`);
    sayDiagnostics(standing.blocking, session, world, given.on('verbose'));
  }
  if (written) {
    world.say(text(`通报：${path}`, `Notice: ${path}`)[lang]);
    world.say(text(`签发核对表：${sheetPath}`, `Sign-off sheet: ${sheetPath}`)[lang]);
    if (unused.length > 0) {
      const names = unused.map(one => `{${one}}`);
      world.say(
        text(
          `模板没有用到${names.join('、')}，通报里没有这些内容`,
          `The template does not ask for ${names.join(', ')}: the notice says nothing of it`,
        )[lang],
      );
    }
    const { fedBack, printed } = content.figures;
    world.say(
      text(
        `反馈问题${fedBack}个，本通报写了${printed}个`,
        `${fedBack} findings were fed back, the notice has ${printed}`,
      )[lang],
    );
  }
  if (standing.others.length > 0 && written)
    world.say(
      text(
        `另有${standing.others.length}条提示不影响通报，运行 ledger check 可以看到`,
        `${standing.others.length} further diagnostics do not touch the notice; ledger check lists them`,
      )[lang],
    );
  return exit;
};

function sayDiagnostics(list: readonly Diagnostic[], session: Session, world: World, verbose: boolean): void {
  const view = {
    lang: session.settings.lang,
    colors: palette(world.color),
    width: Math.min(world.columns, 110),
    verbose,
  };
  for (const line of diagnosticLines(list, view)) world.say(line);
}

function nothingToPublish(blank: boolean, edition: Edition) {
  if (blank)
    return text(
      '台账的“公开范围”还一个都没填，不知道哪些可以公开：请在这一栏给每个问题写“社会公开”“党内通报”或“不公开”，再写通报',
      'No finding says where it may go: write 社会公开, 党内通报 or 不公开 into 公开范围 for each of them, then write the notice',
    );
  return edition === 'public'
    ? text(
        '台账里没有一个问题的“公开范围”是“社会公开”，社会公开版没有内容可写；写党内版请加 --edition internal',
        'No finding is marked 社会公开, so a public notice has nothing to say; for the internal one add --edition internal',
      )
    : text(
        '台账里没有一个问题的“公开范围”是“社会公开”或“党内通报”，没有内容可写',
        'No finding is marked 社会公开 or 党内通报, so there is nothing to write',
      );
}
