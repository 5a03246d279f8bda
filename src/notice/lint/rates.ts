import { ratePercent } from '../../model/money.js';
import { text } from '../../model/text.js';
import type { NoticeClaim, ParsedNotice } from '../parsed.js';
import { type Linting, type Remark, remark } from './linting.js';

/** A completion rate is done ÷ all, at the decimals in which it is stated: 25 and 19 make 76%. */
export function* rates(linting: Linting): Iterable<Remark> {
  const { claims } = linting.parsed;
  for (const [index, rate] of claims.entries()) {
    if (rate.of !== '完成率') continue;
    const made = madeOf(rate, claims.slice(0, index));
    if (made === undefined) continue;
    const { before, whole, done } = made;
    const withdrawn = before.findLast(one => one.of === '不再纳入数' && one.line === whole.line);
    const base = Number(whole.value) - Number(withdrawn?.value ?? 0);
    if (base <= 0) continue;
    const places = rate.value.split('.')[1]?.length ?? 0;
    const percent = (part: number) => ratePercent(part, base, places);
    const computed = percent(Number(done.value));
    if (computed === undefined || Number(computed) === Number(rate.value)) continue;
    // The rate is that of what the text lists: then a figure is wrong, and is said to be.
    if (rate.kind === '问题' && listedRate(linting.parsed, places) === Number(rate.value)) continue;
    const mostly = before.findLast(one => one.of === '基本完成数');
    const both =
      mostly !== undefined && Number(percent(Number(done.value) + Number(mostly.value))) === Number(rate.value);
    yield wrongRate(rate, computed, { done: done.value, base, both }, linting);
  }
}

/** The figures that a rate is made of stand before it, the nearest ones of its own kind. */
export function madeOf(rate: NoticeClaim, said: readonly NoticeClaim[]) {
  const before = said.filter(one => one.kind === rate.kind && one.parent === undefined);
  const whole = before.findLast(one => wholes.has(one.of));
  const done = before.findLast(one => one.of === '整改到位数');
  return whole === undefined || done === undefined ? undefined : { before, whole, done };
}

/** Done ÷ all of the findings as they are told; undefined where one has no result. */
function listedRate({ sections }: ParsedNotice, places: number): number | undefined {
  const findings = sections.flatMap(section => section.findings);
  if (findings.some(finding => finding.status === undefined)) return undefined;
  const done = findings.filter(finding => finding.status === 'done').length;
  const base = findings.filter(finding => finding.status !== 'withdrawn').length;
  const rate = ratePercent(done, base, places);
  return rate === undefined ? undefined : Number(rate);
}

const wholes = new Set(['反馈问题总数', '公开问题数', '整改措施数', '整改任务']);

function wrongRate(
  rate: NoticeClaim,
  computed: string,
  { done, base, both }: { readonly done: string; readonly base: number; readonly both: boolean },
  linting: Linting,
): Remark {
  return remark(linting, 'rate-mismatch', both ? 'warning' : 'error', `${rate.line}|${rate.value}`, {
    line: rate.line,
    words: `${rate.value}%`,
    found: `${rate.value}%`,
    expected: `${computed}%`,
    message: text(
      both
        ? `完成率写${rate.value}%，把“基本完成”也算了进去；${done}÷${base}是${computed}%`
        : `完成率写${rate.value}%，${done}÷${base}是${computed}%`,
      `the rate is stated as ${rate.value}%; ${done} ÷ ${base} is ${computed}%${both ? ' (基本完成 was counted as done)' : ''}`,
    ),
    remedy: text('改正比率，或核对分子分母', 'correct the rate, or the figures it is made of'),
  });
}
