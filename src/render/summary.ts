import widthOf from 'fast-string-width';
import type { Examined } from '../examine.js';
import { countLevels } from '../examine.js';
import { statusNames } from '../i18n/statuses.js';
import { grouped, isZero, type Money, signed, subtract } from '../model/money.js';
import { type Lang, text } from '../model/text.js';
import type { Group, Summary } from '../reconcile/summary.js';
import { shownStatuses, unnamed } from '../reconcile/summary.js';
import type { Palette } from './palette.js';
import { bar, cutTo, table } from './table.js';

/** 元 with thousands separators, or 未计算. */
export function moneyText(money: Money | 'unknown', lang: Lang): string {
  return money === 'unknown' ? text('未计算', 'not computed')[lang] : grouped(money);
}

/** “5,033,000.00 元”, or 未计算 without a unit. */
function yuanText(money: Money | 'unknown', lang: Lang): string {
  const amount = moneyText(money, lang);
  return money === 'unknown' ? amount : text(`${amount} 元`, `¥${amount}`)[lang];
}

/** “已完成 9　整改中 2”: only what there is. */
export function statusLine(examined: Examined, lang: Lang): string {
  const { by } = examined.summary.all;
  return shownStatuses
    .filter(status => by[status] > 0)
    .map(status => `${statusNames[status][lang]} ${by[status]}`)
    .join(lang === 'zh' ? '　' : '  ');
}

/** A line of figures, broken between them where it is wider than the terminal. */
function packed(line: string, lang: Lang, width: number, lead = ''): string[] {
  const joint = lang === 'zh' ? '　' : '  ';
  const lines: string[] = [];
  for (const figure of line.split(joint)) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last + joint + figure) <= width) lines[lines.length - 1] = last + joint + figure;
    else lines.push(figure);
  }
  return lines.map(one => lead + one);
}

/** Head of every page: which ledger, as of when, counts, money. The results go to a line of their own where they must. */
export function headLines(
  examined: Examined,
  source: string,
  lang: Lang,
  colors: Palette,
  width = Number.POSITIVE_INFINITY,
): string[] {
  const { summary, asOf, ledger } = examined;
  const unit = ledger.facts.values.unit;
  const lines = [
    colors.bold([source, unit].filter(Boolean).join('  ')),
    colors.dim(text(`截至 ${asOf}`, `as of ${asOf}`)[lang]),
  ];
  const rate = summary.all.completionRate;
  const statuses = statusLine(examined, lang);
  const counts = text(
    `反馈问题 ${summary.all.findings} 个（具体问题 ${summary.subFindings}，措施 ${summary.measures}）`,
    `${summary.all.findings} findings (${summary.subFindings} sub-findings, ${summary.measures} measures)`,
  )[lang];
  const whole = `${counts}${statuses && text(`：${statuses}`, `: ${statuses}`)[lang]}`;
  lines.push(...(widthOf(whole) <= width ? [whole] : [counts, ...packed(statuses, lang, width - indent, '  ')]));
  const figures: string[] = [];
  if (rate !== undefined) {
    figures.push(
      text(
        `完成率 ${rate}%（已完成 ${summary.all.done} ÷ 应整改 ${summary.all.base}）　销号率 ${summary.all.closingRate ?? '0.00'}%`,
        `completion ${rate}% (${summary.all.done} done of ${summary.all.base})  closed ${summary.all.closingRate ?? '0.00'}%`,
      )[lang],
    );
  }
  const { money } = summary;
  figures.push(
    text(
      `应追缴 ${yuanText(money.due, 'zh')}　已追缴 ${yuanText(money.recovered, 'zh')}　尚欠 ${yuanText(money.outstanding, 'zh')}`,
      `due ${yuanText(money.due, 'en')}  recovered ${yuanText(money.recovered, 'en')}  outstanding ${yuanText(money.outstanding, 'en')}`,
    )[lang],
  );
  lines.push(...figures.flatMap(line => packed(line, lang, width)));
  return lines;
}

/** “必须改 3 条　请核对 2 条　提示 1 条”, or that nothing is wrong. */
export function verdictLine(examined: Examined, lang: Lang, colors: Palette): string {
  const counts = countLevels(examined.diagnostics);
  if (counts.error + counts.warning + counts.info === 0)
    return colors.green(text('✓ 校验通过，没有要改的', '✓ everything checks out')[lang]);
  return [
    counts.error > 0
      ? colors.red(text(`必须改 ${counts.error} 条`, `${counts.error} must be fixed`)[lang])
      : colors.green(text('没有必须改的', 'nothing must be fixed')[lang]),
    counts.warning > 0
      ? colors.yellow(text(`请核对 ${counts.warning} 条`, `${counts.warning} to check`)[lang])
      : undefined,
    counts.info > 0
      ? colors.dim(text(`提示 ${counts.info} 条`, `${counts.info} note${counts.info === 1 ? '' : 's'}`)[lang])
      : undefined,
  ]
    .filter(part => part !== undefined)
    .join(lang === 'zh' ? '　' : ', ');
}

/** Blanks before a line of a page, and between the columns of a table. */
const indent = 2;
const gap = 2;
/** Terminal cells of a bar and of a name: what is aimed at, and what is left of them on a narrow terminal. */
const bars = { least: 4, most: 20, usual: 10 };
const names = { least: 10, most: 36, usual: 18 };

/** Progress bars of a list of groups (focus areas, departments). No line is wider than the terminal: one that wraps is read with difficulty. */
export function progressLines(groups: readonly Group[], lang: Lang, colors: Palette, width: number): string[] {
  const named = groups.map(group => (group.name === unnamed ? text(unnamed, '(blank)')[lang] : group.name));
  const figures = groups.map(group => {
    const { done, base, completionRate } = group.tally;
    return [`${done}/${base}`, completionRate === undefined ? '—' : `${completionRate}%`];
  });
  const owed = groups.map(group => moneyOwed(group, lang));
  const widest = (list: readonly string[]) => list.reduce((most, one) => Math.max(most, widthOf(one)), 0);
  const counted = [0, 1].reduce((sum, col) => sum + gap + widest(figures.map(row => row[col] ?? '')), indent + gap);
  const wantedName = Math.min(widest(named), names.usual);
  const beside = width - counted - gap - widest(owed) - bars.least >= Math.min(wantedName, names.least);
  const left = width - counted - (beside ? gap + widest(owed) : 0);
  const barWidth = Math.max(bars.least, Math.min(width < 100 ? bars.usual : bars.most, left - wantedName));
  const room = Math.max(names.least, Math.min(names.most, left - barWidth));
  const rows = groups.map((group, at) => [
    cutTo(named[at] ?? '', room),
    colors.green(bar(group.tally.base === 0 ? 0 : group.tally.done / group.tally.base, barWidth)),
    ...(figures[at] ?? []),
    ...(beside ? [owed[at] ?? ''] : []),
  ]);
  const lines = table(rows, beside ? ['left', 'left', 'right', 'right', 'left'] : ['left', 'left', 'right', 'right']);
  return beside ? lines : lines.flatMap((line, at) => (owed[at] === '' ? [line] : [line, `  ${owed[at]}`]));
}

function moneyOwed(group: Group, lang: Lang): string {
  const { outstanding } = group.money;
  if (outstanding !== 'unknown' && isZero(outstanding)) return '';
  const owed = yuanText(outstanding, lang);
  return text(`尚欠 ${owed}`, `${owed} outstanding`)[lang];
}

/** Money by category; the figures stand whole, a name gives way to them. */
export function categoryLines(categories: Summary['byCategory'], lang: Lang, width: number): string[] {
  if (categories.length === 0) return [];
  const figures = [
    [text('应追缴', 'due')[lang], text('已追缴', 'recovered')[lang], text('尚欠', 'outstanding')[lang]],
    ...categories.map(({ due, recovered, outstanding }) =>
      [due, recovered, outstanding].map(money => moneyText(money, lang)),
    ),
  ];
  const widest = [0, 1, 2].map(col => figures.reduce((most, row) => Math.max(most, widthOf(row[col] ?? '')), 0));
  const room = width - indent - widest.reduce((sum, one) => sum + gap + one, 0);
  const head = text('类别', 'category')[lang];
  return table(
    [head, ...categories.map(one => one.category)].map((name, at) => [
      cutTo(name, Math.max(names.least, room)),
      ...(figures[at] ?? []),
    ]),
    ['left', 'right', 'right', 'right'],
  );
}

/** What agrees and what does not: claim, stated, computed, difference. */
export function reconciliationLines(examined: Examined, lang: Lang, colors: Palette, onlyHolding: boolean): string[] {
  const rows = examined.reconciliations
    .filter(one => !onlyHolding || one.ok === true)
    .map(one => [
      one.ok === undefined ? colors.dim('?') : one.ok ? colors.green('✓') : colors.red('✗'),
      one.subject[lang],
      `${one.amount === undefined ? one.stated : grouped(one.amount.stated)} ${one.unit}`,
      one.computed === undefined
        ? text('未计算', 'not computed')[lang]
        : `${one.amount === undefined ? one.computed : grouped(one.amount.computed)} ${one.unit}`,
      one.amount === undefined ? (one.difference ?? '') : signed(subtract(one.amount.stated, one.amount.computed)),
    ]);
  if (rows.length === 0) return [];
  return table(
    [
      [
        '',
        text('事项', 'claim')[lang],
        text('填报', 'stated')[lang],
        text('核算', 'computed')[lang],
        text('相差', 'difference')[lang],
      ],
      ...rows,
    ],
    ['left', 'left', 'right', 'right', 'right'],
  );
}
