import { compare, equals, grouped, subtract, sum, times, yuan } from '../../model/money.js';
import { text } from '../../model/text.js';
import { deedsOf } from '../deeds.js';
import { amountKind, amountsIn } from '../figures.js';
import { fold } from '../fold.js';
import type { NoticeAmount, NoticeClaim, ParsedNotice } from '../parsed.js';
import { type Linting, type Remark, remark } from './linting.js';
import { isUnit } from './units.js';

/** Whether the findings give a sum under the name of this claim: then it is compared here, clause by clause. */
export function isNamedInText(claim: NoticeClaim, parsed: ParsedNotice): boolean {
  const name = nameOf(claim);
  return name !== undefined && toldUnder(name, claim, parsed).named.length > 0;
}

/** A sum that the headline names (其中拖欠租金78万元) is the sum that the findings give under that name. */
export function* partsInText(linting: Linting): Iterable<Remark> {
  const { claims } = linting.parsed;
  for (const claim of claims) {
    const name = nameOf(claim);
    const slip = name === undefined ? undefined : lostUnit(name, claim, linting.parsed);
    if (slip !== undefined) {
      yield wrongUnit(claim, slip, linting);
      continue;
    }
    // A total that is not the sum of its parts is said to be that; which part is wrong is seen from it.
    if (name === undefined || !isUnit(claim.unit) || !addsUp(claim, claims)) continue;
    const { named: told, beside } = toldUnder(name, claim, linting.parsed);
    const [first] = told;
    if (first === undefined) continue;
    const stated = yuan(amountOf(claim));
    const sums = told.map(amount => yuan(amount.yuan));
    // 应追回工程款9.1万元，已追回7.44万元: the next clause speaks of it, too.
    if (beside.some(amount => equals(yuan(amount.yuan), stated)) || equals(sum(sums), stated)) continue;
    // Of several payments some may not be told.
    const less = compare(sum(sums), stated) < 0 && told.length > 1;
    yield remark(linting, 'total-mismatch', less ? 'warning' : 'error', `named|${claim.line}|${name}`, {
      line: claim.line,
      words: claim.text,
      also: told.map(amount => amount.line),
      found: grouped(stated),
      expected: grouped(sum(sums)),
      message: text(
        `“${claim.of}”这里写${shown(claim)}，正文第${first.line}行写${told.map(amount => amount.text).join('、')}`,
        `“${claim.of}” is ${shown(claim)} here and ${told.map(amount => amount.text).join(', ')} in line ${first.line}`,
      ),
      remedy: text('对照凭证，把两处改成一致', 'compare with the vouchers and make both agree'),
    });
  }
}

/** 86.4元 under a finding for the 86.4万元 of the headline: the same figure in another unit. */
function lostUnit(name: string, claim: NoticeClaim, parsed: ParsedNotice): NoticeAmount | undefined {
  if (!isUnit(claim.unit)) return undefined;
  const { named } = toldUnder(name, claim, parsed);
  const [only] = named;
  if (only === undefined || named.length > 1) return undefined;
  const stated = yuan(amountOf(claim));
  const told = yuan(only.yuan);
  return equals(times(told, '10000'), stated) || equals(times(stated, '10000'), told) ? only : undefined;
}

function wrongUnit(claim: NoticeClaim, told: NoticeAmount, linting: Linting): Remark {
  return remark(linting, 'suspicious-scale', 'warning', `named|${claim.line}|${told.line}`, {
    line: told.line,
    words: told.text,
    also: [claim.line],
    found: told.text,
    expected: `${claim.value}${claim.unit}`,
    message: text(
      `“${claim.of}”这里写${told.text}，第${claim.line}行写${claim.value}${claim.unit}，正好差一万倍，像是元和万元写错了`,
      `“${claim.of}” is ${told.text} here and ${claim.value}${claim.unit} in line ${claim.line}: 10,000 times as much`,
    ),
    remedy: text('核对是元还是万元', 'verify whether it is 元 or 万元'),
  });
}

/**
 * The part that makes a total differ from the sum of its parts, where the findings tell it otherwise and with their sum the
 * total is right; undefined when there is none, or more than one.
 */
export function partToldOtherwise(
  whole: NoticeClaim,
  parsed: ParsedNotice,
): { readonly part: NoticeClaim; readonly told: NoticeAmount } | undefined {
  const parts = parsed.claims.filter(claim => claim.parent === whole.id);
  if (!isUnit(whole.unit) || !parts.every(part => isUnit(part.unit))) return undefined;
  const all = sum(parts.map(part => yuan(amountOf(part))));
  const fits = parts.flatMap(part => {
    const name = nameOf(part);
    if (name === undefined) return [];
    const right = sum([subtract(yuan(amountOf(whole)), all), yuan(amountOf(part))]);
    const told = toldUnder(name, part, parsed).named.find(amount => equals(yuan(amount.yuan), right));
    return told === undefined ? [] : [{ part, told }];
  });
  return fits.length === 1 ? fits[0] : undefined;
}

function addsUp({ parent }: NoticeClaim, claims: readonly NoticeClaim[]): boolean {
  const whole = claims.find(claim => claim.id === parent);
  const parts = claims.filter(claim => claim.parent === parent);
  return whole !== undefined && equals(yuan(amountOf(whole)), sum(parts.map(part => yuan(amountOf(part)))));
}

/** The name of a part of money; what every notice recovers has none. */
function nameOf({ of, parent }: NoticeClaim): string | undefined {
  if (parent === undefined) return undefined;
  const name = bare(of).replace(/^(?:违规|违纪|各类|其他|有关|相关)+/u, '');
  return name.length < 3 || /^(?:追缴|清退|资金|违规|费用|其他|上缴|退还|财政)/u.test(name) ? undefined : name;
}

/** 违规发放绩效薪酬 in the headline is 违规发放的绩效薪酬 in the text. */
function bare(words: string): string {
  return fold(words).replaceAll('的', '');
}

/** In 元. */
export function amountOf({ value, unit }: NoticeClaim): string {
  const [amount] = amountsIn([{ text: `${value}${unit}`, line: 0 }]);
  return amount?.yuan ?? value;
}

type Told = { readonly named: readonly NoticeAmount[]; readonly beside: readonly NoticeAmount[] };

function shown(claim: NoticeClaim): string {
  return claim.unit === '元' ? `${grouped(yuan(claim.value))}元` : `${claim.value}${claim.unit}`;
}

/** Sums of the claim's kind that stand behind the name, each once; and all that its statement tells. */
function toldUnder(name: string, claim: NoticeClaim, { sections }: ParsedNotice): Told {
  const named = new Map<string, NoticeAmount>();
  const beside: NoticeAmount[] = [];
  for (const { text: words, line, amounts } of sections.flatMap(section => section.findings).flatMap(deedsOf)) {
    if (!bare(words).includes(name)) continue;
    beside.push(...amounts);
    for (const clause of words.split(/[，；;。、：:]|,(?!\d)/u).map(bare)) {
      const at = clause.indexOf(name);
      // 应收回预付款320万元: what was due is not what came in.
      const kind = amountKind(clause.slice(0, Math.max(0, at)), '');
      if ((kind === '应追缴' || kind === '未追缴') && claim.kind !== kind) {
        // 应追回工程款9.1万元，已追回7.44万元: the statement says further on what the headline means.
        const meant = amounts.filter(amount => amount.kind !== undefined && amount.kind === claim.kind);
        for (const amount of meant) named.set(`${line}|${amount.yuan}`, amount);
        continue;
      }
      const [amount] = at < 0 ? [] : amountsIn([{ text: clause.slice(at), line }]);
      if (amount !== undefined) named.set(`${line}|${amount.yuan}`, amount);
    }
  }
  return { named: [...named.values()], beside };
}
