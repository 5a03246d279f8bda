import { blank, textContent } from '../content.js';
import { programCell } from '../looks.js';
import { writer } from '../writer.js';

/** 方面 (hidden): the focus area under which 汇总 counts the finding. */
export const focusKey = writer('focusKey', ({ first, focus }) => ({
  content: first ? textContent(focus) : blank,
  style: programCell,
  why: '供汇总公式引用',
}));
