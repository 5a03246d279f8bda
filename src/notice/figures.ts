import { isObject } from '../checks/dated.js';
import type { Span } from '../model/day.js';
import { plain } from '../model/money.js';
import { findAmounts } from '../read/typed/amount.js';
import { type FoundDate, findDates } from '../read/typed/date.js';
import { chineseNumber } from '../read/typed/numerals.js';
import { fold, protectedMask, trimmed } from './fold.js';
import { partName } from './money-names.js';
import type { AmountKind, Located, NoticeAmount, NoticeCount, NoticeDate, NoticeMeasure } from './parsed.js';
import { policiesIn } from './policies.js';

/** What is known about the year when a date has none: the feedback, and the day up to which the notice reports. */
export type YearContext = {
  readonly year: number | undefined;
  readonly feedback: string | undefined;
  readonly asOf: string | undefined;
};

export function measureFrom(item: Located, years: YearContext): NoticeMeasure {
  return {
    text: item.text,
    line: item.line,
    dates: datesIn([item], years),
    amounts: amountsIn([item]),
    counts: countsIn([item]),
    policies: policiesIn(item.text).map(policy => policy.name),
  };
}

/**
 * Dates at which something happened; those in book titles, document numbers and after 自/根据 are left out. A date
 * without a year takes the year in which it falls between the feedback and the reporting day, the year of the feedback
 * where neither year does.
 */
export function datesIn(parts: readonly Located[], years: YearContext): readonly NoticeDate[] {
  return parts.flatMap(part => {
    if (!/\d|[年月]/.test(part.text)) return [];
    return (
      datesOf(part.text, years.year)
        .filter(found => !found.background && !isComparison(part.text, found.offset))
        // 2019—2021年造林地块: the end of a span of years names what was looked at, not when.
        .filter(found => !ofPeriods.has(found.span.precision) || !namesAMatter(part.text, found))
        .map(found => noticeDate(settleYear(found.span, part.text, years), part.line))
    );
  });
}

/** The dates of a text, where a half-width stop between sentences is no part of one; each in the words as typed. */
export function datesOf(text: string, year: number | undefined): readonly FoundDate[] {
  return findDates(fold(text), { year }).map(found => ({
    ...found,
    span: { ...found.span, text: text.slice(found.offset, found.offset + found.length) },
  }));
}

/** 较上半年提高, 比2022年下降: what a figure is compared with. */
function isComparison(text: string, at: number): boolean {
  return /(?:较|比|同比|相比|相较于?|对比)(?:去年|上年)?$/u.test(text.slice(Math.max(0, at - 8), at));
}

/** What a period is told of may be its matter: 公开2024年下半年收支. A day or a month is told of what happened then. */
const ofPeriods: ReadonlySet<string> = new Set(['year', 'half', 'quarter']);

/** 2025年部门预算: what is made up, kept or paid year by year. */
const yearly =
  /^(?:招聘|招考|招录|采购|培训|学习|工作|建设|投资|维修|部门|财政|单位|本级|全[市县区镇乡村校院局]|一般公共)?(?:预算|决算|账|经费|资金|项目|计划|任务|指标|补贴|津贴|补助|租金|党费|会费|工资|绩效|考核|考勤|收入|支出|结转|结余|报告|档案|资料|材料|台账|数据|用车|出车|财务|会计|凭证|级|届|春季|秋季)/u;

/** A year alone often says which matter is meant: 补登2022年出车记录, the end of 2019—2021年. */
function namesAMatter(text: string, { offset, length }: FoundDate): boolean {
  return (
    /\d{4}年?\s*[—–\-~～至到]+\s*$/u.test(text.slice(0, offset)) ||
    yearly.test(text.slice(offset + length)) ||
    isObject(text, offset, length)
  );
}

function settleYear(span: Span, text: string, years: YearContext): Span {
  if (span.assumed !== 'year' || years.year === undefined || years.feedback === undefined) return span;
  if (span.from >= years.feedback) return span;
  const [next] = datesOf(span.text, years.year + 1);
  if (next === undefined) return span;
  const late = next.span;
  // Without a reporting day only a date that would lie half a year before the feedback rolls over.
  const fits = years.asOf !== undefined ? late.from <= years.asOf : monthOf(years.feedback) - monthOf(span.from) > 6;
  return fits && text.length > 0 ? late : span;
}

function monthOf(day: string): number {
  return Number(day.slice(5, 7));
}

export function noticeDate(span: Span, line: number): NoticeDate {
  const precision = span.precision === 'range' ? 'day' : span.precision;
  return {
    value: dateValue(span),
    precision,
    text: span.text,
    line,
    ...(span.assumed === undefined ? {} : { assumed: span.assumed }),
  };
}

function dateValue(span: Span): string {
  const year = span.from.slice(0, 4);
  const month = monthOf(span.from);
  switch (span.precision) {
    case 'month':
      return span.from.slice(0, 7);
    case 'quarter':
      return `${year}-Q${Math.ceil(month / 3)}`;
    case 'half':
      return `${year}-H${month <= 6 ? 1 : 2}`;
    case 'year':
      return year;
    default:
      return span.from;
  }
}

/** Every amount with what the words around it make of it. */
export function amountsIn(parts: readonly Located[]): readonly NoticeAmount[] {
  return parts.flatMap(part => {
    const found = findAmounts(part.text);
    const kinds = found.map(({ offset, length }) =>
      amountKind(
        part.text.slice(Math.max(0, offset - 40), offset),
        part.text.slice(offset + length, offset + length + 16),
      ),
    );
    const between = found.map((one, index) => {
      const next = found[index + 1];
      return next === undefined ? '' : part.text.slice(one.offset + one.length, next.offset);
    });
    // 本金8600万元、利息412.5万元已全部收回: what follows the last of a list is said of all of it.
    for (let at = found.length - 2; at >= 0; at -= 1) {
      const joint = between[at] ?? '';
      const said = amountKind(joint, '');
      if (kinds[at] === undefined && said === undefined && /^(?:[、和及与]|以及)[^。；;，,、]{0,20}$/u.test(joint))
        kinds[at] = kinds[at + 1];
    }
    // 追缴甲51.3万元、乙8.92万元，合计60.22万元: the sum is what its parts are.
    const sums = found.map((_, at) => at > 0 && sumUp.test(between[at - 1] ?? ''));
    for (let at = 1; at < found.length; at += 1) if (sums[at] === true) kinds[at] ??= kinds[at - 1];
    return found.map((one, index) => ({
      yuan: plain(one.amount.yuan),
      text: part.text.slice(one.offset, one.offset + one.length),
      kind: kinds[index],
      line: part.line,
      ...nameOf(part.text.slice(0, one.offset)),
      ...(sums[index] === true ? { sumsUp: true as const } : {}),
    }));
  });
}

function nameOf(before: string): Pick<NoticeAmount, 'of'> {
  const clause = /[^。；;，,、：:（()）]*$/u.exec(before.slice(-30))?.[0] ?? '';
  const of = partName(fold(clause));
  return of.length >= 2 && of.length <= 16 && !/\d/.test(of) ? { of } : {};
}

const sumUp = /^[，,、；;]?(?:以上)?(?:共计|合计|总计|共)[^。；;，,]{0,6}$/u;

const meanings: readonly { readonly kind: AmountKind; readonly pattern: RegExp }[] = [
  {
    kind: '未追缴',
    pattern:
      /未(?:追缴|追回|清退|退缴|退回|收回|缴|上缴|退还|归还|偿还|退|收|还|足额)|尚欠|仍欠|仍有|尚有|剩余|还剩|拖欠|欠缴|没有(?:退|收|缴)/,
  },
  {
    kind: '应追缴',
    pattern:
      /(?:应|需|须|拟|待)(?:当)?(?:予以|由个人|于)?(?:追缴|追回|清退|退缴|退回|收回|上缴|缴|退|补缴|收缴|追偿|清收|代缴)/,
  },
  { kind: '核减', pattern: /核减|审减|核销/ },
  { kind: '挽回损失', pattern: /挽回|避免(?:经济)?损失/ },
  {
    kind: '已追缴',
    pattern:
      /(?:已|已经)?(?:追缴|追回|清退|退缴|退回|收回|上缴|上交|补缴|收缴|退还|归还|偿还|追偿|清收|缴回|缴纳|退赔|收取|清缴|划入|扣回|足额收|退款)|已经?(?:退|缴|还)(?:了|款)?$/,
  },
];

/** Meaning of an amount: the nearest word of its own clause decides, 没有退回 after it too. */
export function amountKind(before: string, after: string): AmountKind | undefined {
  const clause = before.slice(Math.max(...['。', '；', ';', '，', ','].map(mark => before.lastIndexOf(mark))) + 1);
  const tail = after.split(/[。；;，,]/)[0] ?? '';
  if (/没有(?:退|收|缴|还)|未(?:退|收|缴|还|追|清|上缴)/.test(tail)) return '未追缴';
  // 拖欠的租金2760元已全部追回: what was done about it is said behind it.
  if (paidBehind.test(tail)) return '已追缴';
  // 合计3500元，已全部退回: a clause of its own that names no other figure.
  const [, next = ''] = /^[，,]([^，,。；;]*)/u.exec(after) ?? [];
  if (!/\d/u.test(next.replace(/\d+[年月日]/gu, '')) && paidBehind.test(next)) return '已追缴';
  // 拖欠的租金2760元已全部到账: elsewhere what is booked may be any income.
  if (/拖欠|欠缴/u.test(clause) && cameIn.test(tail)) return '已追缴';
  // 拖欠的补贴312.6万元全部发放到户: the office paid what it owed.
  if (paidOutBehind.test(tail) && /拖欠|欠付|欠发/u.test(clause)) return undefined;
  // 收回欠缴承包费: the word that comes first governs the others. 违规收取 is what was wrong, not what came back.
  let first: { readonly kind: AmountKind; readonly at: number } | undefined;
  const said = clause.replace(wrongfully, '').replace(paidOut, '');
  for (const { kind, pattern } of meanings) {
    const at = said.search(pattern);
    if (at >= 0 && (first === undefined || at < first.at)) first = { kind, at };
  }
  if (first !== undefined) return first.kind;
  // 所得款项683万元上缴集团
  if (/^(?:已|均|均已)?(?:上缴|上交|缴回|退回|退还)/.test(tail))
    return /[应须需拟]|尚未/.test(clause) ? '应追缴' : '已追缴';
  return undefined;
}

const wrongfully =
  /(?<!退|缴|追|收|清)(?:违规|违纪|违法|擅自|私自|重复|超标准|超范围)[^，。；;,]{0,16}?(?:收取|缴纳|划入)/u;

/** 拨付拖欠养护费: the office itself paid what it owed. */
const paidOut = /(?:拨付|支付|发放|兑付|兑现|补发|结清|还清)(?:了)?(?:拖欠|欠缴|欠付)/u;

const paidOutBehind =
  /^(?:的)?(?:资金|款项|工资|补贴)?(?:于[^,，。；;]{2,14}?)?(?:已经?|均|全部|全额|足额|如数|按期|及时)+(?:发放|支付|兑付|兑现|补发|结清|付清|拨付|还清)/u;

const cameIn =
  /^(?:已经?)?(?:于[^,，。；;]{2,14}?)?(?:已经?|均|全部|全额|足额|如数|按期|及时)+(?:收取|收齐|收讫|到账|入账)/u;

const paidBehind =
  /^(?:的)?(?:违规|违纪)?(?:资金|款项)?(?:已经?)?(?:于[^,，。；;]{2,14}?)?(?:已经?|均|全部|全额|足额|如数|按期|及时)+(?:追缴|追回|退|上缴|上交|清退|收回|补缴|收缴|缴|归还)/;

const NUMBER = '\\d{1,9}|[一二两三四五六七八九十百千]{1,6}';
const NOUN =
  '人次|人|名|场次|班次|件次|批次|次|项|个|条|件|份|场|期|户|家|篇|起|笔|处|台|套|批|轮|宗|位|本|册|辆|间|栋|套|组|类|篇次|课时|学时';
const counted = new RegExp(`(?<![\\d.一二两三四五六七八九十百千第])(${NUMBER})(?:余|多)?(${NOUN})`, 'g');

/** Counts with the word they are counted in and what is counted: "专题学习3次", "8名大学生". */
export function countsIn(parts: readonly Located[]): readonly NoticeCount[] {
  return parts.flatMap(part => {
    const folded = fold(part.text);
    const mask = protectedMask(folded);
    const found: NoticeCount[] = [];
    for (const match of folded.matchAll(counted)) {
      if (mask[match.index] === 1) continue;
      const [all, digits = '', noun = ''] = match;
      const after = folded.slice(match.index + all.length, match.index + all.length + 24);
      // 一个, 一批, 一项 … are turns of phrase more often than counts; 每周一次 is a frequency.
      const before = folded.slice(Math.max(0, match.index - 30), match.index);
      if (digits === '一' && !/次$|人次$|场$|期$/.test(noun)) continue;
      if (/每[周月年季天日个半]?(?:度)?$/.test(before)) continue;
      if (noun === '个' && /^(?:月|工作日|小时|百分点)/.test(after)) continue;
      const n = /^\d/.test(digits) ? Number(digits) : chineseNumber(digits);
      if (n === undefined) continue;
      found.push({ n, noun, of: whatIsCounted(before, after), line: part.line });
    }
    return found;
  });
}

function whatIsCounted(before: string, after: string): string {
  const following = /^[^,。;、:!?()（）\d\s]{2,14}/.exec(after)?.[0] ?? '';
  if (following !== '' && !/^(?:[,。以上]|进行|开展|召开|予以|已|向|对|将|在|为|和|与|并|均)/.test(following))
    return trimmed(following);
  const clause = before.slice(Math.max(...['。', ';', ',', '、', ':'].map(mark => before.lastIndexOf(mark))) + 1);
  return trimmed(clause.replace(/^(?:共|累计|先后|已|一是|二是|三是|四是|五是)+/, '')).slice(-20);
}
