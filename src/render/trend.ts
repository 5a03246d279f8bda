import widthOf from 'fast-string-width';
import { grouped, yuan } from '../model/money.js';
import { type Lang, type Text, text } from '../model/text.js';
import type { Trend, TrendPoint } from '../sync/trend.js';
import type { Palette } from './palette.js';
import { bar, table, wrap } from './table.js';

/** Points shown: the last dozen. */
const shown = 12;

/** The bar's width in terminal cells: as long as this where there is room, none where less than the other is left. */
const bars = { most: 16, least: 4 };

/** One line per as-of date: done of all, outstanding money, errors; and why dates may be missing. */
export function trendLines({ points, gap }: Trend, lang: Lang, colors: Palette, width: number): string[] {
  const why = gap === undefined ? [] : wrap(gap[lang], width - 2).map(colors.dim);
  if (points.length < 2) return why;
  const figures = points.slice(-shown).map(point => {
    const { done, base } = progressOf(point);
    return {
      share: base === 0 ? 0 : done / base,
      asOf: point.asOf,
      cells: [`${done}/${base}`, outstandingText(point)?.[lang] ?? '', errorsText(point)[lang]],
    };
  });
  const lines = table(
    figures.map(one => [one.asOf, ...one.cells]),
    ['left', 'right', 'right', 'right'],
  );
  const room = Math.min(bars.most, width - Math.max(...lines.map(line => widthOf(line))) - 2);
  if (room < bars.least) {
    const rows = lines.every(line => widthOf(line) <= width)
      ? lines
      : figures.flatMap(({ asOf, cells: [done = '', ...rest] }) => [
          `${asOf}  ${done}`,
          ...rest.map(one => `  ${one}`),
        ]);
    return [...rows, ...why];
  }
  const rows = figures.map(one => [one.asOf, colors.green(bar(one.share, room)), ...one.cells]);
  return [...table(rows, ['left', 'left', 'right', 'right', 'right']), ...why];
}

/** A point in one sentence. */
export function trendText(point: TrendPoint): Text {
  const { done, base } = progressOf(point);
  const owed = outstandingText(point);
  const errors = errorsText(point);
  return text(
    `截至${point.asOf}：已完成${done}/${base}，${owed === undefined ? '' : `${owed.zh}，`}${errors.zh}`,
    `as of ${point.asOf}: ${done}/${base} done, ${owed === undefined ? '' : `${owed.en}, `}${errors.en}`,
  );
}

/** Done of all that count: what waits for its review and what is closed is done, what was withdrawn does not count. */
export function progressOf({ byStatus }: TrendPoint): { readonly done: number; readonly base: number } {
  const count = (status: string) => byStatus[status] ?? 0;
  const all = Object.values(byStatus).reduce((total, n) => total + n, 0);
  return { done: count('done') + count('awaiting-review') + count('closed'), base: all - count('withdrawn') };
}

function outstandingText({ outstanding }: TrendPoint): Text | undefined {
  if (outstanding === null) return undefined;
  const figure = grouped(yuan(outstanding));
  return text(`尚欠 ${figure} 元`, `¥${figure} outstanding`);
}

function errorsText({ errors }: TrendPoint): Text {
  return text(`必须改 ${errors}`, `${errors} errors`);
}
