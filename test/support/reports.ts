import type { Diagnostic } from '../../src/model/diagnostic.js';
import { a1 } from '../../src/model/grid.js';
import { examined } from './workbook.js';

type Options = Parameters<typeof examined>[1];

/** What one check says about a text workbook. */
export function reports(check: string, source: string, options?: Options): readonly Diagnostic[] {
  return examined(source, options).diagnostics.filter(one => one.check === check);
}

/** `error 整改台账!C5` for each, in order: what most tests care about. */
export function placesOf(check: string, source: string, options?: Options): readonly string[] {
  return reports(check, source, options).map(
    ({ level, at }) => `${level} ${at.sheet ?? ''}!${a1(at.row ?? 0, at.col ?? 0)}`,
  );
}

/** A 整改台账 with these columns and rows; the header is row 1. */
export function ledgerWith(header: string, ...rows: readonly string[]): string {
  return ['## 整改台账', `| ${header} |`, ...rows.map(row => `| ${row} |`)].join('\n');
}

/** 基本信息 of an inspection of 15 March to 15 June 2023 with feedback on 28 July, and a ledger after it. */
export function inspected(ledger: string, ...facts: readonly string[]): string {
  return [
    '## 基本信息',
    '| 项目 | 内容 |',
    '| 巡察开始 | 2023-03-15 |',
    '| 巡察结束 | 2023-06-15 |',
    '| 反馈日期 | 2023-07-28 |',
    ...facts.map(fact => `| ${fact} |`),
    ledger,
  ].join('\n');
}
