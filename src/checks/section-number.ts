import type { Place } from '../model/diagnostic.js';
import { rowAt } from '../model/grid.js';
import { text } from '../model/text.js';
import type { Ledger } from '../read/ledger.js';
import type { Focus } from '../read/main.js';
import { toChineseNumeral } from '../read/typed/numerals.js';
import { type Check, type Examining, type Found, shorten } from './check.js';
import { numbersText, sectionGaps, storiesOf } from './numbering-gaps.js';

export const sectionNumber: Check = {
  id: 'section-number',
  level: 'error',
  title: text('聚焦方面编号不连续', 'Section numbers'),
  about: text(
    '聚焦方面（一）（二）（三）连续编号，不缺号、不重号。范围写“部分”的台账不查。',
    'Focus areas are numbered （一）（二）（三） without gaps or repeats. Not asked of a ledger whose 范围 is 部分.',
  ),
  why: text('少一个方面，往往是整块问题没有列。', 'A missing section often means that all its findings are missing.'),
  remedy: text(
    '对照反馈意见补上；确属不公开事项的，在基本信息的“范围”写“部分”，或在核实说明里写明',
    'complete it from the feedback; where matters are not to be published, set 范围 to 部分 or explain it in 核实说明',
  ),
  example: `
    ## 整改台账
    | 序号 | 聚焦方面 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | （一）聚焦贯彻落实方面 | 学习不深入 | 每月学习一次 | 整改中 |
    | 2 | «（三）聚焦组织建设方面» | 制度不健全 | 修订三项制度 | 整改中 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 一、聚焦贯彻落实方面 | | | |
    | （一）理论学习 | | | |
    | 1 | 学习不深入 | 每月学习一次 | 整改中 |
    | （二）意识形态 | | | |
    | 2 | 阵地管理不严 | 专人管理 | 整改中 |
    | 二、聚焦组织建设方面 | | | |
    | （一）制度建设 | | | |
    | 3 | 制度不健全 | 修订三项制度 | 整改中 |`,
  run: gaps,
};

function* gaps(examining: Examining): Iterable<Found> {
  const { ledger } = examining;
  const stories = storiesOf(examining);
  for (const [index, run] of sectionGaps(examining).entries()) {
    if (run.missing.length > 0) {
      const names = run.missing.map(gap => `（${toChineseNumeral(gap.number)}）`).join('');
      const findings = stories
        .filter(story => run.missing.some(gap => gap.number === story.section))
        .flatMap(story => story.findings);
      const written = numbersText(findings, '至', '、');
      const places = new Set(run.missing.map(gap => gap.before ?? gap.after).filter(focus => focus !== undefined));
      const [first, ...others] = [...places];
      yield {
        message: text(
          findings.length > 0
            ? `聚焦方面缺${names}，问题${written}也正好缺在这里，应是同一处：可能漏列，或为不公开事项（见“问题序号不连续”）`
            : `聚焦方面缺${names}；可能漏列，或为不公开事项`,
          findings.length > 0
            ? `section ${names} is missing, exactly where findings ${numbersText(findings, '–', ', ')} are missing: left out, or matters that are not published (see finding-number)`
            : `section ${names} is missing; left out, or matters that are not published`,
        ),
        at: focusPlace(ledger, first),
        also: others.map(focus => focusPlace(ledger, focus)),
        count: run.missing.length,
        found: `缺 ${names}`,
        rows: first === undefined ? [] : ledger.main.findings.filter(one => one.focus === first).map(one => one.first),
        object: `missing|${index}`,
      };
    }
    for (const { number, items } of run.repeated) {
      const [first, second, ...others] = items;
      if (first === undefined || second === undefined) continue;
      yield {
        message: text(
          `${items.length}个聚焦方面都编了（${toChineseNumeral(number)}）：${items.map(one => `“${shorten(one.title, 16)}”`).join('、')}`,
          `${items.length} focus areas have the number （${toChineseNumeral(number)}）`,
        ),
        remedy: text(
          '改正重复的编号；如果是同一个方面，把名称写成一样的',
          'correct the number; if it is one focus area, write its name the same way',
        ),
        at: focusPlace(ledger, second),
        also: [first, ...others].map(focus => focusPlace(ledger, focus)),
        rows: [],
        object: `repeated|${index}|${number}`,
      };
    }
  }
}

/** The cell in which the focus area stands first: in its column, or alone in a banner row. */
function focusPlace(ledger: Ledger, focus: Focus | undefined): Place {
  const { header } = ledger.main;
  if (focus === undefined) return { sheet: header.sheet.name };
  const bound = header.columns.get('focus');
  const cells = rowAt(header.sheet, focus.row)?.cells ?? [];
  const stands = (col: number) => (cells[col - 1]?.text.trim() ?? '') !== '';
  if (bound !== undefined && stands(bound.col)) {
    return { sheet: header.sheet.name, row: focus.row, col: bound.col, header: bound.header };
  }
  const alone = cells.findIndex(cell => cell !== undefined && cell.text.trim() !== '');
  return { sheet: header.sheet.name, row: focus.row, col: Math.max(alone, 0) + 1 };
}
