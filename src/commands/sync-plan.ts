import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type NamedKind, readNamedFile } from '../files/named-file.js';
import { isEmptyPlan, type Plan } from '../model/plan.js';
import { type Lang, text } from '../model/text.js';
import { planDocument } from '../render/document.js';
import { palette } from '../render/palette.js';
import { planLines } from '../render/plan.js';
import { StoreError } from '../stores/store.js';
import { type PlanFile, planDigest, readPlanFile, writePlanFile } from '../sync/plan-file.js';
import { type Exit, type Given, UseError, type World } from './command.js';
import { intend } from './ledger-write.js';
import { foreseenDocument, sayDecision } from './mirror-words.js';
import { type Preview, previewMirror } from './mirroring.js';
import { exitFor, shortName } from './output.js';
import { refuseExisting, writeOutput } from './output-file.js';
import type { Session } from './session.js';
import { study } from './study.js';
import { documentOf } from './sync-words.js';

/** --dry-run and --plan-out: what would change on both sides, nothing written to either. */
export async function plan(given: Given, world: World, session: Session): Promise<Exit> {
  const { lang, mirror } = session.settings;
  const out = given.text('plan-out');
  if (out !== undefined) refuseExisting(resolve(world.cwd, out));
  const studied = await study(session);
  const alone = (await intend(studied)).plan;
  if (out !== undefined) {
    const target = resolve(world.cwd, out);
    await writeOutput(target, writePlanFile(alone, studied.examined.asOf, planDocument(alone)));
  }
  let seen: Preview | undefined;
  let unread: StoreError | undefined;
  try {
    seen = mirror === undefined ? undefined : await previewMirror(studied, mirror, session, given, world);
  } catch (error) {
    if (!(error instanceof StoreError) || error.exit !== 4) throw error;
    unread = error;
  }
  const wanted = seen?.intended.plan ?? alone;
  const after = seen?.intended.studied ?? studied;
  const examined = {
    ...after.examined,
    diagnostics: [...after.examined.diagnostics, ...(seen?.foreseen.diagnostics ?? [])],
  };
  const exit: Exit = unread !== undefined ? 4 : seen?.foreseen.decision === true ? 3 : exitFor(examined);
  if (given.on('json')) {
    world.json({
      ...documentOf({ ...after, examined }, wanted, undefined, exit, session),
      plan: planDocument(wanted, seen?.foreseen.plan.edits),
      ...(unread === undefined ? {} : { mirror: { state: 'behind', error: unread.text[lang] } }),
      ...(seen === undefined ? {} : foreseenDocument(seen.foreseen)),
    });
    return exit;
  }
  sayPlan(wanted, seen, given, world, lang);
  if (unread !== undefined)
    world.warn(text(`没能读取共享表：${unread.text.zh}`, `The mirror could not be read: ${unread.text.en}`)[lang]);
  if (out !== undefined)
    world.say(
      text(
        `计划已写到 ${out}；执行：ledger sync ${basename(session.source)} --plan ${out}${mirror === undefined ? '' : '（计划只管台账，共享表按执行时的内容同步）'}`,
        `The plan is in ${out}; to carry it out: ledger sync ${basename(session.source)} --plan ${out}${mirror === undefined ? '' : ' (of the ledger alone; the mirror follows as it then stands)'}`,
      )[lang],
    );
  return exit;
}

/** Each cell that would change, by the way it travels. */
function sayPlan(wanted: Plan, seen: Preview | undefined, given: Given, world: World, lang: Lang): void {
  const colors = palette(world.color);
  const list = (plan: Plan) => {
    for (const line of planLines(plan, lang, colors, Math.min(world.columns, 120), given.on('verbose')))
      world.say(line);
  };
  if (isEmptyPlan(wanted))
    world.say(text('没有要写的：台账已经是最新的', 'nothing to write: the ledger is up to date')[lang]);
  const { foreseen, brought = [] } = seen ?? {};
  if (brought.length > 0) {
    world.say(colors.bold(text('共享表 → 台账', 'mirror → ledger')[lang]));
    list({ ...wanted, columns: [], images: [], widen: [], edits: brought });
    world.say(colors.bold(text('台账', 'ledger')[lang]));
  }
  list({ ...wanted, edits: wanted.edits.slice(brought.length) });
  if (foreseen?.decision === true) {
    world.say(
      text(
        '共享表和台账两边都改过，或改动很多，需要您决定；不决定就什么都不会写',
        'Ledger and mirror were both changed, or much at once; until you decide nothing would be written',
      )[lang],
    );
    sayDecision(foreseen, lang, world);
  } else if (foreseen !== undefined) {
    const rows =
      foreseen.newRows === 0
        ? text('', '')
        : text(`（新行 ${foreseen.newRows} 行）`, ` (${foreseen.newRows} new rows)`);
    world.say(colors.bold(text(`台账 → 共享表${rows.zh}`, `ledger → mirror${rows.en}`)[lang]));
    if (isEmptyPlan(foreseen.plan)) world.say(text('共享表已经是最新的', 'The mirror is up to date')[lang]);
    list(foreseen.plan);
  }
  world.say(
    text(
      `共 ${wanted.edits.length} 格、${wanted.images.length} 张系统表。只是预览，没有写任何东西`,
      `${wanted.edits.length} cells, ${wanted.images.length} sheets. A preview: nothing was written`,
    )[lang],
  );
}

const planFile: NamedKind = { code: 'plan', name: text('计划文件', 'plan file'), most: 256 };

export function savedPlan(given: Given, world: World): PlanFile | undefined {
  const name = given.text('plan');
  if (name === undefined) return undefined;
  const path = resolve(world.cwd, name);
  if (!existsSync(path)) throw new UseError(text(`找不到计划文件 ${name}`, `There is no plan file ${name}`));
  return readPlanFile(readNamedFile(path, planFile).toString('utf8'), name);
}

export function requireSame(saved: PlanFile, wanted: Plan, session: Session): void {
  if (saved.digest === planDigest(wanted) && saved.basedOn === wanted.basedOn) return;
  throw new StoreError(
    3,
    'plan-stale',
    text(
      `${shortName(session.source)} 在写下计划之后变过，计划已经作废，什么都没有写。请重新运行 ledger sync --plan-out 看一遍新的计划`,
      `${shortName(session.source)} changed after the plan was written; the plan is void and nothing was written. Run ledger sync --plan-out again and look at the new one`,
    ),
  );
}
