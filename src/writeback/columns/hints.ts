import { checkTitle } from '../../checks/titles.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import type { Style } from '../../model/plan.js';
import { textContent } from '../content.js';
import { programCell } from '../looks.js';
import { levels, levelWords } from '../words.js';
import { writer } from '../writer.js';

/** A cell that says more than this is not read; the whole list stands in 校验结果. */
const shownHints = 3;
const lettersEach = 50;

const look: Style = { ...programCell, wrap: true, vertical: 'top' };

/** 系统提示: what is wrong with the row, most serious first. */
export const hints = writer('hints', ({ diagnostics }) => ({
  content: textContent(hintText(diagnostics)),
  style: look,
  why: '本行的校验提示',
}));

/**
 * A line for each diagnostic of this row; those that many rows share (没有责任领导 on all of them, say) only by their
 * titles, one line a level, or every row would carry the same paragraph.
 */
function hintText(diagnostics: readonly Diagnostic[]): string {
  if (diagnostics.length === 0) return '';
  const own = diagnostics.filter(one => one.count === 1);
  const lines = own.slice(0, shownHints).map(one => `${levelWords[one.level].zh}：${clip(one.message.zh)}`);
  const rest = own.length - lines.length;
  if (rest > 0) lines.push(`另有${rest}条，见“校验结果”`);
  for (const level of levels) {
    const titles = diagnostics.filter(one => one.count > 1 && one.level === level).map(one => titleOf(one));
    if (titles.length > 0) lines.push(`${levelWords[level].zh}：${[...new Set(titles)].join('、')}`);
  }
  return lines.join('\n');
}

function titleOf(one: Diagnostic): string {
  return checkTitle(one.check).zh;
}

function clip(message: string): string {
  const letters = [...message.replace(/\s+/g, ' ').trim()];
  return letters.length <= lettersEach ? letters.join('') : `${letters.slice(0, lettersEach - 1).join('')}…`;
}
