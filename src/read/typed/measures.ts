import { isNothing, toHalfWidth } from './normalise.js';
import { chineseNumber } from './numerals.js';

export type MarkedItem = {
  /** As typed: 一是, 1., （1）, ①; '' for a line without a mark. */
  readonly mark: string;
  readonly number: number;
  /** What follows the mark, blanks at its ends removed. */
  readonly text: string;
};

/** A text that marks its items (一是…二是…): `before` is what stands before the first mark. */
export type Marked = { readonly before: string; readonly items: readonly MarkedItem[] };

/** Where a mark may begin: at the start, or after a line break, a blank, or a sign that ends or opens a phrase. */
const START = '(?<=^|[\\s。;；,，:：!！)）》”」])';
const CN = '[一二三四五六七八九十]{1,3}';

/**
 * The ways to number items, each with what its first mark must contain: looking for that costs a tenth of looking for marks.
 * Dates and amounts (2023.7, 1.5万元) have a digit after the point and are no marks.
 */
const STYLES: readonly { readonly hint: RegExp; readonly mark: RegExp }[] = [
  { hint: /一[是要]/, mark: new RegExp(`${START}(?<n>${CN})(?:是|要)(?!否)`, 'g') },
  { hint: /一、/, mark: new RegExp(`${START}(?<n>${CN})、(?!${CN}(?:季度|季|年|月|日|级|类|批))`, 'g') },
  { hint: /第一,/, mark: new RegExp(`${START}第(?<n>${CN}),`, 'g') },
  { hint: /[(]一[)]/, mark: new RegExp(`[(](?<n>${CN})[)]`, 'g') },
  { hint: /1[.．、]/, mark: new RegExp(`${START}(?<n>\\d{1,2})(?:[.．](?!\\d)|、(?!\\d))`, 'g') },
  { hint: /1[)]/, mark: /(?<n>(?<![\d)])\d{1,2})[)](?<=(?:^|[\s。;,:])\d{1,2}[)])/g },
  { hint: /[(]0?1[)]/, mark: /[(](?<n>\d{1,2})[)]/g },
  { hint: /①/, mark: /(?<n>[①-⑳])/g },
  { hint: /⑴/, mark: /(?<n>[⑴-⒇])/g },
  { hint: /⒈/, mark: /(?<n>[⒈-⒛])/g },
  { hint: /❶/, mark: /(?<n>[❶-❿])/g },
];

/** Something that the first mark of any style contains, in a text as typed. */
const FIRST_MARK = /一[是要、,，)）]|[1１][.．、)）]|[①⑴⒈❶]/;

/**
 * The items of a text by its outermost numbering: of the styles that number at least two items from 1, the one whose
 * first mark comes first. A numbering may skip (一是…三是) and may start again at 1. Without one, lines are items; with a
 * single mark the text is one item. Marks inside 《》 do not count.
 */
export function readMarks(text: string): Marked {
  const marked = FIRST_MARK.test(text);
  if (!marked && !text.includes('\n')) return { before: text.trim(), items: [] };
  // Character for character, so positions hold for the text as typed.
  const line = toHalfWidth(text);
  const styles = (marked ? STYLES : [])
    .filter(({ hint }) => hint.test(line))
    .map(({ mark }) => marksOf(line, mark))
    .filter(marks => marks.length > 0);
  const numbered = styles.filter(marks => marks.length > 1).sort((a, b) => (a[0]?.at ?? 0) - (b[0]?.at ?? 0))[0];
  if (numbered !== undefined) return cut(text, numbered);
  const lines = text
    .split(/\r?\n/)
    .map(part => part.trim())
    .filter(part => part !== '' && !isNothing(part));
  if (lines.length > 1)
    return { before: '', items: lines.map((part, at) => ({ mark: '', number: at + 1, text: part })) };
  const single = styles.find(marks => marks[0]?.at === line.search(/\S/));
  return single === undefined ? { before: text.trim(), items: [] } : cut(text, single);
}

type Mark = { readonly at: number; readonly end: number; readonly number: number };

/** The marks of one style that count up from 1, each at most three further than the one before. */
function marksOf(line: string, style: RegExp): Mark[] {
  const marks: Mark[] = [];
  const insideTitle = titleWatch(line);
  for (const match of line.matchAll(style)) {
    const number = numberOfMark(match.groups?.n ?? '');
    const last = marks.at(-1)?.number;
    if (insideTitle(match.index) || number === undefined) continue;
    const follows = last === undefined ? number === 1 : number === 1 || (number > last && number <= last + 3);
    if (follows) marks.push({ at: match.index, end: match.index + match[0].length, number });
  }
  return marks;
}

/** Where Unicode's ①, ⑴, ⒈ and ❶ begin, and how many follow. */
const NUMBERED_SIGNS = [
  [0x2460, 20],
  [0x2474, 20],
  [0x2488, 20],
  [0x2776, 10],
] as const;

function numberOfMark(written: string): number | undefined {
  if (/^\d/.test(written)) return Number(written);
  for (const [first, count] of NUMBERED_SIGNS) {
    const offset = written.charCodeAt(0) - first;
    if (offset >= 0 && offset < count) return offset + 1;
  }
  return chineseNumber(written);
}

/** Tells whether a place lies inside 《》; places are asked for in ascending order, so the text is walked through once. */
function titleWatch(line: string): (at: number) => boolean {
  let walked = 0;
  let inside = false;
  return at => {
    for (; walked <= at; walked += 1) {
      if (line[walked] === '《') inside = true;
      else if (line[walked] === '》') inside = false;
    }
    return inside;
  };
}

function cut(text: string, marks: readonly Mark[]): Marked {
  const items = marks.map((mark, i) => ({
    mark: text.slice(mark.at, mark.end),
    number: mark.number,
    text: text.slice(mark.end, marks[i + 1]?.at ?? text.length).trim(),
  }));
  return { before: text.slice(0, marks[0]?.at ?? 0).trim(), items };
}

/** The items' texts without their marks; the whole text when it marks none. What stands before the first mark is left out. */
export function splitMarked(text: string): string[] {
  if (isNothing(text)) return [];
  const { items } = readMarks(text);
  return items.length === 0 ? [text.trim()] : items.map(item => item.text).filter(item => item !== '');
}

/** How many measures (or sub-findings) one cell holds: its marked items or lines, 0 for a cell that says nothing. */
export function countMeasures(text: string): number {
  return splitMarked(text).length;
}
