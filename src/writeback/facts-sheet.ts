import type { Choice, SheetImage } from '../model/plan.js';
import { facts, factsSheetName, templateId, templateVersion } from '../sheets/facts.js';
import { canvas, label } from './canvas.js';
import { colors, programCell } from './looks.js';

/**
 * 基本信息 for a workbook that is adopted as it is: filled with what its title block says, the rest for the office to fill.
 * Made once; from then on it is the office's.
 * @param known text as typed, by fact key
 */
export function factsSheet(known: ReadonlyMap<string, string>): SheetImage {
  const sheet = canvas();
  const cell = { border: colors.line, vertical: 'center', wrap: true } as const;
  sheet.across(1, 1, 2, label(factsSheetName.zh, { bold: true, size: 16, color: colors.accent }));
  sheet.across(
    2,
    1,
    2,
    label('日期、集中整改期等是校验的依据；不清楚的先留空，系统会提示还缺什么。', { color: colors.muted, wrap: true }),
  );
  sheet.put(3, 1, label('项目', { ...cell, bold: true, fill: colors.accentSoft }));
  sheet.put(3, 2, label('内容', { ...cell, bold: true, fill: colors.accentSoft }));
  const program = new Map([
    ['template', templateId],
    ['templateVersion', templateVersion],
  ]);
  const choices: Choice[] = [];
  for (const [index, fact] of facts.entries()) {
    const row = index + 4;
    const ours = fact.owner === 'program';
    sheet.put(row, 1, label(fact.header.zh, { ...cell, bold: true, fill: colors.band }));
    sheet.put(row, 2, label(program.get(fact.key) ?? known.get(fact.key) ?? '', ours ? programCell : cell));
    sheet.put(row, 3, label(fact.help.zh, { color: colors.muted, vertical: 'center' }));
    if ('choices' in fact) choices.push({ area: { top: row, bottom: row, left: 2, right: 2 }, values: fact.choices });
  }
  return sheet.image({
    role: 'facts',
    name: factsSheetName.zh,
    widths: [24, 50, 60],
    frozenRows: 3,
    landscape: false,
    choices,
  });
}
