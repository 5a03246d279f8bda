import { text } from '../model/text.js';
import type { LedgerRow } from '../read/main.js';
import { readMarks } from '../read/typed/measures.js';
import { toHalfWidth } from '../read/typed/normalise.js';
import { chineseNumber, toChineseNumeral } from '../read/typed/numerals.js';
import { type Check, cellPlace, type Examining, type Found, findingName } from './check.js';

export const markerGap: Check = {
  id: 'marker-gap',
  level: 'warning',
  title: text('“一是、二是”跳号', 'Items skip a number'),
  about: text(
    '一格之内、一个问题的各行之间，一是、二是、三是（或1.2.3.）连着写。',
    'Inside a cell, and over the rows of a finding, 一是, 二是, 三是 (or 1. 2. 3.) run on.',
  ),
  why: text('跳了号，多半是有一条在抄录时漏掉了。', 'A skipped number usually means that an item was lost in copying.'),
  remedy: text(
    '对照原文补上漏掉的一条，或改正编号',
    'complete the lost item from the original, or correct the numbers',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | «一是每月学习一次。三是专人记录。» | 整改中 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 具体问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | 一是次数不够 | 每月学习一次 | 整改中 |
    | | | 二是记录不全 | 一是专人记录。二是按季检查。 | 整改中 |`,
  run: skipped,
};

const columns = ['subFinding', 'measure', 'progress'] as const;

function* skipped({ ledger }: Examining): Iterable<Found> {
  for (const finding of ledger.main.findings) {
    for (const key of columns) {
      /** Marks that stand alone at the beginning of a row's cell, by style: the rows together make the list. */
      let alone: Map<string, Map<number, LedgerRow>> | undefined;
      for (const row of finding.rows) {
        const written = row.own.has(key) ? row.data[key] : undefined;
        if (written === undefined) continue;
        const { items } = readMarks(written);
        const marked = items.length === 0 ? items : items.filter(item => item.mark !== '');
        if (marked.length > 1) {
          const gap = gapIn(marked.map(item => item.number));
          if (gap !== undefined) {
            const style = styleOf(marked[0]?.mark ?? '');
            yield found(gap, style, row, `${finding.label}|${key}|${gap.join('-')}|${written.slice(0, 20)}`);
          }
          continue;
        }
        const mark = leadingMark(written);
        if (mark === undefined) continue;
        alone ??= new Map();
        const rows = alone.get(mark.style);
        if (rows === undefined) alone.set(mark.style, new Map([[mark.number, row]]));
        else if (!rows.has(mark.number)) rows.set(mark.number, row);
      }
      for (const [style, rows] of alone ?? []) {
        const numbers = [...rows.keys()].sort((a, b) => a - b);
        const gap = rows.has(1) ? gapIn(numbers) : undefined;
        const after = gap === undefined ? undefined : rows.get(gap[1]);
        if (gap !== undefined && after !== undefined)
          yield found(gap, style, after, `${finding.label}|${key}|${style}`);
      }

      function found(gap: readonly [number, number], style: string, row: LedgerRow, object: string): Found {
        const name = findingName(finding);
        const written = (n: number) => style.replace('#', style.includes('是') ? toChineseNumeral(n) : String(n));
        const lost = Array.from({ length: gap[1] - gap[0] - 1 }, (_, index) => written(gap[0] + index + 1));
        return {
          message: text(
            `${name.zh}从“${written(gap[0])}”跳到“${written(gap[1])}”，缺“${lost.join('”“')}”`,
            `${name.en} jumps from ${written(gap[0])} to ${written(gap[1])}; ${lost.join(', ')} is missing`,
          ),
          at: cellPlace(ledger, row, key),
          finding,
          row,
          object,
        };
      }
    }
  }
}

/** The first jump of more than one; a list may begin again at 1. */
function gapIn(numbers: readonly number[]): readonly [number, number] | undefined {
  for (let i = 1; i < numbers.length; i += 1) {
    const before = numbers[i - 1] ?? 0;
    const number = numbers[i] ?? 0;
    if (number > before + 1) return [before, number];
  }
  return undefined;
}

/** 一是 → #是, 1. → #., （1） → (#). */
function styleOf(mark: string): string {
  return toHalfWidth(mark)
    .trim()
    .replace(/[一二三四五六七八九十]+|\d+|[①-⑳]/u, '#');
}

/** 一是…, （1）…, 1.… at the beginning of a cell. 3.5万元 and 1-1 are no marks. */
function leadingMark(written: string): { readonly style: string; readonly number: number } | undefined {
  if (!/^\s*[一二三四五六七八九十(（\d０-９]/u.test(written)) return undefined;
  const match = /^\s*(?:([一二三四五六七八九十]{1,3})是(?!否)|[(](\d{1,2})[)]|(\d{1,2})[.、](?!\d))/u.exec(
    toHalfWidth(written),
  );
  if (match === null) return undefined;
  const [whole, chinese, bracketed, plain] = match;
  const number = chinese === undefined ? Number(bracketed ?? plain) : chineseNumber(chinese);
  return number === undefined ? undefined : { style: styleOf(whole), number };
}
