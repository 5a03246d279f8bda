import type { Examined } from '../examine.js';
import type { Lang, Text } from '../model/text.js';
import type { Trend } from '../sync/trend.js';
import type { Charts } from './charts.js';

/** What the page is made from, and how it speaks. */
export type Report = {
  readonly examined: Examined;
  /** Without points before the first sync. */
  readonly trend: Trend;
  /** Name of the ledger's file, without its folders. */
  readonly source: string;
  readonly lang: Lang;
  /** The program's version. */
  readonly version: string;
  readonly charts: Charts;
  readonly say: (words: Text) => string;
};
