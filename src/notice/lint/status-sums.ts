import { text } from '../../model/text.js';
import type { NoticeClaim } from '../parsed.js';
import { type Linting, type Remark, remark } from './linting.js';

/** How far findings are; together they cannot be more than all findings, and with the open ones named they are all. */
const states = new Set(['整改到位数', '基本完成数', '整改中数', '未完成数', '长期坚持数', '未启动数', '不再纳入数']);

const totals = new Set(['反馈问题总数', '公开问题数']);

/** Words by which a remark on such a sum is known. */
export const sumOfResults = '各种结果加起来是';

/** “反馈问题25个，已完成19个，正在推进5个”: 19 + 5 is not 25. Figures under 其中 are checked as parts of their total. */
export function* statusSums(linting: Linting): Iterable<Remark> {
  const { claims } = linting.parsed;
  for (const stated of claims) {
    if (!totals.has(stated.of) || stated.parent !== undefined) continue;
    const whole = besideResults(stated, claims);
    // 反馈13个，公开11个，已完成9个: the results are those of what is published.
    if (whole.of === '反馈问题总数' && claims.some(one => one.of === '公开问题数' && one.line === whole.line)) continue;
    const results = claims.filter(one => one.line === whole.line && one.kind === whole.kind && states.has(one.of));
    const own = results.filter(one => one.parent === undefined && one.includedIn === undefined);
    // 其中长期坚持2个。已完成4个，正在推进1个: said once, as a kind of finding, it need not be said again as a result.
    const kinds = results.filter(one => one.parent === whole.id && !own.some(other => other.of === one.of));
    const parts = own.length === 0 ? own : [...own, ...kinds];
    if (new Set(parts.map(part => part.of)).size !== parts.length) continue;
    const found = difference(whole, parts);
    if (found !== undefined) yield wrongSum(whole, parts, found, linting);
  }
}

/** 反馈问题11个 in the preamble is the 11 of “11个问题已完成9个” in the summary: a figure said twice is one claim. */
function besideResults(whole: NoticeClaim, claims: readonly NoticeClaim[]): NoticeClaim {
  const others = claims.filter(one => totals.has(one.of) && one.kind === whole.kind && one.parent === undefined);
  const lines = new Set(claims.filter(one => states.has(one.of) && one.kind === whole.kind).map(one => one.line));
  const [line] = lines;
  const alone = others.length === 1 && lines.size === 1 && !lines.has(whole.line) && line !== undefined;
  return alone ? { ...whole, line, text: '' } : whole;
}

type Difference = { readonly sum: number; readonly sure: boolean };

function difference(whole: NoticeClaim, parts: readonly NoticeClaim[]): Difference | undefined {
  const of = (name: string) => parts.find(part => part.of === name);
  const done = of('整改到位数');
  if (done === undefined || parts.length < 2) return undefined;
  const sum = parts.reduce((total, part) => total + Number(part.value), 0);
  const all = Number(whole.value);
  if (sum === all) return undefined;
  // 未完成 may sum up what 整改中 and 基本完成 detail; 长期坚持 is often said of finished findings as well.
  const open = of('未完成数');
  if (open !== undefined && Number(done.value) + Number(open.value) === all) return undefined;
  const continuing = of('长期坚持数');
  if (continuing !== undefined && sum - Number(continuing.value) === all) return undefined;
  if (sum > all) return { sum, sure: continuing === undefined && open === undefined };
  return of('整改中数') === undefined && open === undefined ? undefined : { sum, sure: true };
}

function wrongSum(
  whole: NoticeClaim,
  parts: readonly NoticeClaim[],
  { sum, sure }: Difference,
  linting: Linting,
): Remark {
  const added = parts.map(part => part.value).join('＋');
  const gap = Number(whole.value) - sum;
  return remark(linting, 'total-mismatch', sure ? 'error' : 'warning', `states|${whole.line}`, {
    line: whole.line,
    words: whole.text,
    found: whole.value,
    expected: String(sum),
    message: text(
      `反馈问题写${whole.value}${whole.unit}，${sumOfResults}${sum}${whole.unit}（${added}），相差${gap > 0 ? '+' : ''}${gap}`,
      `${whole.value} findings are stated, their results add up to ${sum} (${added})`,
    ),
    remedy: text('核对总数和各项结果，改正其中写错的', 'verify the total and the results; correct what is wrong'),
  });
}
