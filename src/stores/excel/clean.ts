import type { Built } from './plan-build.js';
import type { Workbook } from './workbook.js';

export function cleanWorkbook(_workbook: Workbook): Built {
  throw new Error('not built yet');
}
