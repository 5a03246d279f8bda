import { bySeriousness, firstThree } from '../checks/order.js';
import { checkTitle } from '../checks/titles.js';
import type { Examined } from '../examine.js';
import { formatDayZh } from '../model/day.js';
import type { Diagnostic, Place } from '../model/diagnostic.js';
import { a1, type CellRef } from '../model/grid.js';
import type { SheetImage, Style } from '../model/plan.js';
import { heightFor } from '../model/text-height.js';
import { type Canvas, canvas, label } from './canvas.js';
import { colors, levelLooks } from './looks.js';
import { looks } from './rollup/frame.js';
import { levels, levelWords } from './words.js';

const LAST = 8;
const widths = [9, 18, 15, 50, 20, 20, 40, 11];
const headings = ['级别', '校验项', '位置', '说明', '现在写的', '应当是', '怎么办', '提示编号'];
/** Excel opens a sheet with more than 65,530 links only after “repairing” it, and nobody reads so far. */
const longestList = 5_000;
/** What the level column says of diagnostics that 核实说明 covers. */
export const waivedWord = '已核实';

export type DiagnosticsImage = {
  readonly image: SheetImage;
  /** First and last row of the list; undefined when there is nothing to say. */
  readonly rows: { readonly first: number; readonly last: number } | undefined;
};

/**
 * 校验结果: 先改这三件, then every diagnostic grouped by cause, most serious first, verified ones at the end. Each place is
 * a link to its cell.
 */
export function diagnosticsSheet(
  name: string,
  examined: Examined,
  jumps: { readonly main: CellRef; readonly rollup: CellRef },
): DiagnosticsImage {
  const drawing = canvas();
  const sorted = bySeriousness(examined.diagnostics);
  const counted = sorted.filter(one => !one.waived);
  let row = drawHead(drawing, examined, counted, sorted.length - counted.length, jumps);
  row = drawFirstThree(drawing, row, counted);
  const headingRow = row;
  for (const [index, heading] of headings.entries()) drawing.put(row, index + 1, label(heading, looks.heading));
  drawing.height(row, 22);
  let before = '';
  const listed = sorted.slice(0, longestList);
  for (const one of listed) {
    row += 1;
    const group = `${one.waived}|${one.check}`;
    drawLine(drawing, row, one, group !== before);
    before = group;
  }
  if (sorted.length === 0) {
    drawing.across(row + 1, 1, LAST, label('没有提示：各项校验全部通过。', { ...looks.text, color: colors.good }));
    drawing.height(row + 1, 28);
  }
  const rest = sorted.length - listed.length;
  if (rest > 0) {
    const more = `另有${rest}条没有列出；先改上面的，再同步一次就会看到。`;
    drawing.across(row + 1, 1, LAST, label(more, looks.note));
  }
  const image = drawing.image({
    role: 'diagnostics',
    name,
    widths,
    frozenRows: 2,
    landscape: true,
    repeatRows: [headingRow, headingRow],
    tabColor: counted.some(one => one.level === 'error') ? colors.bad : colors.good,
  });
  return { image, rows: listed.length === 0 || rest > 0 ? undefined : { first: headingRow + 1, last: row } };
}

function drawHead(
  drawing: Canvas,
  examined: Examined,
  counted: readonly Diagnostic[],
  waived: number,
  jumps: { readonly main: CellRef; readonly rollup: CellRef },
): number {
  drawing.across(1, 1, LAST, label('校验结果', looks.title));
  drawing.height(1, 34);
  const of = (level: Diagnostic['level']) => counted.filter(one => one.level === level).length;
  const counts = levels.map(level => `${levelWords[level].zh}${of(level)}条`).join('，');
  const said = `统计截至 ${formatDayZh(examined.asOf)} · ${counts}${waived > 0 ? `，已核实${waived}条` : ''}。点“位置”可到那一格。`;
  drawing.across(2, 1, 6, label(said, looks.subtitle));
  drawing.put(2, 7, label('返回汇总', looks.link, jumps.rollup));
  drawing.put(2, 8, label('返回台账', looks.link, jumps.main));
  drawing.height(2, 20);
  return 4;
}

function drawFirstThree(drawing: Canvas, row: number, counted: readonly Diagnostic[]): number {
  const first = firstThree(counted);
  if (first.length === 0) return row;
  const box: Style = { fill: colors.accentSoft, border: colors.accentSoft, vertical: 'center' };
  const title = first.length === 3 ? '先改这三件' : `先改这${first.length === 1 ? '一' : '两'}件`;
  drawing.across(row, 1, LAST, label(title, { ...looks.section, ...box }));
  drawing.height(row, 24);
  let at = row;
  for (const [index, one] of first.entries()) {
    at += 1;
    const written = `${index + 1}. ${one.message.zh}。→ ${one.remedy.zh}`;
    const style: Style = { ...box, size: 10, color: colors.ink, wrap: true, indent: 1 };
    drawing.across(at, 1, 6, label(written, style));
    drawing.across(
      at,
      7,
      LAST,
      label(placeText(one), { ...style, color: colors.accent, underline: true }, placeRef(one.at)),
    );
    drawing.height(at, heightFor(written, 128));
  }
  return at + 2;
}

function drawLine(drawing: Canvas, row: number, one: Diagnostic, firstOfGroup: boolean): void {
  const look: Style = one.waived ? { color: colors.muted } : levelLooks[one.level];
  const cell: Style = { ...looks.text, vertical: 'top', indent: 0, ...(one.waived ? { color: colors.muted } : {}) };
  const title = checkTitle(one.check).zh;
  const texts = [
    one.waived ? waivedWord : levelWords[one.level].zh,
    title,
    placeText(one),
    one.message.zh,
    one.found ?? '',
    one.expected ?? '',
    one.remedy.zh,
    one.id,
  ];
  const styles: readonly Style[] = [
    { ...cell, align: 'center', ...look },
    { ...cell, ...(firstOfGroup ? { bold: true } : { color: colors.muted }) },
    { ...cell, color: colors.accent, underline: placeRef(one.at) !== undefined },
    cell,
    cell,
    cell,
    cell,
    { ...cell, align: 'center', color: colors.muted },
  ];
  let height = 0;
  for (const [index, written] of texts.entries()) {
    const style = styles[index] ?? cell;
    drawing.put(row, index + 1, label(clip(written), style, index === 2 ? placeRef(one.at) : undefined));
    height = Math.max(height, heightFor(clip(written), widths[index] ?? 10));
  }
  drawing.height(row, Math.min(height, 400));
}

/** 整改台账!AB5, and how many cells more. */
function placeText({ at, count }: Diagnostic): string {
  if (at.sheet === undefined) return at.line === undefined ? '整本台账' : `第${at.line}行`;
  const cell = at.row === undefined ? '' : at.col === undefined ? `第${at.row}行` : a1(at.row, at.col);
  return `${at.sheet} ${cell}${count > 1 ? `等${count}处` : ''}`.trim();
}

function placeRef(at: Place): CellRef | undefined {
  if (at.sheet === undefined) return undefined;
  return { sheet: at.sheet, row: at.row ?? 1, col: at.col ?? 1 };
}

/** A found text may be a whole cell of prose. */
function clip(written: string): string {
  const letters = [...written];
  return letters.length <= 400 ? written : `${letters.slice(0, 399).join('')}…`;
}
