import { type Text, text } from '../../model/text.js';
import type { NoticeClaim, NoticeFinding, NoticeStatus } from '../parsed.js';
import type { Linting, Remark } from './linting.js';
import { sumOfResults } from './status-sums.js';

/*
 * One cause, one remark. Rules look at one thing each, and one slip shows in several: what a graver or nearer remark explains
 * is said with it, not beside it.
 */

/** Beside what the figures of the headline are held. */
type Beside = { readonly zh: '文中' | '台账'; readonly en: 'the text' | 'the ledger' };
export const besideText: Beside = { zh: '文中', en: 'the text' };
export const besideLedger: Beside = { zh: '台账', en: 'the ledger' };

/** Without what another remark explains. */
export function oneCauseOnce(
  remarks: readonly Remark[],
  linting: Linting,
  beside: Beside = besideText,
): readonly Remark[] {
  const told = new Told(remarks);
  foldOldMeasures(told);
  foldRests(told);
  foldCounts(told, linting, beside);
  return told.left();
}

/** The remarks as they are told in the end. */
class Told {
  private readonly gone = new Set<Remark>();
  private readonly added = new Map<Remark, Text[]>();
  private readonly reworded = new Map<Remark, Text>();
  private readonly sure = new Set<Remark>();

  constructor(private readonly all: readonly Remark[]) {}

  of(...checks: readonly string[]): readonly Remark[] {
    return this.all.filter(one => checks.includes(one.diagnostic.check) && !this.gone.has(one));
  }

  /** `one` is said with `other`, in these words. */
  fold(one: Remark, other: Remark, words?: Text): void {
    this.gone.add(one);
    if (words !== undefined) this.added.set(other, [...(this.added.get(other) ?? []), words]);
  }

  /** What only may be wrong is, as something else shows. */
  raise(one: Remark): void {
    this.sure.add(one);
  }

  /** `one` says this instead. */
  reword(one: Remark, words: Text): void {
    this.reworded.set(one, words);
  }

  left(): readonly Remark[] {
    return this.all
      .filter(one => !this.gone.has(one))
      .map(one => {
        const added = this.added.get(one) ?? [];
        const { zh, en } = this.reworded.get(one) ?? one.diagnostic.message;
        const message = text(
          [zh, ...added.map(more => more.zh)].join('；'),
          [en, ...added.map(more => more.en)].join('; '),
        );
        const level = this.sure.has(one) ? 'error' : one.diagnostic.level;
        return { ...one, diagnostic: { ...one.diagnostic, message, level } };
      });
  }
}

/** The only dated measure of a finished finding is too old: that it is done on old measures is the same. Several are summed up. */
function foldOldMeasures(told: Told): void {
  const early = told.of('measure-before-inspection', 'measure-before-feedback').filter(isNoNote);
  for (const summed of told.of('done-on-old-measures')) {
    const own = early.filter(one => one.diagnostic.finding === summed.diagnostic.finding);
    const [only] = own;
    if (only === undefined || own.length > 1) continue;
    told.fold(
      summed,
      only,
      text(
        '写的是已完成，却没有注明日期在反馈以后的措施',
        'it is called done, and no dated measure is later than the feedback',
      ),
    );
  }
}

/** 其余7.4万元正在联系退还: that money is still owed is said as that. */
function foldRests(told: Told): void {
  const owed = told.of('done-money-outstanding');
  for (const promise of told.of('promise-in-done')) {
    const words = promise.diagnostic.found?.split('、') ?? [];
    const same = owed.find(one => one.diagnostic.finding === promise.diagnostic.finding);
    if (same !== undefined && words.every(one => /^(?:剩余|其余|余下).*元/u.test(one))) told.fold(promise, same);
  }
}

function isNoNote({ diagnostic }: Remark): boolean {
  return diagnostic.level !== 'info';
}

/** How far findings are, by the name of the figure. */
const statuses: ReadonlyMap<string, NoticeStatus> = new Map([
  ['整改到位数', 'done'],
  ['基本完成数', 'mostly-done'],
  ['整改中数', 'in-progress'],
  ['长期坚持数', 'long-term'],
  ['未启动数', 'not-started'],
]);

/** A figure of the headline that differs from what is listed. */
type Wrong = { readonly remark: Remark; readonly claim: NoticeClaim; readonly more: number };

function foldCounts(told: Told, linting: Linting, beside: Beside): void {
  const { headings } = linting.parsed;
  const counts = told.of('claim-mismatch');
  const wrong = counts.flatMap(remark => wrongOf(remark, linting));
  const states = wrong.filter(({ claim }) => statuses.has(claim.of));
  const total = wrong.find(({ claim }) => claim.of === '反馈问题总数');
  const heading = counts.filter(
    one => headings.some(({ line }) => line === one.diagnostic.at.line) && !wrong.some(({ remark }) => remark === one),
  );
  const left = withoutSums(withoutConflicts(states, told, linting), told, beside, linting);
  const more = left.reduce((sum, one) => sum + one.more, 0);
  const [only] = heading;
  if (only !== undefined && heading.length === 1 && total !== undefined && total.more === differenceOf(only)) {
    // 已完成的事项（11项）with ten under it, 14 stated and 13 listed: one is missing, and it is missing there.
    told.fold(total.remark, only, alsoStated(total, beside));
    if (more === total.more) for (const one of left) told.fold(one.remark, only, alsoStated(one, beside));
  } else if (total !== undefined && left.length > 0 && more === total.more && left.every(one => one.more * more > 0)) {
    // The finding that is not listed is missing among the finished ones, too.
    for (const one of left) told.fold(one.remark, total.remark, alsoStated(one, beside));
  } else if (left.length > 1 && more === 0 && new Set(left.map(one => one.claim.line)).size === 1) {
    // One counted as done that is told as open: more of the one, less of the other.
    const [first, ...others] = left;
    if (first === undefined) return;
    for (const one of others) told.fold(one.remark, first.remark);
    told.reword(first.remark, movedTo(left, beside));
  }
}

/** Those that stand though a finding be what its heading says: where a result contradicts its heading, that is said. */
function withoutConflicts(states: readonly Wrong[], told: Told, { parsed }: Linting): readonly Wrong[] {
  const conflicts = told.of('status-conflict');
  if (conflicts.length === 0) return states;
  const byHeading = (finding: NoticeFinding) =>
    conflicts.some(one => one.diagnostic.at.line === (finding.statusLine ?? finding.line))
      ? finding.heading?.status
      : finding.status;
  const findings = parsed.sections.flatMap(section => section.findings);
  return states.flatMap(one => {
    const listed = findings.filter(finding => byHeading(finding) === statuses.get(one.claim.of)).length;
    const more = Number(one.claim.value) - listed;
    const [conflict] = conflicts;
    if (more !== 0 || conflict === undefined) return [{ ...one, more }];
    told.fold(one.remark, conflict);
    return [];
  });
}

/** 反馈16个 and 12＋2＋3: the three that should be two makes the sum too great; that is seen in the line itself. */
function withoutSums(states: readonly Wrong[], told: Told, beside: Beside, linting: Linting): readonly Wrong[] {
  const [only] = states;
  if (only === undefined || states.length > 1) return states;
  const sums = told
    .of('total-mismatch')
    .filter(one => one.diagnostic.at.line === only.claim.line && one.diagnostic.message.zh.includes(sumOfResults));
  const [sum] = sums;
  if (sum === undefined || differenceOf(sum) !== -only.more) return states;
  told.fold(only.remark, sum, alsoStated(only, beside));
  if (linting.levels['total-mismatch'] === undefined) told.raise(sum);
  return [];
}

function wrongOf(remark: Remark, { parsed }: Linting): readonly Wrong[] {
  const { at, found, message } = remark.diagnostic;
  const claim = parsed.claims.find(
    one =>
      one.line === at.line && one.value === found && message.zh.includes(`“${one.of}”写`) && one.parent === undefined,
  );
  const more = differenceOf(remark);
  return claim === undefined || Number.isNaN(more) ? [] : [{ remark, claim, more }];
}

function differenceOf({ diagnostic: { found, expected } }: Remark): number {
  return Number(found ?? Number.NaN) - Number(expected ?? Number.NaN);
}

/** 整改到位数 one more than is told, 整改中数 one less. */
function movedTo(wrong: readonly Wrong[], beside: Beside): Text {
  const said = wrong.map(({ claim, remark }) => ({ ...claim, listed: remark.diagnostic.expected ?? '' }));
  const most = Math.max(...wrong.map(one => one.more));
  return text(
    `${said.map(one => `“${one.of}”写${one.value}，${beside.zh}是${one.listed}`).join('；')}：有${most}个问题的结果，这里和${beside.zh === '文中' ? '正文' : '台账'}写得不一样`,
    `${said.map(one => `“${one.of}” is ${one.value}, ${one.listed} are told`).join('; ')}: the results of ${most} differ from ${beside.en}`,
  );
}

function alsoStated({ claim, remark }: Wrong, beside: Beside): Text {
  const listed = remark.diagnostic.expected ?? '';
  return text(
    `第${claim.line}行“${claim.of}”写${claim.value}、${beside.zh}是${listed}，是同一个原因`,
    `“${claim.of}” in line ${claim.line}, ${claim.value} where ${listed} are told, has the same cause`,
  );
}
