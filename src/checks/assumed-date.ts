import { text } from '../model/text.js';
import type { ReadIssue } from '../read/issue.js';
import type { Check, Examining, Found } from './check.js';
import { issuePlace, listed } from './places.js';

export const assumedDate: Check = {
  id: 'assumed-date',
  level: 'info',
  title: text('日期按上下文理解', 'Date read from its context'),
  about: text(
    '没写年份、只写到旬、或打错的日期，系统按上下文理解并在这里说明；整改时限不在此列。',
    'Dates without a year or day, or mistyped, are read from their context and listed here; deadlines are not.',
  ),
  why: text('理解错了年份，先后就全错了。', 'With a wrong year every order of dates is wrong.'),
  remedy: text(
    '看一眼理解得对不对；写全年月日就不再提示',
    'see whether they were read rightly; a full date is not reported',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 完成日期 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | «9月20日» | 已完成 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改时限 | 完成日期 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 10月底前 | 2023年9月 | 已完成 |`,
  run: assumed,
};

type Assumed = Extract<ReadIssue, { kind: 'assumed-date' }>;

function* assumed({ ledger }: Examining): Iterable<Found> {
  const all = ledger.issues.filter(issue => issue.kind === 'assumed-date');
  const damaged = all.filter(issue => issue.damaged);
  const year = all.filter(issue => !issue.damaged);
  if (year.length > 0) {
    yield {
      message: text(
        `${year.length}个日期没有写全，按上下文理解：${readings(year, '、')}`,
        `${year.length} dates are incomplete and were read from their context: ${readings(year, ', ')}`,
      ),
      ...placesOf(year),
      object: 'assumed',
    };
  }
  if (damaged.length > 0) {
    yield {
      level: 'warning',
      message: text(
        `${damaged.length}个日期像是打错了，理解为：${readings(damaged, '、')}`,
        `${damaged.length} dates look mistyped and were read as: ${readings(damaged, ', ')}`,
      ),
      remedy: text('请把这些日期改正', 'please correct these dates'),
      ...placesOf(damaged),
      object: 'damaged',
    };
  }
}

function readings(issues: readonly Assumed[], separator: string): string {
  return listed(
    issues.map(issue => `${issue.found.trim()}→${issue.read}`),
    separator,
    5,
  );
}

function placesOf(issues: readonly Assumed[]): Pick<Found, 'at' | 'also'> {
  const [first, ...others] = issues.map(issuePlace);
  return { at: first ?? {}, also: others };
}
