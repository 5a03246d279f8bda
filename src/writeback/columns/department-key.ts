import { blank, textContent } from '../content.js';
import { programCell } from '../looks.js';
import { writer } from '../writer.js';

/** 部门 (hidden): the lead department under which 汇总 counts the finding. */
export const departmentKey = writer('departmentKey', ({ first, department }) => ({
  content: first ? textContent(department) : blank,
  style: programCell,
  why: '供汇总公式引用',
}));
