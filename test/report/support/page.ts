import { reportPage } from '../../../src/reports/page.js';
import type { TrendPoint } from '../../../src/sync/memory.js';
import { examined } from '../../support/workbook.js';

export const trend: readonly TrendPoint[] = [
  point('2023-08-31', { done: 0, 'in-progress': 7 }, '1500.50', 9),
  point('2023-09-30', { done: 1, 'in-progress': 5, withdrawn: 1 }, '1300.25', 6),
  point('2023-10-30', { done: 1, closed: 1, 'in-progress': 4, withdrawn: 1 }, '1000.25', 2),
];

function point(
  asOf: string,
  byStatus: Readonly<Record<string, number>>,
  outstanding: string,
  errors: number,
): TrendPoint {
  return { asOf, byStatus, due: '1500.50', recovered: '500.25', outstanding, errors };
}

/** The report of a text workbook, as on 2023-10-30. */
export function pageOf(workbook: string, options: { lang?: 'zh' | 'en'; trend?: readonly TrendPoint[] } = {}) {
  return reportPage({
    examined: examined(workbook),
    trend: options.trend ?? [],
    source: '台账.xlsx',
    lang: options.lang ?? 'zh',
    version: '1.0.0',
  });
}
