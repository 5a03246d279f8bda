import { text } from '../model/text.js';
import type { ReadIssue } from '../read/issue.js';
import { wordKey } from '../sheets/cells.js';
import { type Check, type Examining, type Found, shorten } from './check.js';
import { nearestWord } from './nearest-word.js';
import { issuePlace } from './places.js';
import { isUnknownWord } from './unreadable-cell.js';

export const unknownStatus: Check = {
  id: 'unknown-status',
  level: 'error',
  title: text('认不出的状态', 'Unknown status'),
  about: text(
    '整改结果写：未启动、整改中、基本完成、长期坚持、已完成、不再纳入；各地常用的说法也认得。空着不算错。',
    '整改结果 says 未启动, 整改中, 基本完成, 长期坚持, 已完成 or 不再纳入; usual aliases are known. Blank is no error.',
  ),
  why: text('认不出的状态不能统计，问题状态显示“无法判断”。', 'A status that is not known cannot be counted.'),
  remedy: text(
    '改成六种状态之一；如果这是本单位的固定说法，写进映射文件的 values 里',
    'use one of the six statuses; a word of your own goes into the mapping, under values',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | «已完结» |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 正按序推进。 |
    | 2 | 制度不健全 | 修订三项制度 | √ |
    | 3 | 作风不实 | 开展走访 | |`,
  run: unknown,
};

const standard: ReadonlyMap<string, string> = new Map([
  ['not-started', '未启动'],
  ['in-progress', '整改中'],
  ['mostly-done', '基本完成'],
  ['long-term', '长期坚持'],
  ['done', '已完成'],
  ['done-long-term', '已完成并长期坚持'],
  ['withdrawn', '不再纳入'],
  ['returned', '已退回'],
  ['closed', '已销号'],
  ['refuted', '抽查不实'],
  ['unchanged', '暂缓销号'],
]);

type Unreadable = Extract<ReadIssue, { kind: 'unreadable' }>;

function* unknown({ ledger }: Examining): Iterable<Found> {
  const groups = new Map<string, Unreadable[]>();
  for (const issue of ledger.issues) {
    if (issue.kind !== 'unreadable' || !isUnknownWord(ledger, issue)) continue;
    const key = `${issue.key}|${wordKey(issue.found)}`;
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [issue]);
    else list.push(issue);
  }
  const rowAt = new Map(ledger.main.rows.map(row => [row.number, row]));
  for (const [object, list] of groups) {
    const [first, ...others] = list;
    if (first === undefined) continue;
    const near = nearestWord(wordKey(first.found), ledger.words[first.key === 'review' ? 'review' : 'result']);
    const meant = near === undefined ? undefined : standard.get(near.value);
    const times = list.length > 1 ? `（共${list.length}处）` : '';
    const rows = list.flatMap(issue => rowAt.get(issue.row) ?? []);
    const finding = others.length === 0 && rows[0] !== undefined ? ledger.main.findings[rows[0].finding] : undefined;
    yield {
      message: text(
        `“${first.header}”写的是“${shorten(first.found, 30)}”${times}，不是认得的状态${meant === undefined ? '' : `；最接近的是“${meant}”`}`,
        `“${first.header}” says “${shorten(first.found, 30)}”${list.length > 1 ? ` (${list.length} cells)` : ''}, which is no known status${meant === undefined ? '' : `; the nearest is ${meant}`}`,
      ),
      at: issuePlace(first),
      also: others.map(issuePlace),
      found: first.found,
      expected: meant ?? first.expected.zh,
      ...(finding === undefined ? {} : { finding }),
      rows,
      object,
    };
  }
}
