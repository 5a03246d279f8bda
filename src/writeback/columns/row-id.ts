import { textContent } from '../content.js';
import { programCell } from '../looks.js';
import { writer } from '../writer.js';

/** 行标识 (hidden): the row's identity, whatever becomes of 序号. */
export const rowId = writer('rowId', ({ id }) => ({
  content: textContent(id),
  style: programCell,
  why: '行的身份，排序、插行后仍认得它',
}));
