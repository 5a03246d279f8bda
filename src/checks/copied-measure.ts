import { text } from '../model/text.js';
import type { Finding, LedgerRow } from '../read/main.js';
import { splitMarked } from '../read/typed/measures.js';
import { compact, toHalfWidth } from '../read/typed/normalise.js';
import { type Check, cellPlace, type Examining, type Found, shorten } from './check.js';
import { listed } from './places.js';

/** Shorter texts (每月学习一次) are alike by nature; and two findings may well share one measure. */
const leastLength = 12;
const leastFindings = 3;

export const copiedMeasure: Check = {
  id: 'copied-measure',
  level: 'warning',
  title: text('措施雷同', 'Copied measure'),
  about: text(
    '同一句措施（12个字以上）不写在三个以上问题下面；“同上”“见问题3”按它所指的措施算。',
    'One measure of 12 characters or more is not given under three or more findings; 同上 and 见问题3 count as what they point to.',
  ),
  why: text('措施千篇一律，说明没有针对问题。', 'The same measure everywhere answers none of the findings.'),
  remedy: text('针对每个问题分别写措施', 'write for each finding what is to be done about it'),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | «提高政治站位，加强组织领导，压实整改责任» | 整改中 |
    | 2 | 制度不健全 | 提高政治站位，加强组织领导，压实整改责任。 | 整改中 |
    | 3 | 作风不实 | 同上 | 整改中 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 整改中 |
    | 2 | 记录不全 | 每月学习一次 | 整改中 |
    | 3 | 次数不够 | 每月学习一次 | 整改中 |
    | 4 | 请假不规范 | 重新修订考勤请假管理制度并按月通报 | 整改中 |
    | 5 | 考勤不严 | 见问题4 | 整改中 |`,
  run: copied,
};

const ditto = /^(?:同上|同前|同上条|同上一?[条项行]|〃|")[。.]?$/u;
const elsewhere =
  /^(?:同|详?见|参[见照]|按照?)(?:上述)?(?:问题|第)?(\d{1,4})(?:[项号条个])?(?:问题)?(?:的?整改)?(?:措施)?[。.]?$/u;

/** How such a text begins, as typed; most texts are measures of their own. */
const pointer = /^[\s\u200B-\u200D\u2060\uFEFF\u00AD]*[同〃"＂详见参按]/u;

function* copied({ ledger, states }: Examining): Iterable<Found> {
  const withdrawn = new Set(states.filter(state => state.status === 'withdrawn').map(state => state.finding.index));
  const byNumber = new Map(ledger.main.findings.map(finding => [finding.number ?? finding.index + 1, finding]));
  const first = new Map<string, LedgerRow>();
  const again = new Map<string, LedgerRow[]>();
  let above: string | undefined;
  for (const row of ledger.main.rows) {
    if (!row.own.has('measure') || row.data.measure === undefined) continue;
    const written = resolved(row.data.measure, above, byNumber);
    if (written === undefined) continue;
    above = written;
    if (withdrawn.has(row.finding) || written.length < leastLength) continue;
    for (const item of splitMarked(written)) {
      const key = comparable(item);
      if (key.length < leastLength) continue;
      const user = first.get(key);
      const users = again.get(key);
      if (user === undefined) first.set(key, row);
      else if (users === undefined) again.set(key, [user, row]);
      else users.push(row);
    }
  }
  // In the order in which the texts stand first.
  const repeated = [...again].sort(([, a], [, b]) => (a[0]?.number ?? 0) - (b[0]?.number ?? 0));
  for (const [key, rows] of repeated) {
    const findings = new Set(rows.map(row => row.finding));
    const [first, ...others] = rows;
    if (findings.size < leastFindings || first === undefined) continue;
    const items = rows.flatMap(row => splitMarked(row.data.measure ?? ''));
    const written = items.find(item => comparable(item) === key) ?? key;
    const labels = [...findings].flatMap(index => ledger.main.findings[index]?.label ?? []);
    yield {
      message: text(
        `同一句措施写在${findings.size}个问题下面（问题${listed(labels)}）：“${shorten(written, 24)}”`,
        `one measure stands under ${findings.size} findings (${listed(labels, ', ')}): “${shorten(written, 24)}”`,
      ),
      at: cellPlace(ledger, first, 'measure'),
      also: others.map(row => cellPlace(ledger, row, 'measure')),
      count: rows.length,
      rows,
      object: key,
    };
  }
}

/** What a cell means: 同上 is the measure above it, 见问题3 that of finding 3. Undefined when it points nowhere. */
function resolved(
  written: string,
  above: string | undefined,
  byNumber: ReadonlyMap<number, Finding>,
): string | undefined {
  if (!pointer.test(written)) return written;
  const typed = compact(toHalfWidth(written));
  if (ditto.test(typed)) return above;
  const number = elsewhere.exec(typed)?.[1];
  if (number === undefined) return written;
  const target = byNumber.get(Number(number))?.rows.find(row => row.data.measure !== undefined)?.data.measure;
  return target === undefined || elsewhere.test(compact(toHalfWidth(target))) ? undefined : target;
}

function comparable(item: string): string {
  return compact(toHalfWidth(item))
    .replace(/^[一二三四五六七八九十]{1,3}是/u, '')
    .replace(/[。;；,，.、]+$/u, '');
}
