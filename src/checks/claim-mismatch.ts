import { ratePercent } from '../model/money.js';
import { type Text, text } from '../model/text.js';
import type { Claim } from '../reconcile/claims.js';
import { type CountLedger, claimPlace, type RateLedger } from '../reconcile/compare.js';
import { levelOf } from '../reconcile/count-readings.js';
import type { Check, Examining, Found } from './check.js';
import { isShortfall } from './claim-counts.js';

export const claimMismatch: Check = {
  id: 'claim-mismatch',
  level: 'error',
  title: text('通报的数与台账不符', 'A claim differs from the ledger'),
  about: text(
    '通报数据里的个数、比率与台账统计一致；比率按写出的小数位数四舍五入比较。',
    'Counts and rates of 通报数据 equal those of the ledger; rates are compared as rounded to the decimals stated.',
  ),
  why: text(
    '写“整改到位13个”而只列11个，读者一数就知道。',
    'Thirteen claimed and eleven listed: any reader can count.',
  ),
  remedy: text(
    '改通报数据，或把漏登的补进台账；按别的口径统计的，在“口径”写明',
    'correct the claim or complete the ledger; name the basis in 口径 when another one is meant',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 已完成 |
    | 2 | 制度不健全 | 修订三项制度 | 整改中 |
    ## 通报数据
    | 编号 | 事项 | 数值 | 单位 |
    | 1 | 整改到位数 | «2» | 个 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 已完成 |
    | 2 | 制度不健全 | 修订三项制度 | 整改中 |
    | 3 | 作风不实 | 开展走访 | 整改中 |
    ## 通报数据
    | 编号 | 事项 | 数值 | 单位 |
    | 1 | 反馈问题总数 | 三 | 个 |
    | 2 | 已完成问题数 | 1个 | |
    | 3 | 完成率 | 33.3 | % |
    | 4 | 党纪政务处分 | 0 | 人 |`,
  run: mismatches,
};

function* mismatches(examining: Examining): Iterable<Found> {
  const { claims } = examining;
  const counts = claims.comparisons.filter(one => one.kind === 'count').filter(one => one.ok === false);
  for (const one of counts) if (!isShortfall(one)) yield countFound(one, examining);
  for (const one of claims.comparisons) {
    if (one.kind === 'rate' && one.ok === false && !followsFrom(one, counts, examining)) yield rateFound(one);
  }
  yield* notCompared(examining);
}

function countFound(one: CountLedger, examining: Examining): Found {
  const { claim, stated, computed = 0, reading, alternative } = one;
  const base = {
    at: one.at,
    also: one.from,
    count: 1,
    found: String(stated),
    expected: String(computed),
    object: `${claim.kind ?? ''}|${claim.subject}`,
  };
  const difference = `${stated > computed ? '+' : ''}${stated - computed}`;
  const sentence = text(
    `通报数据“${claim.subject}”写${stated}，${reading?.zh ?? '台账'}是${computed}，相差${difference}`,
    `claim “${claim.subject}”: ${stated} stated, ${computed} ${reading?.en ?? 'in the ledger'}, difference ${difference}`,
  );
  if (alternative !== undefined && levelOf(claim) === undefined) {
    return {
      ...base,
      level: 'warning',
      message: text(
        `通报数据“${claim.subject}”写${stated}：${reading?.zh ?? '台账'}是${computed}，${alternative.name.zh}才是${stated}`,
        `claim “${claim.subject}”: ${stated} stated; ${computed} ${reading?.en ?? 'in the ledger'}, ${stated} ${alternative.name.en}`,
      ),
      remedy: text('请在“口径”写明按什么统计', 'name the basis in 口径'),
    };
  }
  const reasons = [
    ...(alternative === undefined
      ? []
      : [text(`${alternative.name.zh}是${stated}`, `${stated} is right ${alternative.name.en}`)]),
    ...possibleReadings(one, examining),
  ];
  return { ...base, message: withPossible(sentence, reasons) };
}

/** Other things that the figure may have been taken from; possibilities, never facts. */
function possibleReadings({ claim, stated, computed = 0 }: CountLedger, { ledger, summary }: Examining): Text[] {
  if (claim.kind !== 'done' && claim.kind !== 'findings-total') return [];
  const reasons: Text[] = [];
  const highest = ledger.main.findings.reduce((most, finding) => Math.max(most, finding.number ?? 0), 0);
  if (stated === highest && highest !== computed) {
    reasons.push(
      text(
        `${stated}是台账里最大的问题序号，缺号也被数进去了`,
        `${stated} is the highest finding number, so missing numbers were counted`,
      ),
    );
  }
  if (claim.kind === 'done' && stated === summary.all.findings) {
    reasons.push(
      text(`${stated}是全部问题数，不是已完成的`, `${stated} is the number of all findings, not of those done`),
    );
  }
  const mostly = summary.all.by['mostly-done'];
  if (claim.kind === 'done' && mostly > 0 && stated === computed + mostly) {
    reasons.push(text(`把“基本完成”的${mostly}个也算了进去`, `the ${mostly} mostly done were counted as well`));
  }
  const longTerm = summary.all.by['long-term'];
  if (claim.kind === 'done' && longTerm > 0 && stated === computed + longTerm) {
    reasons.push(text(`把“长期坚持”的${longTerm}个也算了进去`, `the ${longTerm} long-term ones were counted as well`));
  }
  return reasons;
}

function withPossible(message: Text, reasons: readonly Text[]): Text {
  if (reasons.length === 0) return message;
  return text(
    `${message.zh}。可能的原因：${reasons.map(one => one.zh).join('；')}`,
    `${message.en}. Possible reasons: ${reasons.map(one => one.en).join('; ')}`,
  );
}

/** The rate is right for counts that are themselves wrong and already reported: one cause, one diagnostic. */
function followsFrom(one: RateLedger, wrong: readonly CountLedger[], { claims, summary }: Examining): boolean {
  if (wrong.length === 0 || one.claim.stated.kind !== 'percent') return false;
  const statedOf = (kind: Claim['kind']): number | undefined => {
    const found = claims.claims.list.find(claim => claim.kind === kind && claim.stated.kind === 'count');
    return found?.stated.kind === 'count' ? found.stated.n : undefined;
  };
  const part = statedOf(one.claim.kind === 'closing-rate' ? 'closed' : 'done');
  if (part === undefined) return false;
  const { places } = one.claim.stated;
  const whole = statedOf('findings-total') ?? summary.all.base;
  return Number(ratePercent(part, whole, places)) === Number(one.stated);
}

function rateFound(one: RateLedger): Found {
  const { claim, stated, computed = '', of, alternative } = one;
  const made = of === undefined ? '' : `${of.part ?? ''}÷${of.whole ?? ''}`;
  const level = alternative !== undefined && levelOf(claim) === undefined ? { level: 'warning' as const } : {};
  const other =
    alternative === undefined
      ? text('', '')
      : text(
          `；${alternative.name.zh}是${stated}%，请在“口径”写明`,
          `; ${alternative.name.en} it is ${stated}%: name the basis in 口径`,
        );
  return {
    ...level,
    message: text(
      `通报数据“${claim.subject}”写${stated}%，台账是${computed}%（${made}）${other.zh}`,
      `claim “${claim.subject}”: ${stated}% stated, ${computed}% computed (${made})${other.en}`,
    ),
    at: one.at,
    also: one.from,
    count: 1,
    found: stated,
    expected: computed,
    object: `${claim.kind ?? ''}|${claim.subject}`,
  };
}

/** Figures that cannot be compared because they are no exact figures. */
function* notCompared({ ledger, claims }: Examining): Iterable<Found> {
  for (const kind of ['unreadable', 'rough'] as const) {
    const list = claims.claims.list.filter(claim => claim.stated.kind === kind);
    const [first, ...rest] = list;
    if (first === undefined) continue;
    const value = first.row.data.value ?? '';
    yield {
      level: kind === 'rough' ? 'info' : 'warning',
      message:
        kind === 'rough'
          ? text(
              `${list.length}个通报数据是约数（如“${value}”），没有核对`,
              `${list.length} claims are approximate (“${value}”) and were not compared`,
            )
          : text(
              `${list.length}个通报数据的数值${value === '' ? '没有填' : `读不出数（如“${value}”）`}，没有核对`,
              `${list.length} claims have no figure that can be read (“${value}”) and were not compared`,
            ),
      remedy: text('在“数值”填准确的数，单位另填', 'enter an exact figure in 数值 and its unit in 单位'),
      at: claimPlace(ledger, first),
      also: rest.map(claim => claimPlace(ledger, claim)),
      found: value,
      object: kind,
    };
  }
}
