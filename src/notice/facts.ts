import type { Day, Span } from '../model/day.js';
import type { FoundDate } from '../read/typed/date.js';
import { chineseNumber } from '../read/typed/numerals.js';
import { datesOf, noticeDate } from './figures.js';
import { fold } from './fold.js';
import type { Fact, Inspection, Located, NoticeMeeting } from './parsed.js';

const aboutTitle =
  /关于.{0,60}(?:巡视|巡察|审计|整改|专项检查|主题教育)|(?:巡视|巡察|审计|督察|督查).{0,40}(?:整改|反馈).{0,40}(?:通报|公告|公示|公开|报告|情况|意见|[表清台][单账]?)$/;
const titleEnd =
  /(?:通报|公告|公示|报告|情况|意见|汇报|函|清单|反馈|公开|公示表|一览表|汇总表|情况表|台账)(?:\([^)]{1,14}\))?$/;

export type Title = { readonly text: string; readonly unit: string; readonly lines: readonly number[] };

/** The title of the document, up to three lines of it, and the body that it names. */
export function titleOfDocument(lines: readonly Located[]): Title | undefined {
  const head = lines.slice(0, 60);
  for (const [index, line] of head.entries()) {
    const text = clean(line.text);
    if (text.length > 90 || !/关于|整改|反馈/.test(text)) continue;
    const whole = titleEnd.test(text) ? { text, lines: [line.line] } : joinedTitle(head, index);
    if (whole === undefined || !aboutTitle.test(whole.text) || /[。;]/.test(whole.text)) continue;
    const before = head[index - 1];
    const unitAbove =
      before !== undefined && isUnitName(clean(before.text)) && /^(?:关于|巡视|巡察|落实|对)/.test(whole.text)
        ? before
        : undefined;
    const text2 = unitAbove === undefined ? whole.text : clean(unitAbove.text) + whole.text;
    // A feedback document begins with the name of those who inspected.
    const issuer =
      before !== undefined && /(?:巡视|巡察|审计|领导小组).{0,12}(?:办公室|办|组)$/.test(clean(before.text));
    const above = unitAbove ?? (issuer ? before : undefined);
    const used = above === undefined ? whole.lines : [above.line, ...whole.lines];
    return { text: text2, unit: unitOfTitle(text2), lines: used };
  }
  return undefined;
}

function clean(text: string): string {
  return fold(text).replace(/\s+/g, '');
}

function joinedTitle(
  lines: readonly Located[],
  index: number,
): { readonly text: string; readonly lines: readonly number[] } | undefined {
  let text = '';
  const used: number[] = [];
  for (const line of lines.slice(index, index + 3)) {
    const part = clean(line.text);
    if (part.length > 60) return undefined;
    text += part;
    used.push(line.line);
    if (titleEnd.test(text)) return { text, lines: used };
  }
  return undefined;
}

const unitEnd =
  '(?:党委|党组|党工委|党总支|总支部?|党支部|支部|委员会|委会|支部委员会|工委|公司|学院|大学|学校|中学|小学|医院|局|委|办|中心|院|镇|乡|街道|村|社区|协会|集团|银行|厅|部|处|馆|站|所|联合会|法院|检察院)';

/** A line that is the name of a body and nothing else. */
export function isUnitName(text: string): boolean {
  return text.length >= 4 && text.length <= 40 && new RegExp(`${unitEnd}$`).test(text) && !/[,。;:]/.test(text);
}

function unitOfTitle(title: string): string {
  const before = /^(.{2,50}?)关于/.exec(title)?.[1];
  if (before !== undefined && !/(?:巡视|巡察|审计|检查)组$/.test(before)) return before;
  const inspected =
    /关于(?:开展)?(?:巡视|巡察|审计)(.{2,40}?)(?:有关|的)?(?:情况|意见)?(?:的)?(?:反馈|意见|通报|情况)/.exec(
      title,
    )?.[1];
  if (inspected !== undefined && !/^(?:整改|反馈|发现|工作|组)|整改$/.test(inspected))
    return inspected.replace(/(?:发现|存在)(?:的)?(?:主要)?问题$/, '');
  // 关于向某某局党组反馈巡察情况的通报, 关于某某局党组巡察整改情况的公示
  const to = /(?:向|对)(.{2,40}?)(?:党员领导班子|领导班子)?(?:的)?(?:反馈|开展|进行|巡视|巡察|审计)/.exec(title)?.[1];
  if (to !== undefined) return to;
  const place = /关于(.{1,20}?[县市区州旗])(?=\d{4}年)/.exec(title)?.[1];
  if (place !== undefined) return place;
  // 甲县某局党组巡察整改情况公示, 关于甲社区党总支巡察整改情况的通报: what stands before 巡察.
  const plain = /^(?:关于)?(?:落实)?(.{2,50}?)(?:落实)?(?=巡视|巡察|审计|整改)/.exec(title)?.[1] ?? '';
  const superior = /^(?:中共)?(?:省|市|县|区|州|旗|校|院|集团|公司|学校|中央|上级)?(?:委|党委|党组)?$/;
  return isUnitName(plain) && !superior.test(plain) ? plain : '';
}

const superior = /巡视|巡察|审计|检查|督察|领导小组|办公室$/;

/** The body that signs, on one of the last lines: for a title that names none. */
export function signatureOf(lines: readonly Located[]): { readonly unit: string; readonly line: number } | undefined {
  for (const line of lines.slice(-8).reverse()) {
    const text = clean(line.text);
    if (isUnitName(text) && !superior.test(text)) return { unit: text, line: line.line };
  }
  return undefined;
}

export type DocumentFacts = { readonly inspection: Inspection; readonly facts: readonly Fact[] };

/**
 * When the inspection was, when it was fed back, up to which day the notice reports. A date without a year takes the
 * year of the date before it, the next one when its month has gone round.
 */
export function factsOf(
  paragraphs: readonly Located[],
  title: Title | undefined,
  signature: { readonly unit: string; readonly line: number } | undefined,
): DocumentFacts {
  const facts: Fact[] = [];
  const known = new Set<string>();
  const note = (key: Fact['key'], value: string, line: number) => {
    if (known.has(key) || value === '') return;
    known.add(key);
    facts.push({ key, value, line });
  };
  if (title !== undefined) note('unit', title.unit, title.lines[0] ?? 1);
  if (signature !== undefined) note('unit', signature.unit, signature.line);
  let inspection: { from?: Day; to?: Day; feedback?: Day; asOf?: Day } = {};
  let running: Span | undefined;
  for (const paragraph of paragraphs) {
    const text = fold(paragraph.text);
    const group =
      /((?:中央|省|市|县|区|州|旗|校|院|局|集团|公司|学校|学院|党|工)[^,。;、()《》“”]{0,14}?(?:委|党委|党组)?[^,。;、()《》“”]{0,8}第[一二三四五六七八九十\d]{1,3}(?:巡视|巡察|联合巡察|专项巡察)组)/.exec(
        text,
      );
    if (group !== null) note('group', groupName(group[1] ?? ''), paragraph.line);
    const source = /巡视|巡察|审计|专项检查/.exec(text);
    if (source !== null) note('source', source[0], paragraph.line);
    const round = /(?:第)?([一二三四五六七八九十\d]{1,3}届)?[^,。;]{0,8}(第[一二三四五六七八九十\d]{1,3}轮)/.exec(text);
    if (round !== null) note('round', round[2] ?? '', paragraph.line);
    const period =
      /([一二两三四五六七八九十\d]{1,2})个月(?:的)?集中整改|集中整改(?:期)?[(为:]*([一二两三四五六七八九十\d]{1,2})个月/.exec(
        text,
      );
    if (period !== null) {
      const written = period[1] ?? period[2] ?? '';
      const months = /^\d/.test(written) ? Number(written) : chineseNumber(written);
      if (months !== undefined) note('periodMonths', String(months), paragraph.line);
    }
    if (!/\d\s*[年月日.]/.test(text) && !/[一二三四五六七八九〇○]年/.test(text)) continue;
    const dates = settled(paragraph.text, running);
    for (const [index, found] of dates.entries()) {
      if (found.background && !/^自?\d/.test(text.slice(found.offset - 1))) continue;
      const before = text.slice(Math.max(0, found.offset - 24), found.offset);
      const after = text.slice(found.offset + found.length, found.offset + found.length + 60);
      // What is said of this date ends where the next one is named.
      const until = dates[index + 1]?.offset ?? text.length;
      const clauseAfter =
        text.slice(found.offset + found.length, Math.min(until, found.offset + found.length + 60)).split(/[。;]/)[0] ??
        '';
      const day = found.span.precision === 'day' || found.span.precision === 'range';
      const next = dates[index + 1];
      const between = next === undefined ? '' : text.slice(found.offset + found.length, next.offset);
      if (
        inspection.from === undefined &&
        next !== undefined &&
        /^\s*(?:起)?(?:至|到|—+|-+|~|–+)\s*$/.test(between) &&
        isInspection(text, found.offset, next.offset + next.length)
      ) {
        inspection = { ...inspection, from: found.span.from, to: next.span.to };
        note('from', noticeDate(found.span, paragraph.line).value, paragraph.line);
        note('to', noticeDate(next.span, paragraph.line).value, paragraph.line);
      } else if (
        inspection.from === undefined &&
        found.span.precision === 'range' &&
        isInspection(text, found.offset, found.offset + found.length)
      ) {
        inspection = { ...inspection, from: found.span.from, to: found.span.to };
        note('from', found.span.from, paragraph.line);
        note('to', found.span.to, paragraph.line);
      }
      if (inspection.asOf === undefined && /(?:截至|截止|截止到|截至到)\s*(?:目前)?[(:]?\s*$/.test(before)) {
        inspection = { ...inspection, asOf: found.span.to };
        note('asOf', noticeDate(found.span, paragraph.line).value, paragraph.line);
      } else if (
        inspection.feedback === undefined &&
        day &&
        /^[^。;]{0,56}?(?:反馈(?!如下)(?:了)?|进行了?(?:集中|一对一)?反馈|召开.{0,20}反馈|(?:出具|送达|下达|印发|下发)(?:了)?[^,。;]{0,24}(?:审计报告|审计决定|巡察报告|检查通报|督察报告))/.test(
          clauseAfter,
        ) &&
        !/^\s*(?:起)?(?:至|到|—|-|~|–)/.test(after) &&
        !/整改(?:方案|工作)|学习/.test(clauseAfter.split('反馈')[0] ?? '')
      ) {
        inspection = { ...inspection, feedback: found.span.to };
        note('feedback', noticeDate(found.span, paragraph.line).value, paragraph.line);
      }
      if (
        day &&
        (/(?:印发|制定|审议通过|出台|上报|报送|形成)[^。;]{0,40}整改(?:工作)?方案/.test(clauseAfter.slice(0, 50)) ||
          isPlan(text.slice(Math.max(0, found.offset - 80), found.offset), clauseAfter))
      ) {
        note('plan', noticeDate(found.span, paragraph.line).value, paragraph.line);
      }
    }
    running = dates.filter(found => !found.background).at(-1)?.span ?? running;
  }
  return { inspection, facts };
}

/** 整改方案于2024年10月12日印发, 1月6日整改方案经巡察办审核通过. */
function isPlan(before: string, after: string): boolean {
  const settledOn = '(?:印发|审核(?:通过|同意)|审议通过|审定|出台|报送|报备)';
  const clause = before.slice(Math.max(before.lastIndexOf('。'), before.lastIndexOf(';')) + 1);
  return (
    (/整改(?:工作)?方案》?[^。;]{0,50}$/.test(clause) && new RegExp(`^(?:正式)?${settledOn}`).test(after)) ||
    new RegExp(`^[^。;,]{0,6}整改(?:工作)?方案》?[^。;]{0,24}${settledOn}`).test(after)
  );
}

function groupName(text: string): string {
  return text
    .replace(
      /^.*?(?=(?:中央|省委|市委|县委|区委|州委|旗委|校党委|院党委|集团党委|公司党委|局党组|学校党委|[^\s]{0,6}委)第)/,
      '',
    )
    .replace(/^(?:根据|按照|经)/, '');
}

function isInspection(text: string, from: number, to: number): boolean {
  const sentence = text.slice(Math.max(0, text.lastIndexOf('。', from)), to + 90);
  return (
    /(?:巡视|巡察|审计|检查|督察|督查|督导)(?:组|了)?/.test(sentence) &&
    !/公示期|整改期间|反馈意见期/.test(sentence.slice(0, to - from + 4))
  );
}

/** Dates of a paragraph with their years settled in reading order. */
function settled(text: string, running: Span | undefined): readonly FoundDate[] {
  let last = running;
  const result: FoundDate[] = [];
  for (const found of datesOf(text, yearOf(running))) {
    let span = found.span;
    if (span.assumed === 'year' && last !== undefined) {
      const year = yearOf(last) ?? 0;
      const [same] = datesOf(span.text, year);
      const [next] = datesOf(span.text, year + 1);
      // Twelve to one is a new year; a step back of a month or two is only an earlier day.
      const goneRound = same !== undefined && Number(last.to.slice(5, 7)) - Number(same.span.from.slice(5, 7)) >= 3;
      span = (goneRound ? next : same)?.span ?? span;
    }
    if (!found.background) last = span;
    result.push({ ...found, span });
  }
  return result;
}

function yearOf(span: Span | undefined): number | undefined {
  return span === undefined ? undefined : Number(span.to.slice(0, 4));
}

const meeting =
  /(?:专题)?(?:民主生活会|组织生活会|推进会议?|调度会议?|党组(?:\(扩大\)|扩大)?会议?|党委(?:\(扩大\)|扩大)?会议?|党支部会议?|支委会议?|党总支会议?|专题(?:研究)?会议?|专题部署会|部署会议?|动员(?:部署)?会议?|反馈(?:意见)?会议?|领导小组会议?|班子会议?|党组扩大会|工作会议?|协调会议?|座谈会)/;

/** Meetings with their day, from the parts about how the rectification was organised. */
export function meetingsIn(
  paragraphs: readonly Located[],
  feedback: Day | undefined,
  years: number | undefined,
): readonly NoticeMeeting[] {
  const found: NoticeMeeting[] = [];
  for (const paragraph of paragraphs) {
    const text = fold(paragraph.text);
    if (!meeting.test(text)) continue;
    let at = 0;
    for (const sentence of text.split(/(?<=[。;])/)) {
      const start = at;
      at += sentence.length;
      const type = /(?:召开|举行|组织召开|参加|主持召开)/.test(sentence) ? meeting.exec(sentence) : null;
      if (type === null) continue;
      const dates = datesOf(paragraph.text.slice(start, at), years).filter(date => !date.background);
      for (const date of dates.length === 0 ? [undefined] : dates) {
        if (
          date !== undefined &&
          (date.span.precision === 'year' ||
            /至今|以来/.test(sentence.slice(date.offset + date.length, date.offset + date.length + 3)))
        )
          continue;
        found.push({
          type: type[0],
          date: date === undefined ? undefined : noticeDate(afterFeedback(date.span, feedback), paragraph.line),
          line: paragraph.line,
          text: paragraph.text.slice(start, at).trim(),
        });
      }
    }
  }
  return found;
}

function afterFeedback(span: Span, feedback: Day | undefined): Span {
  if (span.assumed !== 'year' || feedback === undefined || span.to >= feedback) return span;
  const [next] = datesOf(span.text, Number(feedback.slice(0, 4)) + 1);
  // A meeting shortly before the feedback is one of the same year.
  return next !== undefined && Number(feedback.slice(5, 7)) - Number(span.from.slice(5, 7)) > 3 ? next.span : span;
}
