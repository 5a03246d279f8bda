import { text } from '../model/text.js';
import type { Finding } from '../read/main.js';
import { toChineseNumeral } from '../read/typed/numerals.js';
import { type Check, cellPlace, type Examining, type Found } from './check.js';
import { findingGaps, type Gaps, numbersText, storiesOf } from './numbering-gaps.js';

export const findingNumber: Check = {
  id: 'finding-number',
  level: 'error',
  title: text('问题序号不连续', 'Finding numbers'),
  about: text(
    '反馈问题从1起连续编号，不缺号、不重号；每个方面各从1起编号也可以。范围写“部分”的台账不查。',
    'Findings are numbered 1, 2, 3 … without gaps or repeats, through the ledger or in each focus area. Not asked of a ledger whose 范围 is 部分.',
  ),
  why: text(
    '缺号说明有问题没列进来；公开时读者第一眼就会看到从7跳到10。',
    'A gap means that a finding was left out; readers notice a jump from 7 to 10 at once.',
  ),
  remedy: text(
    '对照反馈意见补上；确属不公开事项的，在基本信息的“范围”写“部分”，或在核实说明里写明',
    'complete it from the feedback; where matters are not to be published, set 范围 to 部分 or explain it in 核实说明',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 整改中 |
    | «4» | 制度不健全 | 修订三项制度 | 整改中 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 2 | 制度不健全 | 修订三项制度 | 整改中 |
    | 1 | 学习不深入 | 每月学习一次 | 整改中 |
    | 1 | 学习不深入 | 每季检查一次 | 整改中 |`,
  run: gaps,
};

function* gaps(examining: Examining): Iterable<Found> {
  const { ledger } = examining;
  const stories = storiesOf(examining);
  for (const [index, run] of findingGaps(examining).entries()) {
    const focus = ledger.main.numbering === 'section' ? focusOf(run) : undefined;
    const inside = focus === undefined ? '' : `“${focus}”里`;
    if (run.missing.length > 0) yield missing(examining, run, inside, stories, index);
    for (const { number, items } of run.repeated) {
      const [first, second, ...others] = items;
      if (first === undefined || second === undefined) continue;
      yield {
        message: text(
          `${inside}有${items.length}个问题都编了${number}号`,
          `${items.length} findings have the number ${number}${focus === undefined ? '' : ` in “${focus}”`}`,
        ),
        remedy: text(
          '改正重复的序号；如果是同一个问题，把“反馈问题”写成一样的',
          'correct the number; if it is one finding, write its text the same way',
        ),
        at: numberPlace(examining, second),
        also: [first, ...others].map(finding => numberPlace(examining, finding)),
        found: String(number),
        rows: items.flatMap(finding => finding.rows),
        object: `repeated|${index}|${number}`,
      };
    }
  }
}

function missing(
  examining: Examining,
  run: Gaps<Finding>,
  inside: string,
  stories: ReturnType<typeof storiesOf>,
  index: number,
): Found {
  const numbers = run.missing.map(gap => gap.number);
  const places = new Set(run.missing.map(gap => gap.before ?? gap.after).filter(finding => finding !== undefined));
  const [first, ...others] = [...places];
  const written = numbersText(numbers, '至', '、');
  const writtenEn = numbersText(numbers, '–', ', ');
  const [story] = stories;
  const sections = stories.map(({ section }) => `（${toChineseNumeral(section)}）`).join('、');
  return {
    message: text(
      story === undefined
        ? `${inside}问题序号缺${written}（共${numbers.length}个）；可能漏列，或为不公开事项`
        : `问题序号缺${written}（共${numbers.length}个），聚焦方面也正好缺${sections}，应是同一处：可能漏列，或为不公开事项（见“聚焦方面编号不连续”）`,
      story === undefined
        ? `finding numbers ${writtenEn} are missing; left out, or matters that are not published`
        : `finding numbers ${writtenEn} are missing, exactly where section ${sections} is missing: left out, or matters that are not published (see section-number)`,
    ),
    at: first === undefined ? {} : numberPlace(examining, first),
    also: others.map(finding => numberPlace(examining, finding)),
    count: numbers.length,
    found: `缺 ${written}`,
    rows: first?.rows ?? [],
    object: `missing|${index}`,
  };
}

function focusOf(run: Gaps<Finding>): string | undefined {
  return (run.missing[0]?.before ?? run.missing[0]?.after ?? run.repeated[0]?.items[0])?.focus?.title;
}

/** The cell that shows the number: 序号, or the finding's own text where the number stands in it. */
function numberPlace({ ledger }: Examining, finding: Finding) {
  return cellPlace(ledger, finding.first, finding.first.own.has('seq') ? 'seq' : 'finding');
}
