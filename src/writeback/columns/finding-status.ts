import type { Style } from '../../model/plan.js';
import { blank, textContent } from '../content.js';
import { colors, programCell } from '../looks.js';
import { statusWords } from '../words.js';
import { writer } from '../writer.js';

const inner: Style = { ...programCell, italic: false, bold: false, color: colors.ink, align: 'center' };
const onFirst: Style = { ...inner, bold: true };

/** 问题状态: the finding's computed status, on its first row; the only status that is counted. */
export const findingStatus = writer('findingStatus', ({ first, state }) => ({
  content: first ? textContent(statusWords[state.shown].zh) : blank,
  style: first ? onFirst : inner,
  why: '取该问题各行中最弱的状态，写在问题第一行',
}));
