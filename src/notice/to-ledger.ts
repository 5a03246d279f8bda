import { add, compare, equals, inUnit, type Money, subtract, sum, yuan } from '../model/money.js';
import { toChineseNumeral } from '../read/typed/numerals.js';
import type { SheetKey } from '../sheets/index.js';
import type { NewRow, NewValue, NewWorkbook } from '../stores/excel/author.js';
import { deedsOf, moneyOf } from './deeds.js';
import { fold } from './fold.js';
import type {
  NoticeAmount,
  NoticeClaim,
  NoticeDate,
  NoticeFinding,
  NoticeMeasure,
  NoticeResult,
  NoticeSection,
  NoticeStatus,
  NoticeSubFinding,
  ParsedNotice,
} from './parsed.js';
import { hasRepeats, runsOf } from './runs.js';

/** The words of the standard workbook for each status. */
export const statusNames: { readonly [S in NoticeStatus]: string } = {
  'not-started': '未启动',
  'in-progress': '整改中',
  'mostly-done': '基本完成',
  'long-term': '长期坚持',
  done: '已完成',
  withdrawn: '不再纳入',
};

/**
 * A notice as a standard workbook: one row per measure, registers for money, rules and talks, the headline as claims.
 * What the notice says was done stands in 整改措施; 整改进展 is filled only where the notice gives both. Nothing is
 * added that the notice does not say, and each row names its line.
 */
export function toLedger(parsed: ParsedNotice, numbers: Numbers = 'printed'): NewWorkbook {
  const rows = linedRows(parsed, numbers);
  return {
    full: true,
    title: `${parsed.unit}${parsed.kind === 'feedback' ? '巡察整改台账（据反馈意见）' : '巡察整改台账（据通报）'}`,
    facts: factCells(parsed),
    rows: {
      ledger: rows.ledger.map(row => row.cells),
      recoveries: rows.recoveries.map(row => row.cells),
      policies: rows.policies.map(row => row.cells),
      actions: rows.actions.map(row => row.cells),
      meetings: rows.meetings.map(row => row.cells),
      claims: rows.claims.map(row => row.cells),
    },
  };
}

/** A row of the workbook and the line of the notice that it comes from. */
export type Lined<K extends SheetKey> = { readonly cells: NewRow<K>; readonly line: number };

/** Rows of 整改台账 know the finding, and which of its sub-findings and measures they carry. */
export type LinedFinding = Lined<'ledger'> & {
  readonly section: NoticeSection;
  readonly finding: NoticeFinding;
  /** Which of the finding's sub-findings and measures stand in it. */
  readonly subFinding: NoticeSubFinding | undefined;
  readonly measure: NoticeMeasure | undefined;
  /** Its own, where the notice tells results one by one. */
  readonly result: NoticeResult | undefined;
};

export type LinedRows = {
  readonly ledger: readonly LinedFinding[];
  readonly recoveries: readonly Lined<'recoveries'>[];
  readonly policies: readonly Lined<'policies'>[];
  readonly actions: readonly Lined<'actions'>[];
  readonly meetings: readonly Lined<'meetings'>[];
  readonly claims: readonly Lined<'claims'>[];
};

/** The rows of `toLedger` in the same order, each with its line: what leads from a cell back to the text. */
export function linedRows(parsed: ParsedNotice, wanted: Numbers = 'printed'): LinedRows {
  const numbers = numbering(parsed, wanted);
  const findings = parsed.sections.flatMap(section => section.findings);
  return {
    ledger: ledgerRows(parsed, numbers),
    recoveries: findings.flatMap(finding => recoveryRows(finding, number(numbers, finding))),
    policies: parsed.policies.map(policy => ({
      line: policy.line,
      cells: {
        ...(policy.finding === undefined
          ? {}
          : { reference: policyReference(parsed, numbers, policy.finding, policy.line) }),
        name: policy.name,
        manner: policy.kind,
        note: lineNote(policy.line),
      },
    })),
    actions: findings.flatMap(finding => actionRows(finding, number(numbers, finding))),
    meetings: parsed.meetings.flatMap(meeting => {
      const date = dateCell(meeting.date);
      // "共召开推进会4次" states a number, which is a claim; only a meeting with a day is one that can be listed.
      if (date === undefined) return [];
      const cells = { form: meeting.type, date, topic: shortened(meeting.text), note: lineNote(meeting.line) };
      return [{ line: meeting.line, cells }];
    }),
    claims: parsed.claims.map(claim => ({
      line: claim.line,
      cells: {
        code: claim.id.replace(/^c/, ''),
        subject: claim.of,
        value: { number: claim.value },
        unit: claim.unit,
        ...(claim.kind === undefined ? {} : { basis: basisOf(claim, parsed) }),
        ...(claim.parent === undefined ? {} : { parent: claim.parent.replace(/^c/, '') }),
        note: lineNote(claim.line),
      },
    })),
  };
}

function lineNote(line: number): string {
  return `通报第${line}行`;
}

/** 12个具体问题 of which each is a finding of its own: what the notice calls 具体问题 are the ledger’s findings. */
export function basisOf({ kind = '' }: NoticeClaim, { sections, claims }: ParsedNotice): string {
  if (kind !== '具体问题') return kind;
  const listed = sections.some(section => section.findings.some(finding => finding.subFindings.length > 0));
  const both = claims.some(claim => claim.of === '反馈问题总数' && claim.kind === '问题');
  return listed || both ? kind : '问题';
}

/** Numbers as printed; `unique` where a number that occurs twice must not confuse what belongs to which finding. */
export type Numbers = 'printed' | 'unique';

/**
 * Run on from 1 where they start again under a heading, for registers must tell findings apart. A number that is only
 * repeated (4 and 4) is a slip and stays as printed.
 */
function numbering(parsed: ParsedNotice, wanted: Numbers): ReadonlyMap<NoticeFinding, number> {
  const findings = parsed.sections.flatMap(section => section.findings);
  const restarts = runsOf(parsed.sections).length > 1 || (wanted === 'unique' && hasRepeats(parsed.sections));
  return new Map(findings.map((finding, index) => [finding, restarts ? index + 1 : finding.number]));
}

function number(numbers: ReadonlyMap<NoticeFinding, number>, finding: NoticeFinding): NewValue {
  return { number: String(numbers.get(finding) ?? finding.number) };
}

function policyReference(
  parsed: ParsedNotice,
  numbers: ReadonlyMap<NoticeFinding, number>,
  printed: number,
  line: number,
): NewValue {
  const found = parsed.sections
    .flatMap(section => section.findings)
    .filter(finding => finding.number === printed)
    .find(finding => [...finding.measures, ...finding.progress].some(part => part.line === line));
  return found === undefined ? { number: String(printed) } : number(numbers, found);
}

function factCells(parsed: ParsedNotice): NonNullable<NewWorkbook['facts']> {
  const { from, to, feedback, asOf } = parsed.inspection;
  const fact = (key: string) => parsed.facts.find(one => one.key === key)?.value;
  const plan = fact('plan');
  const period = fact('periodMonths');
  const round = fact('round');
  const supervision = fact('source');
  const total = parsed.claims.find(
    claim => claim.of === '反馈问题总数' && claim.kind === '问题' && claim.parent === undefined,
  );
  return {
    ...(parsed.unit === '' ? {} : { unit: parsed.unit }),
    ...(supervision === undefined ? {} : { supervision }),
    ...(round === undefined ? {} : { round }),
    ...(from === undefined ? {} : { inspectionFrom: { date: from } }),
    ...(to === undefined ? {} : { inspectionTo: { date: to } }),
    ...(feedback === undefined ? {} : { feedback: { date: feedback } }),
    ...(plan === undefined || plan.length < 10 ? {} : { planDate: { date: plan } }),
    ...(period === undefined ? {} : { periodMonths: { number: period } }),
    ...(asOf === undefined ? {} : { statedAsOf: { date: asOf } }),
    ...(total === undefined ? {} : { statedFindings: { number: total.value } }),
    ...(tellsPart(parsed) ? { scope: '部分' } : {}),
  };
}

/** 反馈问题13个，本通报公开11个: what follows is not the whole. */
export function tellsPart(parsed: ParsedNotice): boolean {
  const total = parsed.claims.find(claim => claim.of === '反馈问题总数');
  const told = publishedCount(parsed);
  return total !== undefined && told !== undefined && Number(told.value) < Number(total.value);
}

/** How many findings the notice says that it tells. */
export function publishedCount(parsed: ParsedNotice): NoticeClaim | undefined {
  return parsed.claims.find(claim => claim.of === '公开问题数');
}

function ledgerRows(parsed: ParsedNotice, numbers: ReadonlyMap<NoticeFinding, number>): readonly LinedFinding[] {
  return parsed.sections.flatMap(section => {
    const heading =
      section.number === undefined || !countsAreas(parsed, section.line)
        ? ''
        : `（${toChineseNumeral(section.number)}）`;
    return section.findings.flatMap((finding, index) => {
      const focus = index === 0 && section.title !== '' ? { focus: `${heading}${section.title}` } : {};
      return findingRows(finding, number(numbers, finding), parsed.kind).map((row, at) => ({
        ...row,
        cells: at === 0 ? { ...focus, ...row.cells } : row.cells,
        section,
        finding,
      }));
    });
  });
}

/**
 * Whether the heading on a line is numbered among focus areas only. 二、 between 一、组织领导 and 三、下一步 is the number
 * of a part of the document, not of a focus area.
 */
function countsAreas(parsed: ParsedNotice, line: number): boolean {
  const own = parsed.headings.find(heading => heading.line === line);
  if (own === undefined) return true;
  const areas = new Set(parsed.sections.map(section => section.line));
  return parsed.headings.every(heading => heading.list !== own.list || areas.has(heading.line));
}

/** `shown` in the first of the rows that belong to it. */
type RowSub = { readonly shown: NoticeSubFinding | undefined; readonly of: NoticeSubFinding | undefined };
type Row = { readonly sub: RowSub; readonly measure: NoticeMeasure | undefined };

/** One row per measure; a sub-finding stands in the first row of those that answer it. */
function findingRows(
  finding: NoticeFinding,
  seq: NewValue,
  kind: ParsedNotice['kind'],
): readonly Pick<LinedFinding, 'cells' | 'line' | 'subFinding' | 'measure' | 'result'>[] {
  const rows = finding.measures.some(measure => measure.answers !== undefined)
    ? rowsOneByOne(finding)
    : rowsInTurn(finding);
  return rows.map(({ sub, measure }, at) => {
    const line = measure?.line ?? sub.shown?.line ?? finding.line;
    const date = measure === undefined ? undefined : dateOfMeasure(measure);
    const own = measure?.result ?? sub.of?.result;
    const result = resultName(own ?? finding);
    const cells = {
      ...(at === 0 ? { ...firstCells(finding, kind), seq } : {}),
      ...(sub.shown === undefined ? {} : { subFinding: sub.shown.text }),
      ...(measure === undefined ? {} : { measure: measure.text }),
      ...(date === undefined ? {} : { measureDate: date }),
      ...(result === undefined ? {} : { result }),
      sourceLine: { number: String(line) },
    };
    return { cells, line, subFinding: sub.shown, measure, result: own };
  });
}

/**
 * Sub-findings and measures side by side in the order in which they are told: such a notice does not say which answers
 * which. Measures beyond the last sub-finding belong to it; a sub-finding beyond the last measure has none.
 */
function rowsInTurn({ subFindings, measures }: NoticeFinding): readonly Row[] {
  return Array.from({ length: Math.max(1, subFindings.length, measures.length) }, (_, at) => ({
    sub: { shown: subFindings[at], of: subFindings[at] ?? subFindings.at(-1) },
    measure: measures[at],
  }));
}

/** Each sub-finding with what answers it. */
function rowsOneByOne({ subFindings, measures }: NoticeFinding): readonly Row[] {
  return subFindings.flatMap((sub, index): readonly Row[] => {
    const own = measures.filter(measure => measure.answers === index);
    if (own.length === 0) return [{ sub: { shown: sub, of: sub }, measure: undefined }];
    return own.map((measure, at) => ({ sub: { shown: at === 0 ? sub : undefined, of: sub }, measure }));
  });
}

function resultName({ status, longTerm }: { status: NoticeStatus | undefined; longTerm: boolean }): string | undefined {
  if (status === undefined) return undefined;
  return status === 'done' && longTerm ? '已完成并长期坚持' : statusNames[status];
}

/** Cells that come from a label of the finding (责任领导：…), and how the label is worded. */
const labels = {
  leader: /领导/,
  department: /(?:责任|牵头|主责).*(?:部门|单位|科室|股室|处室|支部)|^(?:部门|单位)/,
  person: /责任人|人员/,
  support: /配合|协办/,
  deadline: /时限|期限|时间/,
  reasonOpen: /原因/,
  publicity: /公开/,
};

/** What a finding says under the labels that fill a cell. */
export function labelledFor({ labelled }: NoticeFinding, cell: keyof typeof labels): NoticeFinding['labelled'] {
  return labelled.filter(part => labels[cell].test(part.label));
}

function firstCells(finding: NoticeFinding, kind: ParsedNotice['kind']): NewRow<'ledger'> {
  const labelled = (cell: keyof typeof labels) =>
    labelledFor(finding, cell)
      .map(part => part.text)
      .join('；');
  const cells = {
    leader: labelled('leader'),
    department: labelled('department'),
    person: labelled('person'),
    support: labelled('support'),
    deadline: labelled('deadline'),
    reasonOpen: labelled('reasonOpen'),
    progress: finding.progress.map(part => part.text).join('\n'),
    publicity: labelled('publicity'),
    note: finding.next.length === 0 ? '' : `下一步：${finding.next.map(part => part.text).join('\n')}`,
  };
  return {
    finding: finding.detail === '' ? finding.title : `${finding.title}。${finding.detail}`,
    ...(kind === 'feedback' ? {} : { publicity: '社会公开' }),
    ...Object.fromEntries(Object.entries(cells).filter(([, value]) => value !== '')),
  };
}

function dateOfMeasure(measure: NoticeMeasure): NewValue | undefined {
  return dateCell(measure.dates.find(date => date.precision === 'day' || date.precision === 'month'));
}

function dateCell(date: NoticeDate | undefined): NewValue | undefined {
  if (date === undefined) return undefined;
  if (date.precision === 'day') return { date: date.value };
  const month = /^(\d{4})-(\d{2})$/.exec(date.value);
  return month === null ? undefined : `${month[1]}年${Number(month[2])}月`;
}

type Told = { readonly amount: NoticeAmount; readonly value: Money };

/**
 * The money of a finding. Where the notice says what is still owed, what was due is worked out from the figures beside
 * it (1173.3 − 670 = 503.3); where it only tells what was recovered, as much was due. What was written off is part of
 * what was due where that leaves room for it (应追缴12，核减1，已追缴11), else it comes on top.
 */
function recoveryRows(finding: NoticeFinding, reference: NewValue): readonly Lined<'recoveries'>[] {
  const values = distinct(moneyOf(finding));
  const of = (kind: NoticeAmount['kind']) => values.filter(one => one.amount.kind === kind);
  const owed = of('未追缴')[0];
  const recovered = of('已追缴');
  const due = of('应追缴')[0];
  const reduced = of('核减');
  const paidOn = deedsOf(finding)
    .flatMap(measure => (measure.amounts.some(amount => amount.kind === '已追缴') ? [dateOfMeasure(measure)] : []))
    .find(date => date !== undefined);
  const common = { reference, item: finding.title };
  const written = sum(reduced.map(one => one.value));
  if (owed !== undefined) {
    const pair = due === undefined ? explained(values, owed.value) : undefined;
    const paid = pair?.paid ?? sum(recovered.map(one => one.value));
    const whole = pair?.whole ?? due?.value ?? add(paid, owed.value);
    const unit = unitOf(owed.amount);
    const [first] = reduced;
    const off = first !== undefined && compare(add(add(paid, owed.value), written), whole) <= 0 ? first : undefined;
    const cells = {
      ...common,
      due: { number: inUnit(whole, unit) },
      recovered: { number: inUnit(paid, unit) },
      ...(off === undefined
        ? {}
        : { reduced: { number: inUnit(written, unit) }, reducedGround: lineNote(off.amount.line) }),
      unit,
      note: `${lineNote(owed.amount.line)}：${owed.amount.text}未追缴`,
    };
    return [{ line: owed.amount.line, cells }];
  }
  const came = sum(recovered.map(one => one.value));
  const within = due !== undefined && compare(add(came, written), due.value) <= 0;
  /** What is left of the sum due for the rows below, those of 核减 aside. */
  const left = due === undefined ? undefined : within ? subtract(due.value, written) : due.value;
  const rows: Lined<'recoveries'>[] = recovered.map(({ amount, value }) => {
    const unit = unitOf(amount);
    const whole = recovered.length === 1 && left !== undefined ? left : value;
    const cells = {
      ...common,
      // Sums are told apart, and found again in the headline, by what they are.
      ...(amount.of === undefined ? {} : { item: amount.of }),
      due: { number: inUnit(whole, unit) },
      recovered: { number: inUnit(value, unit) },
      unit,
      ...(paidOn === undefined ? {} : { date: paidOn }),
      note:
        due === undefined
          ? `${lineNote(amount.line)}；通报只写已追缴，应追缴按同额填写，请核对`
          : lineNote(amount.line),
    };
    return { line: amount.line, cells };
  });
  if (due !== undefined && left !== undefined && recovered.length !== 1 && compare(left, came) > 0) {
    rows.push({
      line: due.amount.line,
      cells: {
        ...common,
        due: { number: inUnit(subtract(left, came), unitOf(due.amount)) },
        unit: unitOf(due.amount),
        note: lineNote(due.amount.line),
      },
    });
  }
  // What is written off was due: without a word of that, 核减 is said of budgets and projects.
  for (const { amount, value } of recovered.length > 0 || due !== undefined ? reduced : []) {
    const unit = unitOf(amount);
    rows.push({
      line: amount.line,
      cells: {
        ...common,
        due: { number: inUnit(value, unit) },
        reduced: { number: inUnit(value, unit) },
        reducedGround: lineNote(amount.line),
        unit,
      },
    });
  }
  return rows;
}

/** Two other figures of which one is the other and what is still owed. */
function explained(values: readonly Told[], owed: Money): { readonly whole: Money; readonly paid: Money } | undefined {
  for (const { value: whole } of values) {
    if (compare(whole, owed) <= 0) continue;
    const rest = subtract(whole, owed);
    if (values.some(other => equals(other.value, rest))) return { whole, paid: rest };
  }
  return undefined;
}

/** The same sum told twice, in the finding and in a measure, is one sum; so are parts and what they come to. */
function distinct(amounts: readonly NoticeAmount[]): readonly Told[] {
  const found: Told[] = [];
  for (const amount of amounts) {
    if (amount.sumsUp === true) continue;
    const value = yuan(amount.yuan);
    const same = found.find(one => equals(one.value, value) && one.amount.kind === amount.kind);
    if (same === undefined) found.push({ amount, value });
  }
  return found;
}

function unitOf(amount: NoticeAmount): '元' | '万元' {
  return /[万亿]/.test(amount.text) ? '万元' : '元';
}

const form =
  '提醒谈话|谈话提醒|批评教育|诫勉谈话|约谈|诫勉|通报批评|组织处理|党纪政务处分|党纪处分|政务处分|党内警告|书面检查|责令检查';
const after = new RegExp(`(${form})[^,。;、\\d]{0,10}?(\\d{1,5})(人次|人|名)`, 'g');
const before = new RegExp(`(\\d{1,5})(人次|人|名)[^,。;\\d]{0,12}?(${form})`, 'g');

const times = /^[^,。;、\d]{0,10}?(?:共计?|计|累计)?\d{1,5}(?:人次|次)/u;
const alternative = new RegExp(`^(?:[、和及或与]|以及)[^,。;\\d]{0,8}?(?:${form}|处分|处理)`, 'u');

/** Talks and sanctions with a number of persons, from the measures. */
function actionRows(finding: NoticeFinding, reference: NewValue): readonly Lined<'actions'>[] {
  return deedsOf(finding).flatMap(measure => {
    const text = fold(measure.text);
    const found = new Map<number, { readonly form: string; readonly n: string; readonly unit: string }>();
    for (const match of text.matchAll(after)) {
      const at = match.index + match[0].indexOf(match[2] ?? '');
      found.set(at, { form: match[1] ?? '', n: match[2] ?? '', unit: match[3] ?? '' });
    }
    for (const match of text.matchAll(before)) {
      const [all, n = '', unit = '', named = ''] = match;
      const rest = text.slice(match.index + all.length);
      // 对2名窗口人员进行提醒谈话2人次: the persons, and how often they were talked to, are one statement.
      if (found.has(match.index) || times.test(rest)) continue;
      // 对5人分别给予党纪政务处分和组织处理: how many of them got which is not told.
      if (/分别/u.test(all) && alternative.test(rest)) continue;
      found.set(match.index, { form: named, n, unit });
    }
    const date = dateOfMeasure(measure);
    return [...found.values()].map(action => ({
      line: measure.line,
      cells: {
        reference,
        form: action.form === '谈话提醒' ? '提醒谈话' : action.form,
        ...(action.unit === '人次'
          ? { times: { number: action.n } }
          : { persons: { number: action.n }, times: { number: action.n } }),
        ...(date === undefined ? {} : { date }),
        note: lineNote(measure.line),
      },
    }));
  });
}

function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}
