import { grouped, yuan } from '../model/money.js';
import { type Lang, text } from '../model/text.js';
import type { TrendPoint } from '../sync/memory.js';
import type { Palette } from './palette.js';
import { bar, table } from './table.js';

/** Points shown: the last dozen. */
const shown = 12;

/** One line per as-of date: done of all, outstanding money, errors. */
export function trendLines(trend: readonly TrendPoint[], lang: Lang, colors: Palette): string[] {
  if (trend.length < 2) return [];
  const rows = trend.slice(-shown).map(point => {
    const count = (status: string) => point.byStatus[status] ?? 0;
    const done = count('done') + count('awaiting-review') + count('closed');
    const base = Object.values(point.byStatus).reduce((total, n) => total + n, 0) - count('withdrawn');
    return [
      point.asOf,
      colors.green(bar(base === 0 ? 0 : done / base, 16)),
      `${done}/${base}`,
      point.outstanding === null
        ? ''
        : text(`尚欠 ${grouped(yuan(point.outstanding))} 元`, `¥${grouped(yuan(point.outstanding))} outstanding`)[lang],
      text(`必须改 ${point.errors}`, `${point.errors} errors`)[lang],
    ];
  });
  return table(rows, ['left', 'left', 'right', 'right', 'right']);
}
