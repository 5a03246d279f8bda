import type { SheetImage, Style } from '../model/plan.js';
import { heightFor } from '../model/text-height.js';
import { canvas, label } from './canvas.js';
import type { SettledConflict } from './context.js';
import { colors } from './looks.js';
import { looks } from './rollup/frame.js';

const headings = ['时间', '问题', '栏目', '上次同步时', '台账改为', '共享表改为', '采用', '决定人', '行标识'];
const widths = [18, 24, 14, 26, 26, 26, 10, 12, 14];

/** 修改不一致: cells that both sides had changed since they last agreed, and what was decided; the latest first. */
export function conflictsSheet(name: string, conflicts: readonly SettledConflict[]): SheetImage {
  const drawing = canvas();
  drawing.across(1, 1, headings.length, label('修改不一致', looks.title));
  drawing.height(1, 34);
  const about = '同一格在台账和共享表里都改过、改得不一样的，列在这里；没有采用的内容也在这里保留。';
  drawing.across(2, 1, headings.length, label(about, looks.subtitle));
  drawing.height(2, 20);
  for (const [index, heading] of headings.entries()) drawing.put(3, index + 1, label(heading, looks.heading));
  drawing.height(3, 22);
  let row = 3;
  for (const one of conflicts) {
    row += 1;
    const kept: Style = { bold: true, fill: colors.goodSoft };
    const texts = [
      one.at,
      one.finding,
      one.header,
      one.base,
      one.source,
      one.mirror,
      one.decision === 'source' ? '台账' : '共享表',
      one.by,
      one.row,
    ];
    let height = 0;
    for (const [index, written] of texts.entries()) {
      const chosen = index === (one.decision === 'source' ? 4 : 5);
      drawing.put(row, index + 1, label(written, { ...looks.text, indent: 0, ...(chosen ? kept : {}) }));
      height = Math.max(height, heightFor(written, widths[index] ?? 10));
    }
    drawing.height(row, Math.min(height, 400));
  }
  return drawing.image({
    role: 'conflicts',
    name,
    widths,
    frozenRows: 3,
    landscape: true,
    repeatRows: [3, 3],
    tabColor: colors.warn,
  });
}
