import { a1, columnLetters } from '../model/grid.js';
import { contentText, type Edit, type Plan } from '../model/plan.js';
import { type Lang, text } from '../model/text.js';
import type { Palette } from './palette.js';
import { cutTo } from './table.js';

/** Cells listed without --verbose. */
const listed = 40;

/** The plan for people: every cell, old → new, why. */
export function planLines(plan: Plan, lang: Lang, colors: Palette, width: number, verbose: boolean): string[] {
  const lines: string[] = [];
  for (const column of plan.columns) {
    lines.push(
      `${colors.green('+')} ${text(`${column.sheet}：新增一栏 ${columnLetters(column.col)}“${column.header}”`, `${column.sheet}: new column ${columnLetters(column.col)} “${column.header}”`)[lang]}`,
    );
  }
  const shown = verbose ? plan.edits : plan.edits.slice(0, listed);
  for (const edit of shown) lines.push(editLine(edit, lang, colors, width));
  if (shown.length < plan.edits.length)
    lines.push(
      colors.dim(
        text(
          `  ……还有${plan.edits.length - shown.length}格，加 --verbose 看全部`,
          `  … ${plan.edits.length - shown.length} more cells; --verbose lists all`,
        )[lang],
      ),
    );
  for (const image of plan.images)
    lines.push(
      `${colors.yellow('~')} ${text(`系统表“${image.name}”将更新`, `the sheet “${image.name}” will be brought up to date`)[lang]}`,
    );
  return lines;
}

function editLine(edit: Edit, lang: Lang, colors: Palette, width: number): string {
  const after = contentText(edit.after);
  const sign = edit.before === '' ? colors.green('+') : after === '' ? colors.red('−') : colors.yellow('~');
  const blank = text('（空）', '(blank)')[lang];
  const where = `${edit.at.sheet}!${a1(edit.at.row, edit.at.col)}（${edit.header}）`;
  const change = `${edit.before === '' ? blank : edit.before} → ${after === '' ? blank : after}`.replace(/\s+/g, ' ');
  return `${sign} ${where}  ${cutTo(change, Math.max(20, width - 40))}  ${colors.dim(edit.why)}`;
}
