import { blank, textContent } from '../content.js';
import { colors, programCell } from '../looks.js';
import { statusWords } from '../words.js';
import { writer } from '../writer.js';

/** 问题状态: the finding's computed status, on its first row; the only status that is counted. */
export const findingStatus = writer('findingStatus', ({ first, state }) => ({
  content: first ? textContent(statusWords[state.shown].zh) : blank,
  style: { ...programCell, italic: false, bold: first, color: colors.ink, align: 'center' },
  why: '取该问题各行中最弱的状态，写在问题第一行',
}));
