import pc from 'picocolors';
import type { Level } from '../model/diagnostic.js';
import { type Lang, text } from '../model/text.js';

export type Palette = ReturnType<typeof pc.createColors>;

export function palette(color: boolean): Palette {
  return pc.createColors(color);
}

/** The levels as people see them: 必须改 · 请核对 · 提示. */
export const levelNames = {
  error: text('必须改', 'must fix'),
  warning: text('请核对', 'please check'),
  info: text('提示', 'note'),
} as const;

const marks = { error: '✗', warning: '!', info: '·' } as const;

export function levelMark(level: Level, colors: Palette): string {
  if (level === 'error') return colors.red(marks.error);
  return level === 'warning' ? colors.yellow(marks.warning) : colors.dim(marks.info);
}

export function levelName(level: Level, lang: Lang): string {
  return levelNames[level][lang];
}
