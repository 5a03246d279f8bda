import { text } from '../../model/text.js';
import { toChineseNumeral } from '../../read/typed/numerals.js';
import type { NoticeHeading } from '../parsed.js';
import { type Linting, type Remark, remark } from './linting.js';

/** Headings of one list run on: 一、二、三、… without gaps, repeats or steps back. */
export function* headingNumbers(linting: Linting): Iterable<Remark> {
  const lists = new Map<number, NoticeHeading[]>();
  for (const heading of linting.parsed.headings) {
    const list = lists.get(heading.list);
    if (list === undefined) lists.set(heading.list, [heading]);
    else list.push(heading);
  }
  for (const list of lists.values()) yield* inOneList(list, linting);
}

function* inOneList(list: readonly NoticeHeading[], linting: Linting): Iterable<Remark> {
  let last: NoticeHeading | undefined;
  for (const heading of list) {
    const expected = (last?.number ?? 0) + 1;
    if (heading.number !== expected) yield wrongNumber(heading, last, expected, linting);
    last = heading;
  }
}

function wrongNumber(
  heading: NoticeHeading,
  last: NoticeHeading | undefined,
  expected: number,
  linting: Linting,
): Remark {
  const shown = (n: number) => written(n, heading);
  const missing = Array.from({ length: Math.max(0, heading.number - expected) }, (_, index) => shown(expected + index));
  const said =
    missing.length > 0
      ? text(
          `标题编号缺${missing.join('')}：${last === undefined ? '第一个标题' : `上一个是${shown(last.number)}，这里`}是${shown(heading.number)}`,
          `heading ${missing.join(', ')} is missing before ${shown(heading.number)}`,
        )
      : heading.number === last?.number
        ? text(
            `两个标题都编了${shown(heading.number)}（另一个在第${last.line}行）`,
            `two headings are numbered ${shown(heading.number)} (the other in line ${last.line})`,
          )
        : text(
            `标题编号往回走：上一个是${shown(last?.number ?? 0)}，这里是${shown(heading.number)}`,
            `heading numbers step back: ${shown(heading.number)} after ${shown(last?.number ?? 0)}`,
          );
  return remark(linting, 'section-number', 'error', `${heading.line}`, {
    line: heading.line,
    words: shown(heading.number),
    found: shown(heading.number),
    expected: shown(expected),
    message: said,
    remedy: text(
      '对照反馈意见补上漏掉的部分，或改正编号；不公开的部分请重新连续编号',
      'complete what was left out or correct the number; where a part is not published, number on',
    ),
  });
}

function written(n: number, { style }: NoticeHeading): string {
  const numeral = toChineseNumeral(n);
  return style === 'cn' ? `${numeral}、` : style === 'part' ? `第${numeral}部分` : `（${numeral}）`;
}
