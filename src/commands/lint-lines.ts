import widthOf from 'fast-string-width';
import { noticeTitle } from '../checks/titles.js';
import { countLevels } from '../examine.js';
import type { Level } from '../model/diagnostic.js';
import { type Lang, text } from '../model/text.js';
import type { Remark } from '../notice/lint/linting.js';
import type { Source } from '../notice/source.js';
import { levelName, type Palette } from '../render/palette.js';
import { placesText } from '../render/place.js';
import { cutTo, wrap } from '../render/table.js';

export type LintView = {
  readonly name: string;
  readonly source: Source;
  readonly lang: Lang;
  readonly colors: Palette;
  /** Terminal cells. */
  readonly width: number;
  readonly verbose: boolean;
};

/** Terminal cells shown before the mark. */
const before = 16;
const listedPlaces = 6;
/** Notes of one kind printed without --verbose; errors and warnings are all printed. */
const printedNotes = 5;

/** The remarks as a compiler prints them, by level: place, title, excerpt with the place underlined, what, what to do. */
export function lintLines(remarks: readonly Remark[], view: LintView): string[] {
  const { lang, colors } = view;
  const lines: string[] = [];
  for (const level of ['error', 'warning', 'info'] as const) {
    const list = remarks.filter(one => one.diagnostic.level === level);
    if (list.length === 0) continue;
    lines.push(
      colors.bold(
        text(`${levelName(level, 'zh')}（${list.length}）`, `${levelName(level, 'en')} (${list.length})`)[lang],
      ),
    );
    if (level === 'info') {
      lines.push(...noteLines(list, view));
      continue;
    }
    for (const one of list) lines.push(...remarkLines(one, view), '');
  }
  return lines;
}

/** Notes of one kind and one remedy stand together, a line each: they are looked over, not worked through. */
function noteLines(list: readonly Remark[], view: LintView): string[] {
  const { lang, colors, name, verbose, width } = view;
  const groups = new Map<string, Remark[]>();
  for (const one of list) {
    const key = `${one.diagnostic.check}|${one.diagnostic.remedy.zh}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const lines: string[] = [];
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const { check, remedy } = first.diagnostic;
    lines.push(`${colors.bold(noticeTitle(check)[lang])} ${colors.dim(`[${check}]`)}`);
    const shown = verbose ? group : group.slice(0, printedNotes);
    for (const { diagnostic } of shown) {
      const place = `${name}:${diagnostic.at.line ?? 1}${diagnostic.at.col === undefined ? '' : `:${diagnostic.at.col}`}`;
      lines.push(...wrap(`${place}  ${diagnostic.message[lang]}`, width - 4).map(part => `  ${part}`));
    }
    if (shown.length < group.length)
      lines.push(
        colors.dim(
          text(
            `  ……还有${group.length - shown.length}条，加 --verbose 列出`,
            `  … ${group.length - shown.length} more with --verbose`,
          )[lang],
        ),
      );
    lines.push(...fixLines(remedy[lang], view), '');
  }
  return lines;
}

/** 必须改 3 条　请核对 2 条 */
export function lintVerdict(remarks: readonly Remark[], lang: Lang, colors: Palette): string {
  const counts = countLevels(remarks.map(one => one.diagnostic));
  if (counts.error + counts.warning === 0)
    return `${colors.green(text('✓ 没有发现要改的', '✓ nothing to fix')[lang])}${counts.info > 0 ? colors.dim(text(`　提示 ${counts.info} 条`, `, ${noteCount(counts.info)}`)[lang]) : ''}`;
  const parts = [
    counts.error > 0 ? colors.red(text(`必须改 ${counts.error} 条`, `${counts.error} must be fixed`)[lang]) : '',
    counts.warning > 0 ? colors.yellow(text(`请核对 ${counts.warning} 条`, `${counts.warning} to check`)[lang]) : '',
    counts.info > 0 ? colors.dim(text(`提示 ${counts.info} 条`, noteCount(counts.info))[lang]) : '',
  ];
  return parts.filter(part => part !== '').join(lang === 'zh' ? '　' : ', ');
}

const noteCount = (n: number) => `${n} note${n === 1 ? '' : 's'}`;

function remarkLines({ diagnostic, from, length }: Remark, view: LintView): string[] {
  const { name, lang, colors, width } = view;
  const { at, check, level, message, remedy, also, count } = diagnostic;
  const line = at.line ?? 1;
  const place = `${name}:${line}${at.col === undefined ? '' : `:${at.col}`}`;
  const title = noticeTitle(check)[lang];
  const what = `${inLevel(levelName(level, lang), level, colors)} ${colors.bold(title)} ${colors.dim(`[${check}]`)}`;
  // Where both do not fit into a line the place has its own: it is what is copied and searched for.
  const fits = widthOf(`${place} ${levelName(level, lang)} ${title} [${check}]`) <= width;
  const lines = fits ? [`${colors.bold(place)} ${what}`] : [colors.bold(place), what];
  const words = view.source.lines.find(one => one.number === line)?.text ?? '';
  const shown = excerpt(words, from, length, width - 6);
  if (shown.line.trim() !== '') {
    lines.push(`  ${colors.dim('│')} ${shown.line}`);
    if (shown.marks !== '') lines.push(`  ${colors.dim('│')} ${inLevel(shown.marks, level, colors)}`);
  }
  for (const part of wrap(message[lang], width - 4)) lines.push(`  ${part}`);
  if (also.length > 0) {
    const places = also.slice(0, view.verbose ? also.length : listedPlaces);
    const rest = Math.max(count - 1, also.length) - places.length;
    lines.push(
      colors.dim(
        `  ${text('另见', 'also')[lang]} ${placesText(places, lang)}${rest > 0 ? text(` 等${places.length + rest}处`, ` and ${rest} more`)[lang] : ''}`,
      ),
    );
  }
  return [...lines, ...fixLines(remedy[lang], view)];
}

function fixLines(remedy: string, { lang, colors, width }: LintView): string[] {
  const lead = text('怎么改：', 'fix: ')[lang];
  return wrap(remedy, width - 12).map((part, index) =>
    colors.cyan(`  ${index === 0 ? lead : ' '.repeat(widthOf(lead))}${part}`),
  );
}

function inLevel(words: string, level: Level, colors: Palette): string {
  return level === 'error' ? colors.red(words) : level === 'warning' ? colors.yellow(words) : colors.dim(words);
}

/**
 * A window of the line around the mark and the carets under it, both in terminal cells: a Han character takes two, and so
 * does the space under it.
 */
export function excerpt(
  words: string,
  from: number,
  length: number,
  width: number,
): { readonly line: string; readonly marks: string } {
  const clean = (part: string) => part.replace(/[\p{Cc}\p{Cf}]/gu, ' ').replace(/\s/gu, ' ');
  const head = clean(words.slice(0, from)).trimStart();
  const lead = widthOf(head) <= before + 1 ? head : `…${lastOf(head, before)}`;
  const marked = clean(words.slice(from, from + length));
  const line = cutTo(`${lead}${marked}${clean(words.slice(from + length))}`, width);
  const space = widthOf(lead);
  const room = Math.max(1, widthOf(line) - space);
  const marks = length === 0 ? '' : `${' '.repeat(space)}${'^'.repeat(Math.min(Math.max(1, widthOf(marked)), room))}`;
  return { line, marks };
}

/** The last characters that fit into a width. */
function lastOf(words: string, width: number): string {
  let kept = '';
  for (const letter of [...words].reverse()) {
    if (widthOf(letter + kept) > width) break;
    kept = letter + kept;
  }
  return kept;
}
