import { type Described, elsewhere } from '../checks/elsewhere.js';
import { exampleParts } from '../checks/example.js';
import { grouped } from '../checks/groups.js';
import { checks } from '../checks/index.js';
import { type Lang, type Text, text } from '../model/text.js';
import { levelMark, levelName, type Palette, palette } from '../render/palette.js';
import { table, wrap } from '../render/table.js';
import { type RunCommand, UseError } from './command.js';

/** The checks of a ledger have an example; what is said of mirrors and notices has none. */
type Known = Described & { readonly example?: string };
const known: readonly Known[] = [...checks, ...elsewhere];

/** What a check demands, why, an example, how to fix; without an id, the list of all checks. */
export const run: RunCommand = async (given, world) => {
  const [wanted] = given.args;
  const { lang } = world;
  const colors = palette(world.color);
  if (wanted === undefined) {
    if (given.on('json')) world.json(known.map(check => described(check)));
    else for (const line of listed(lang, colors)) world.say(line);
    return 0;
  }
  const meant = meantBy(wanted, lang);
  const [check] = meant;
  if (check === undefined || meant.length > 1) {
    const near = check === undefined ? [nearest(wanted)].filter(one => one !== undefined) : meant;
    const choice = near.map(one => text(`“${one.title.zh}”`, `“${one.title.en}” (${one.id})`));
    throw new UseError(
      text(
        `没有叫“${wanted}”的提示${near.length === 0 ? '。' : `，是不是${choice.map(one => one.zh).join('、')}？`}运行 ledger explain 看全部`,
        `There is no check “${wanted}”${near.length === 0 ? '.' : `; did you mean ${choice.map(one => one.en).join(', ')}?`} ledger explain lists them all`,
      ),
    );
  }
  if (given.on('json')) {
    world.json(described(check));
    return 0;
  }
  const paragraph = (title: string, body: string) => {
    world.say('');
    world.say(colors.bold(title));
    for (const line of wrap(body, Math.min(world.columns, 100) - 4)) world.say(`  ${line}`);
  };
  world.say(
    `${levelMark(check.level, colors)} ${colors.bold(check.title[lang])}  ${colors.dim(`${check.id} · ${levelName(check.level, lang)}`)}`,
  );
  paragraph(text('要求', 'Demands')[lang], check.about[lang]);
  paragraph(text('为什么', 'Why')[lang], check.why[lang]);
  paragraph(text('怎么改', 'How to fix')[lang], check.remedy[lang]);
  if (check.example === undefined) return 0;
  const parts = exampleParts(check.example);
  const shown = (caption: Text, example: string | undefined) => {
    if (example === undefined) return;
    world.say('');
    world.say(colors.bold(caption[lang]));
    for (const line of exampleLines(example, lang)) world.say(`  ${line}`);
  };
  // What was before comes first: only beside it do the examples say anything.
  shown(text('上次同步时的台账', 'The ledger at the last sync'), parts.last);
  shown(
    text('佐证材料文件夹', 'The evidence folder'),
    parts.folder === undefined ? undefined : `| ${folderColumns[lang].join(' | ')} |\n${parts.folder.trim()}`,
  );
  shown(text('会提示的例子（«»处）', 'Reported, at «»'), parts.reported);
  shown(text('正常、不提示的例子', 'Legitimate, not reported'), parts.quiet);
  return 0;
};

const folderColumns = {
  zh: ['文件', '内容指纹', '上次同步时的指纹'],
  en: ['file', 'fingerprint', 'fingerprint at the last sync'],
} as const;

function described(check: Described): object {
  return {
    id: check.id,
    level: check.level,
    title: check.title,
    about: check.about,
    why: check.why,
    remedy: check.remedy,
  };
}

/** Merged cells are written as marks in an example. */
const merged: Readonly<Partial<Record<string, Text>>> = {
  '^': text('（与上格合并）', '(merged with the cell above)'),
  '<': text('（与左格合并）', '(merged with the cell to the left)'),
};

/** The example's tables, aligned. */
function exampleLines(example: string, lang: Lang): string[] {
  const lines: string[] = [];
  let rows: string[][] = [];
  const flush = () => {
    if (rows.length > 0)
      lines.push(
        ...table(
          rows,
          Array.from({ length: rows.reduce((most, row) => Math.max(most, row.length), 0) }, () => 'left' as const),
        ),
      );
    rows = [];
  };
  for (const line of example.split('\n').map(one => one.trim())) {
    if (line.startsWith('|'))
      rows.push(
        line
          .slice(1, line.endsWith('|') ? -1 : undefined)
          .split('|')
          .map(cell => merged[cell.trim()]?.[lang] ?? cell.trim()),
      );
    else {
      flush();
      if (line.startsWith('## ')) lines.push(`【${line.slice(3)}】`);
    }
  }
  flush();
  return lines;
}

/** All checks, by the kind of work they ask for. */
function listed(lang: Lang, colors: Palette): string[] {
  const groups = grouped(known);
  // One table for all, so that the columns of the groups stand under one another.
  const lines = table(
    groups.flatMap(group =>
      group.checks.map(check => [
        levelMark(check.level, colors),
        check.title[lang],
        colors.dim(check.id),
        levelName(check.level, lang),
      ]),
    ),
    ['left', 'left', 'left', 'left'],
  );
  let from = 0;
  return groups.flatMap((group, index) => {
    const own = lines.slice(from, from + group.checks.length);
    from += group.checks.length;
    return [...(index === 0 ? [] : ['']), colors.bold(group.title[lang]), ...own];
  });
}

/** The one check of that id or title; else every check whose title has the typed words, or their letters in order (合计不符). */
function meantBy(wanted: string, lang: Lang): Known[] {
  const typed = wanted.replace(/^\[(.+)\]$/u, '$1').toLowerCase();
  const exact = known.filter(one => [one.id, one.title.zh, one.title.en.toLowerCase()].includes(typed));
  if (exact.length > 0) return exact;
  const holding = known.filter(one => [one.id, one.title[lang].toLowerCase()].some(name => name.includes(typed)));
  if (holding.length > 0) return holding;
  return /\p{Script=Han}{2}/u.test(typed) ? known.filter(one => isAbbreviation(typed, one.title.zh)) : [];
}

function isAbbreviation(short: string, long: string): boolean {
  let at = 0;
  for (const letter of short) {
    at = long.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** The check whose title or id shares the most letters with what was typed; undefined when none shares half of them. */
function nearest(wanted: string): Described | undefined {
  const letters = new Set(wanted.toLowerCase());
  let best: { check: Described; share: number } | undefined;
  for (const check of known) {
    for (const name of [check.id, check.title.zh]) {
      const own = new Set(name);
      const share = [...letters].filter(letter => own.has(letter)).length / Math.max(letters.size, own.size);
      if (best === undefined || share > best.share) best = { check, share };
    }
  }
  return best !== undefined && best.share >= 0.5 ? best.check : undefined;
}
