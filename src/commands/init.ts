import { existsSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { CONFIG_NAME } from '../config/find.js';
import { isGoogleAddress } from '../model/address.js';
import type { Plan } from '../model/plan.js';
import { text } from '../model/text.js';
import { factsSheetOf } from '../read/facts.js';
import { isLedger, readLedger, titleFacts } from '../read/ledger.js';
import { factsSheetName } from '../sheets/facts.js';
import { openExcel } from '../stores/excel/index.js';
import { newLedgerId } from '../sync/ids.js';
import { proposedColumns } from '../sync/mirror-shape.js';
import { factsSheet } from '../writeback/facts-sheet.js';
import { type Given, type RunCommand, UseError, type World } from './command.js';
import { output, refuseExisting, requireCopy, writeOutput } from './output-file.js';
import { openSession } from './session.js';

/** A standard workbook, a sample, or an existing workbook adopted as it is. Never overwrites anything. */
export const run: RunCommand = async (given, world) => {
  const old = given.text('from');
  const file = resolve(world.cwd, given.args[0] ?? defaultName(old));
  if (isGoogleAddress(given.args[0] ?? '')) {
    throw new UseError(
      text(
        'Google 表格请先在网页上新建一张空表，再运行 ledger sync google:表格编号',
        'Make an empty Google Sheet in the browser first, then run ledger sync google:<id>',
      ),
    );
  }
  if (!/\.xls[xm]$/iu.test(file))
    throw new UseError(
      text(
        `台账的文件名要以 .xlsx 结尾，写的是“${basename(file)}”`,
        `The ledger’s name must end in .xlsx, found “${basename(file)}”`,
      ),
    );
  refuseExisting(file);
  if (!existsSync(dirname(file)))
    throw new UseError(
      text(`没有这个文件夹：${dirname(file)}，请先建好`, `There is no folder ${dirname(file)}; make it first`),
    );

  const added = old === undefined ? await fresh(given, file) : await adopted(given, world, old, file);
  const config = given.on('sample') ? undefined : await writeConfig(file, world);
  if (given.on('json'))
    world.json({ schemaVersion: 1, command: 'init', exit: 0, written: file, config: config ?? null });
  const { lang } = world;
  world.say(added[lang]);
  if (config !== undefined) world.say(text(`配置：${config}`, `Config: ${config}`)[lang]);
  if (!given.on('sample'))
    world.say(
      text(
        `下一步：填好“${factsSheetName.zh}”和台账，然后运行 ledger sync ${basename(file)}`,
        `Next: fill in ${factsSheetName.zh} and the ledger, then run ledger sync ${basename(file)}`,
      )[lang],
    );
  return 0;
};

function defaultName(old: string | undefined): string {
  return old === undefined ? '整改台账.xlsx' : `${basename(old, extname(old))}-纳入系统${extname(old)}`;
}

async function fresh(given: Given, file: string) {
  if (given.on('sample')) {
    const { makeSample } = await import('../sample/index.js');
    await output(file, () => makeSample(file));
    return text(`已生成示例台账：${file}`, `The sample ledger is ${file}`);
  }
  const { authorWorkbook } = await import('../stores/excel/author.js');
  await writeOutput(file, await authorWorkbook({ full: given.on('full') }));
  return text(`已新建标准台账：${file}`, `The new ledger is ${file}`);
}

/** A copy of the office's own workbook with 基本信息 added; no cell of it is touched. */
async function adopted(given: Given, world: World, old: string, file: string) {
  if (given.on('sample') || given.on('full'))
    throw new UseError(text('--from 不能和 --sample、--full 一起用', '--from does not go with --sample or --full'));
  const session = openSession(given, world, old);
  requireCopy(file, session.source);
  const store = openExcel(session.source);
  const grid = await store.read();
  const read = readLedger(grid, {
    mappings: session.mappings,
    facts: session.settings.facts,
    asOf: session.settings.asOf,
  });
  if (!isLedger(read)) {
    throw new UseError(
      text(
        `${basename(session.source)} 里没有一行像整改台账的表头（要有${read.lookedFor.join('、')}）；先用 ledger map 写一份映射，再加 --mapping`,
        `No row of ${basename(session.source)} looks like a ledger’s header; write a mapping with ledger map first`,
      ),
    );
  }
  const hasFacts = factsSheetOf(grid) !== undefined;
  const image = factsSheet(titleFacts(read.main.header));
  const plan: Plan = {
    target: session.source,
    basedOn: grid.revision,
    ledgerId: newLedgerId(),
    expects: [],
    columns: [],
    widen: [],
    edits: [],
    images: hasFacts ? [] : [image],
  };
  await store.copyWith(plan, file);
  return hasFacts
    ? text(
        `已另存为 ${file}；原来就有“${factsSheetName.zh}”表，没有添加别的`,
        `Saved as ${file}; it has ${factsSheetName.zh} already, nothing was added`,
      )
    : text(
        `已另存为 ${file}，只添加了“${image.name}”表（已填入标题栏里的内容），您的单元格一格没动`,
        `Saved as ${file}; only the sheet ${image.name} was added, none of your cells was touched`,
      );
}

/** A config beside the new ledger, unless there is one; on a terminal with a mirror, when one is wanted. */
async function writeConfig(file: string, world: World): Promise<string | undefined> {
  const path = join(dirname(file), CONFIG_NAME);
  if (existsSync(path)) return undefined;
  const mirror = await wantedMirror(file, world);
  const config = { source: basename(file), ...(mirror === undefined ? {} : { mirror }) };
  await writeOutput(path, `${JSON.stringify(config, null, 2)}\n`);
  return path;
}

/** The mirror in a shared folder is offered first; which rows may go is never assumed, and the columns are written down to be cut. */
async function wantedMirror(file: string, world: World) {
  const answer = await world.ask(
    text(
      '要给审核方一份共享表（.xlsx，放在同一文件夹，审核意见会自动带回）吗？输入 all（全部问题，给巡察办等审核方）或 public（只有社会公开的），不要就直接回车：',
      'Make a shared copy for the reviewers (.xlsx in this folder; their reviews come back)? all (every finding), public (only what is marked 社会公开), or Enter for none: ',
    )[world.lang],
  );
  const rows = answer?.trim().toLowerCase();
  if (rows !== 'all' && rows !== 'public') return undefined;
  const extension = extname(file);
  const to = `${basename(file, extension)}（审核用）.xlsx`;
  world.say(
    text(
      `同步时会建好“${to}”。共享哪些栏写在配置的 mirror.columns 里，不宜共享的请删去`,
      `Syncing will make ${to}. Its columns are listed in mirror.columns of the config; take out what must stay`,
    )[world.lang],
  );
  return { to, rows, columns: proposedColumns() };
}
