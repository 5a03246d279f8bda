import { reportPage } from '../../../src/reports/page.js';
import { noTrend, type Trend, type TrendPoint } from '../../../src/sync/trend.js';
import { examined } from '../../support/workbook.js';

const points: readonly TrendPoint[] = [
  point('2023-08-31', { done: 0, 'in-progress': 7 }, '1500.50', 9),
  point('2023-09-30', { done: 1, 'in-progress': 5, withdrawn: 1 }, '1300.25', 6),
  point('2023-10-30', { done: 1, closed: 1, 'in-progress': 4, withdrawn: 1 }, '1000.25', 2),
];

export const trend: Trend = { points, gap: undefined };

function point(
  asOf: string,
  byStatus: Readonly<Record<string, number>>,
  outstanding: string,
  errors: number,
): TrendPoint {
  return { asOf, byStatus, due: '1500.50', recovered: '500.25', outstanding, errors };
}

/** The report of a text workbook, as on 2023-10-30. */
export function pageOf(workbook: string, options: { lang?: 'zh' | 'en'; trend?: Trend } = {}) {
  return reportPage({
    examined: examined(workbook),
    trend: options.trend ?? noTrend,
    source: '台账.xlsx',
    lang: options.lang ?? 'zh',
    version: '1.0.0',
  });
}
