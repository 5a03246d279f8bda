import { day, daySpan, partsOf, type Span } from '../../model/day.js';
import { readOneDate } from './date-grammar.js';
import { toHalfWidth } from './normalise.js';

/** A date in running text; `offset` and `length` are UTF-16 positions in that text. */
export type FoundDate = {
  readonly span: Span;
  readonly offset: number;
  readonly length: number;
  /** Not a time at which something was done: inside 《》, after 自, 根据, 依据, 2022年度, 2020年以来. */
  readonly background: boolean;
};

const NUMERAL = '[〇零○一二三四五六七八九十]';
const YEAR = `(?:\\d{4}|[〇零○一二三四五六七八九]{4})年度?`;
const MONTH = `(?:\\d{1,2}|${NUMERAL}{1,2}|元)月`;
const DAY = `(?:\\d{1,2}|${NUMERAL}{1,3})[日号]`;
const VAGUE = '(?:上旬|中旬|下旬|初|中期|底|末)';
const MONTH_PART = `${MONTH}(?:${DAY}|份?${VAGUE}|份)?`;

/** With its year, without one, or in figures only. 3个月 and 第3 are no dates, nor is any piece of a longer number. */
const IN_TEXT = new RegExp(
  [
    // 2024717日, 2024年717日: the signs were lost; read where one reading is left.
    `(?<damaged>(?<!\\d)(?:19|20)\\d{2}年?\\d{3,4}日)`,
    `(?<dated>(?<![\\d〔\\[])${YEAR}(?:${MONTH_PART}|第?[一二三四1-4]季度|[上下]半年|[底末初](?!中))?)`,
    `(?<relative>(?:同|当|今|本|去|上|明|次)年(?:${MONTH_PART}|第?[一二三四1-4]季度|[上下]半年|[底末初]))`,
    `(?<yearless>(?<![\\d.年〇零○一二三四五六七八九十])(?:${MONTH_PART}|第[一二三四1-4]季度|[一二三四]季度|[上下]半年))`,
    `(?<figures>(?<![\\d.-])(?:19|20)\\d{2}(?:-\\d{1,2}-\\d{1,2}|\\.\\d{1,2}\\.\\d{1,2}|/\\d{1,2}/\\d{1,2})(?![\\d.-]))`,
  ].join('|'),
  'gu',
);

/** 甲发2023年12号 is a document's number, not a date; 第12期 leaves the year. */
const DOCUMENT_NUMBER = /^第?\d+号/;
/** 至15日, 、7日: a day that takes year and month from the date before it. */
const NEXT_DAY = new RegExp(`^(?:至|到|[-—–~、,]|和|及)(?<day>${DAY})`, 'u');
/** Between two dates: the second takes its year from the first, with certainty. */
const JOINED = /^(?:至|到|[-—–~、,]|和|及)$/;
const RANGE = /^(?:至|到|[-—–~]+)$/;
const SINCE_BEFORE = /(?:自|自从|从|对照|针对)$/;
const BASIS_BEFORE = /(?:根据|依据|按照|依照|遵照)[^,，。；;：:！!？?]*$/;
/** 2018年版, 2018年8月印发的: which document is meant. 2024年8月22日印发《…》 is what was done. */
const PERIOD_AFTER = /^(?:度|以来|至今|以前|之前|期间|版|(?:修订|修正|印发|制定|出台|下发)(?:后?的|版|本))/;
/** 《…》（2018年8月修订） says when the document was made. */
const AFTER_TITLE = /》[（(][^）)]*$/;

/** Whether it is worth looking for dates in a text at all. */
export function mayHoldDate(text: string): boolean {
  return /[年月]|\d[-./]\d|\d{7}日/.test(text);
}

/**
 * Every date of a running text, left to right. A date without a year takes, in this order: that of the date it is
 * joined to (3月15日至6月15日; certain), that of 同年, the context's year, the last one named before it (all three
 * reported as assumed). With none of them it is left out: there is no day to speak of.
 */
export function findDates(text: string, context: { readonly year?: number | undefined }): FoundDate[] {
  if (!mayHoldDate(text)) return [];
  const line = toHalfWidth(text);
  const titles = titleAreas(text);
  const found: FoundDate[] = [];
  for (const match of line.matchAll(IN_TEXT)) {
    const end = match.index + match[0].length;
    if (DOCUMENT_NUMBER.test(line.slice(end, end + 8)) || isHowOften(match[0], line.charAt(end))) continue;
    const previous = found.at(-1);
    const between = previous === undefined ? '' : line.slice(previous.offset + previous.length, match.index);
    const joined = previous !== undefined && JOINED.test(between);
    const span = readMatch(match, text.slice(match.index, end), context.year, previous, joined);
    if (span === undefined) continue;
    const ranged = previous?.background === true && RANGE.test(between);
    const background = ranged || isBackground(line, match.index, end, span, titles);
    found.push({ span, offset: match.index, length: match[0].length, background });
    addNextDays(found, line, text);
  }
  return found;
}

/** 一月一查, 一季度一通报 */
function isHowOften(matched: string, next: string): boolean {
  return next === '一' && (matched === '一月' || matched === '一季度');
}

function readMatch(
  match: RegExpExecArray,
  typed: string,
  contextYear: number | undefined,
  previous: FoundDate | undefined,
  joined: boolean,
): Span | undefined {
  const { damaged, dated, relative, yearless, figures } = match.groups ?? {};
  const lastYear = previous === undefined ? undefined : partsOf(previous.span.from).year;
  if (relative !== undefined) return readRelative(relative, typed, contextYear, lastYear);
  const read = readOneDate(
    damaged ?? dated ?? figures ?? yearless ?? '',
    joined ? lastYear : (contextYear ?? lastYear),
  );
  if (read.kind !== 'date') return undefined;
  const { assumed, ...span } = read.span;
  const certain = yearless !== undefined && joined && previous?.span.assumed !== 'year' && assumed === 'year';
  return { ...(certain ? span : read.span), text: typed };
}

/** 同年, 当年: the year named before. 今年, 本年: the context's; 去年, 上年 and 明年, 次年 count from it. */
function readRelative(
  relative: string,
  typed: string,
  contextYear: number | undefined,
  lastYear: number | undefined,
): Span | undefined {
  const word = relative.charAt(0);
  const base = word === '同' || word === '当' ? (lastYear ?? contextYear) : contextYear;
  if (base === undefined) return undefined;
  const year = word === '去' || word === '上' ? base - 1 : word === '明' || word === '次' ? base + 1 : base;
  const read = readOneDate(`${year}${relative.slice(1)}`, undefined);
  return read.kind === 'date' ? { ...read.span, text: typed, assumed: 'year' } : undefined;
}

/** 8月5日至7日、9日 goes on with days alone. */
function addNextDays(found: FoundDate[], line: string, text: string): void {
  for (;;) {
    const previous = found.at(-1);
    if (previous === undefined || previous.span.precision !== 'day') return;
    const start = previous.offset + previous.length;
    const match = NEXT_DAY.exec(line.slice(start, start + 8));
    const typed = match?.groups?.day;
    if (match === null || typed === undefined) return;
    const { year, month } = partsOf(previous.span.from);
    const read = readOneDate(`${year}年${month}月${typed}`, undefined);
    const dayOfMonth = read.kind === 'date' ? partsOf(read.span.from).day : 0;
    const next = day(year, month, dayOfMonth);
    if (next === undefined) return;
    const offset = start + match[0].length - typed.length;
    const span = daySpan(next, text.slice(offset, offset + typed.length));
    const { assumed } = previous.span;
    found.push({
      span: assumed === undefined ? span : { ...span, assumed },
      offset,
      length: typed.length,
      background: previous.background,
    });
  }
}

type Reach = { readonly start: number; readonly end: number };

/** What stands inside 《》 (or inside an unclosed 《 to the end). */
function titleAreas(text: string): Reach[] {
  if (!text.includes('《')) return [];
  return [...text.matchAll(/《[^》]*(?:》|$)/g)].map(match => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function isBackground(line: string, start: number, end: number, span: Span, titles: readonly Reach[]): boolean {
  if (titles.some(title => start > title.start && start < title.end)) return true;
  const before = line.slice(Math.max(0, start - 60), start);
  const after = line.slice(end, end + 4);
  if (SINCE_BEFORE.test(before) || AFTER_TITLE.test(before)) return true;
  // 根据反馈意见于8月5日召开会议 is an event; 根据县委于8月5日印发的通知 is not.
  const event = /[于在]$/.test(before) && !/^\p{L}{1,8}的/u.test(line.slice(end, end + 9));
  if (BASIS_BEFORE.test(before) && !event) return true;
  if (span.text.endsWith('度') && span.precision === 'year') return true;
  // 2019年至2022年津补贴, 2023年《保密承诺书》: a bare year in front of such words says which, not when.
  return PERIOD_AFTER.test(after) || (span.precision === 'year' && /^(?:至|到|[-—–~]|《)/.test(after));
}
