import type { Diagnostic } from '../../model/diagnostic.js';
import { textContent } from '../content.js';
import { programCell } from '../looks.js';
import { levelWords } from '../words.js';
import { writer } from '../writer.js';

/** A cell that says more than this is not read; the whole list stands in 校验结果. */
const shownHints = 4;
const lettersEach = 60;

/** 系统提示: what is wrong with the row, one line each, most serious first. */
export const hints = writer('hints', ({ diagnostics }) => ({
  content: textContent(hintText(diagnostics)),
  style: { ...programCell, wrap: true, vertical: 'top' },
  why: '本行的校验提示',
}));

function hintText(diagnostics: readonly Diagnostic[]): string {
  const lines = diagnostics.slice(0, shownHints).map(one => `${levelWords[one.level].zh}：${clip(one.message.zh)}`);
  const rest = diagnostics.length - lines.length;
  if (rest > 0) lines.push(`另有${rest}条，见“校验结果”`);
  return lines.join('\n');
}

function clip(message: string): string {
  const letters = [...message.replace(/\s+/g, ' ').trim()];
  return letters.length <= lettersEach ? letters.join('') : `${letters.slice(0, lettersEach - 1).join('')}…`;
}
