import widthOf from 'fast-string-width';
import { bySeriousness, firstThree } from '../checks/order.js';
import { checkTitle, isElsewhere } from '../checks/titles.js';
import type { Diagnostic } from '../model/diagnostic.js';
import { type Lang, text } from '../model/text.js';
import { levelMark, levelName, type Palette } from './palette.js';
import { placesText, placeWithHeader } from './place.js';
import { wrap } from './table.js';

/** How a list of diagnostics is printed. */
export type DiagnosticsView = {
  readonly lang: Lang;
  readonly colors: Palette;
  readonly width: number;
  readonly verbose: boolean;
};

/** Cells listed after the first one; the rest are counted. */
const listedPlaces = 6;
/** Diagnostics of one check that are printed in full without --verbose. */
const printedPerCheck = 8;

/** Screen lines: “先改这三件”, then everything grouped by cause. */
export function diagnosticLines(diagnostics: readonly Diagnostic[], view: DiagnosticsView): string[] {
  const { lang, colors } = view;
  const lines: string[] = [];
  const three = firstThree(diagnostics);
  if (three.length > 0 && diagnostics.length > 3) {
    lines.push(colors.bold(text(three.length === 3 ? '先改这三件' : '先改这些', 'Begin with these')[lang]));
    for (const [index, one] of three.entries())
      lines.push(...oneDiagnostic(one, `${index + 1}. `, view), ...remedyLines(one, view));
    lines.push('');
  }
  const groups = new Map<string, Diagnostic[]>();
  for (const one of bySeriousness(diagnostics)) {
    const key = `${one.waived ? 'waived' : one.level}|${one.check}`;
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [one]);
    else list.push(one);
  }
  let level: string | undefined;
  for (const list of groups.values()) {
    const [first] = list;
    if (first === undefined) continue;
    const section = first.waived ? 'waived' : first.level;
    if (section !== level) {
      if (level !== undefined) lines.push('');
      const total = diagnostics.filter(one =>
        first.waived ? one.waived : !one.waived && one.level === first.level,
      ).length;
      lines.push(
        colors.bold(
          first.waived
            ? text(`已核实说明，不计数（${total}条）`, `verified exceptions, not counted (${total})`)[lang]
            : text(`${levelName(first.level, 'zh')}（${total}）`, `${levelName(first.level, 'en')} (${total})`)[lang],
        ),
      );
      level = section;
    }
    const title = checkTitle(first.check);
    lines.push(
      `${levelMark(first.level, colors)} ${colors.bold(title[lang])} ${colors.dim(`[${first.check}]`)}${list.length > 1 ? ` ×${list.length}` : ''}`,
    );
    const shown = view.verbose ? list : list.slice(0, printedPerCheck);
    for (const [index, one] of shown.entries()) {
      lines.push(...oneDiagnostic(one, '', view));
      // What to do is said once where it is the same for all.
      if (shown[index + 1]?.remedy[lang] !== one.remedy[lang]) lines.push(...remedyLines(one, view));
    }
    if (shown.length < list.length) {
      // What is said of a mirror stands in no cell of the ledger, and not in 校验结果.
      const inSheet = list.slice(shown.length).every(one => one.at.sheet !== undefined && !isElsewhere(one.check));
      const where = inSheet
        ? text('见“校验结果”表，或加 --verbose', 'see 校验结果, or add --verbose')
        : text('加 --verbose 看全部', 'add --verbose');
      const left = list.length - shown.length;
      lines.push(colors.dim(text(`    ……还有${left}条，${where.zh}`, `    … ${left} more: ${where.en}`)[lang]));
    }
  }
  return lines;
}

function oneDiagnostic(one: Diagnostic, lead: string, view: DiagnosticsView): string[] {
  const { lang, colors, width } = view;
  const where = placeWithHeader(one.at, lang);
  const lines: string[] = [];
  const body = `${where === '' ? '' : `${where}${lang === 'zh' ? '：' : ': '}`}${one.message[lang]}`;
  for (const [index, line] of wrap(body, width - 6).entries())
    lines.push(`  ${index === 0 ? lead : ' '.repeat(lead.length)}${line}`);
  if (one.also.length > 0) {
    const listed = one.also.slice(0, view.verbose ? one.also.length : listedPlaces);
    const rest = one.count - 1 - listed.length;
    lines.push(
      colors.dim(
        `     ${text('另见', 'also')[lang]} ${placesText(listed, lang)}${rest > 0 ? text(` 等，共${one.count}处`, `, ${one.count} in all`)[lang] : ''}`,
      ),
    );
  }
  return lines;
}

function remedyLines(one: Diagnostic, { lang, colors, width }: DiagnosticsView): string[] {
  const lead = text('怎么改：', 'fix: ')[lang];
  return wrap(one.remedy[lang], width - 12).map((line, index) =>
    colors.cyan(`     ${index === 0 ? lead : ' '.repeat(widthOf(lead))}${line}`),
  );
}
