import { examine } from '../../examine.js';
import type { Diagnostic, Place } from '../../model/diagnostic.js';
import { type Text, text } from '../../model/text.js';
import { deedsOf } from '../deeds.js';
import type { NoticeClaim, NoticeFinding, ParsedNotice } from '../parsed.js';
import { statusOfHeading } from '../status-words.js';
import { basisOf } from '../to-ledger.js';
import { asLedger, type NoticeLedger } from './as-ledger.js';
import { inUnitOf } from './in-unit.js';
import { inTextWords, uses } from './ledger-checks.js';
import { type Linting, placed, type Remark } from './linting.js';
import { judgeMoneyTotal } from './money-total.js';
import { isNamedInText, partToldOtherwise } from './parts-in-text.js';
import { madeOf } from './rates.js';
import { untoldMoney } from './untold-money.js';

/** The checks of the ledger, run on the notice as the ledger it would become; what they find is said of its lines. */
export function* ledgerChecks(linting: Linting): Iterable<Remark> {
  const { parsed, mappings } = linting;
  // The text speaks as of its own day; what is due after it is not overdue in it.
  const asOf = parsed.inspection.asOf ?? linting.asOf;
  const told = asLedger(parsed, mappings, asOf);
  const { diagnostics } = examine(told.ledger, { asOf, levels: linting.levels, mirrored: false });
  const judged = diagnostics.map(found => {
    const claim = claimAt(found.at, told, parsed);
    return { found, claim, verdict: verdictOn(found, claim, parsed) };
  });
  const wrongTotals = judged
    .filter(({ found, verdict }) => found.check === 'total-mismatch' && verdict !== 'right')
    .flatMap(({ claim }) => claim?.id ?? []);
  for (const { found: said, claim, verdict } of judged) {
    const found = said.check === 'untraced-money' ? untoldMoney(said, at => claimAt(at, told, parsed), parsed) : said;
    if (found === undefined || verdict === 'right') continue;
    // A part that differs from its finding makes its total differ, too: said once, at the total.
    if (found.check === 'total-mismatch' && claim?.parent !== undefined && wrongTotals.includes(claim.parent)) continue;
    const use = uses[found.check];
    if (found.check !== 'internal' && (use === undefined || use.applies?.(found, parsed) === false)) continue;
    if (found.check === 'measure-before-inspection' && isGuessed(found, told, parsed)) continue;
    if (found.check.startsWith('claim-') && !comparable(found, claim, parsed)) {
      const note = claim === undefined ? undefined : notAllNamed(found, claim);
      if (note !== undefined) yield onLine(note, told, linting);
      continue;
    }
    const overlap = claim !== undefined && mayOverlap(found, claim);
    const level = verdict === 'unsure' || overlap ? 'warning' : (use?.level ?? found.level);
    const changed = {
      ...found,
      level: linting.levels[found.check] === undefined ? level : found.level,
      message: withPart(inUnitOf(claim?.unit, inTextWords(found.message)), found, claim, parsed),
      remedy: verdict === 'unsure' ? notAllTold : overlap ? saidOfBoth : (use?.remedy ?? found.remedy),
    };
    yield onLine(changed, told, linting);
  }
}

/** A total that is not the sum of its parts: which part the findings tell otherwise is more than a guess at digits. */
function withPart(said: Text, found: Diagnostic, claim: NoticeClaim | undefined, parsed: ParsedNotice): Text {
  if (found.check !== 'total-mismatch' || claim === undefined || !found.message.zh.includes('分项之和')) return said;
  const other = partToldOtherwise(claim, parsed);
  if (other === undefined) return said;
  const { part, told } = other;
  return text(
    `${said.zh.replace(/。可能的原因：.*$/u, '')}。“${part.of}”这里写${part.value}${part.unit}，正文第${told.line}行写${told.text}，按正文的数合计正好对上`,
    `${said.en.replace(/\. Possible reasons: .*$/u, '')}. “${part.of}” is ${part.value}${part.unit} here and ${told.text} in line ${told.line}, with which the total is right`,
  );
}

/** What is made of a total of money that differs; a named part is compared with the text, clause by clause, elsewhere. */
function verdictOn(found: Diagnostic, claim: NoticeClaim | undefined, parsed: ParsedNotice) {
  if (!isMoneyTotal(found)) return 'wrong';
  return claim !== undefined && isNamedInText(claim, parsed) ? 'right' : judgeMoneyTotal(found, parsed);
}

/** A figure of the headline beside the sums of the findings; beside its own parts it has no excuse. */
function isMoneyTotal(found: Diagnostic): boolean {
  return found.check === 'total-mismatch' && found.found !== undefined && !found.message.zh.includes('分项之和');
}

/** 制度18项 of which the text names 17: it need not name them all, but who signs wants to know. */
function notAllNamed(found: Diagnostic, claim: NoticeClaim): Diagnostic | undefined {
  const listed = Number(found.expected ?? 0);
  const missing = Number(claim.value) - listed;
  const use = uses['claim-untraceable'];
  if (claim.of !== '制度' || claim.parent !== undefined || listed === 0 || !(missing > 0) || use === undefined)
    return undefined;
  return {
    ...found,
    check: 'claim-untraceable',
    level: use.level ?? 'info',
    also: [],
    message: text(
      `“${claim.of}”写${claim.value}${claim.unit}，正文里写到名称的有${listed}${claim.unit}，还差${missing}${claim.unit}`,
      `“${claim.of}” is ${claim.value}, the text names ${listed}`,
    ),
    remedy: use.remedy,
  };
}

/** A day without a year, in a text that does not say when the feedback was: nobody knows that it is older. */
function isGuessed(found: Diagnostic, told: NoticeLedger, { inspection, sections }: ParsedNotice): boolean {
  if (inspection.feedback !== undefined) return false;
  const origin = told.originOf(found.at);
  return sections
    .flatMap(section => section.findings)
    .flatMap(deedsOf)
    .flatMap(deed => deed.dates)
    .some(date => date.line === origin?.line && date.text === origin.words && date.assumed === 'year');
}

/** 党纪政务处分6人，其中党纪处分4人、政务处分3人: one of them may have got both. */
function mayOverlap({ check, found, expected, message }: Diagnostic, { unit }: NoticeClaim): boolean {
  if (check !== 'total-mismatch' || !/^(?:人|名)$/u.test(unit) || !message.zh.includes('分项之和')) return false;
  return Number(expected ?? Number.NaN) > Number(found ?? Number.NaN);
}

const saidOfBoth = text(
  '核对人数；有人同时受两种处分的，写明“其中几人同时受党纪、政务处分”',
  'verify the persons; where somebody got both, say how many did',
);

const notAllTold = text(
  '对照凭证核对；差的部分只是正文没有写到的，不用管',
  'compare with the vouchers; where the text merely does not tell the rest, nothing is wrong',
);

function onLine(found: Diagnostic, told: NoticeLedger, linting: Linting): Remark {
  const origin = told.originOf(found.at);
  const lines = new Set(found.also.flatMap(place => told.originOf(place)?.line ?? []));
  if (origin !== undefined) lines.delete(origin.line);
  const line = origin?.line ?? linting.parsed.sections[0]?.findings[0]?.line ?? 1;
  const diagnostic: Diagnostic = {
    ...found,
    at: { line },
    also: [...lines].sort((a, b) => a - b).map(one => ({ line: one })),
    shownOn: [],
  };
  // Words that were quoted are marked alone; a bare figure stands in many places and is marked with what it belongs to.
  const quoted = found.found !== undefined && /\p{Script=Han}/u.test(found.found) ? found.found : undefined;
  return placed(diagnostic, linting.lineText(line), origin?.words, quoted);
}

/**
 * Without results nothing is done or open, and figures of measures or tasks count what a plan lists, not what a notice
 * tells: such claims cannot be compared with the text.
 */
function comparable(found: Diagnostic, claim: NoticeClaim | undefined, parsed: ParsedNotice): boolean {
  if (found.check !== 'claim-mismatch' || claim === undefined) return true;
  const findings = parsed.sections.flatMap(section => section.findings);
  const counted =
    claim.kind === '措施' || claim.kind === '任务' || claim.of === '整改措施数' || claim.of === '立行立改';
  if (counted) return false;
  // A rate is held against the figures beside it, and those against the text.
  if (claim.of === '完成率' && madeOf(claim, parsed.claims.slice(0, parsed.claims.indexOf(claim))) !== undefined)
    return false;
  if (claim.kind === '具体问题' && basisOf(claim, parsed) === '具体问题' && !toldInParticulars(findings)) return false;
  if (/制度|会|谈话|处分|处理|解决/u.test(claim.of)) {
    // A headline may count more than the text goes into, never less.
    return Number(claim.value) < Number(found.expected ?? Number.NaN);
  }
  // “主要问题整改情况”: what is told is a choice, the headline counts them all.
  if (tellsAChoice(parsed)) return claim.unit !== '%' && Number(claim.value) < Number(found.expected ?? Number.NaN);
  const aboutStatus = !['反馈问题总数', '反馈方面数'].includes(claim.of);
  if (aboutStatus && findings.some(finding => finding.status === undefined)) return false;
  return claim.of !== '反馈方面数' || areasAreTold(parsed);
}

function claimAt(at: Place, told: NoticeLedger, parsed: ParsedNotice): NoticeClaim | undefined {
  const origin = told.originOf(at);
  return parsed.claims.find(one => one.line === origin?.line && one.text === origin.words);
}

/** The heading over the findings says that only the main ones, or some, are told. */
function tellsAChoice(parsed: ParsedNotice): boolean {
  const first = parsed.sections[0]?.line ?? 0;
  const above = parsed.headings.filter(heading => heading.line <= first).slice(-3);
  return above.some(heading =>
    /(?:主要|部分|重点|突出|典型)(?:反馈|整改)?(?:的)?(?:具体)?(?:问题|事项)/u.test(heading.text),
  );
}

/** Where some findings do not name their particulars, particulars cannot be counted. */
function toldInParticulars(findings: readonly NoticeFinding[]): boolean {
  return findings.every(finding => finding.subFindings.length > 0);
}

/**
 * Focus areas are told when every finding stands under a heading of its own kind, more than one of them; numbered headings
 * that name no results are areas, whatever they are called.
 */
function areasAreTold({ sections }: ParsedNotice): boolean {
  if (sections.length < 2 || sections.some(section => section.title === '')) return false;
  if (sections.every(section => /方面|聚焦|领域/u.test(section.title))) return true;
  return sections.every(
    (section, index) => section.number === index + 1 && statusOfHeading(section.title) === undefined,
  );
}
