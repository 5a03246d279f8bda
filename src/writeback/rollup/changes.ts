import { formatDayZh, isDay } from '../../model/day.js';
import { heightFor } from '../../model/text-height.js';
import { label } from '../canvas.js';
import type { Changes } from '../context.js';
import { type Frame, LAST, looks, sectionTitle } from './frame.js';

const lists = [
  ['added', '新增问题'],
  ['done', '新完成'],
  ['closed', '新销号'],
  ['returned', '被退回'],
  ['newlyOverdue', '新逾期'],
] as const satisfies readonly (readonly [keyof Changes, string])[];

/** Labels that one line names; the rest is counted. */
const longest = 30;

/** What changed since the last sync. Gives the next free row. */
export function drawChanges(frame: Frame, row: number): number {
  const { canvas, changes } = frame;
  const since = changes?.since;
  const title = since === undefined ? '本次变化' : `本次变化（${isDay(since) ? formatDayZh(since) : since}同步以来）`;
  const filled = changes === undefined ? [] : lists.filter(([key]) => changes[key].length > 0);
  const none = since === undefined ? '首次同步，下次起显示变化。' : '问题的状态没有变化。';
  let at = sectionTitle(frame, row, title, filled.length === 0 ? none : '');
  for (const [key, name] of filled) {
    const labels = changes?.[key] ?? [];
    const rest = labels.length > longest ? ` 等` : '';
    const written = `问题${labels.slice(0, longest).join('、')}${rest}`;
    canvas.put(at, 1, label(`${name}（${labels.length}个）`, looks.name));
    canvas.across(at, 2, LAST, label(written, looks.text));
    canvas.height(at, heightFor(written, 100));
    at += 1;
  }
  return at;
}
