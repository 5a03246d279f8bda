import type { Place } from '../model/diagnostic.js';
import { text } from '../model/text.js';
import type { References } from '../read/typed/references.js';
import type { Check, Examining, Found } from './check.js';

export const unknownReference: Check = {
  id: 'unknown-reference',
  level: 'error',
  title: text('附表指向不存在的问题', 'Reference to no finding'),
  about: text(
    '附表的“问题序号”写台账里有的序号，或写全部、自查自纠。范围写“部分”的台账不查。',
    'The 问题序号 of a register is one of the ledger’s, or 全部, 自查自纠. Not asked of a ledger whose 范围 is 部分.',
  ),
  why: text(
    '指向不存在的问题，这笔钱、这项制度就挂不到任何问题名下，合计也对不上。',
    'Money or a policy that belongs to no finding is in no total.',
  ),
  remedy: text('改正问题序号，或在台账里补上这个问题', 'correct the number, or add the finding to the ledger'),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 制度不健全 | 修订三项制度 | 整改中 |
    ## 制度清单
    | 问题序号 | 制度名称 | 印发日期 |
    | «3» | 考勤制度 | 2023-09-20 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 制度不健全 | 修订三项制度 | 整改中 |
    | 2 | 学习不深入 | 每月学习一次 | 整改中 |
    ## 制度清单
    | 问题序号 | 制度名称 | 印发日期 |
    | 1-2 | 考勤制度 | 2023-09-20 |
    | 全部 | 督办制度 | 2023-09-20 |
    | 自查自纠 | 请示报告制度 | 2023-09-20 |`,
  run: unknown,
};

function* unknown({ ledger }: Examining): Iterable<Found> {
  if (ledger.facts.values.scope === 'part') return;
  const { findings, numbering, rows } = ledger.main;
  if (findings.length === 0) return;
  const known = new Set(findings.map(finding => finding.number ?? finding.index + 1));
  // Where every row has a number of its own, a register may go by those.
  const exists = (number: number) => known.has(number) || (numbering === 'row' && number <= rows.length);

  type Pointing = { readonly data: { readonly reference?: References | undefined }; readonly number: number };
  const tables = [
    ledger.registers.recoveries,
    ledger.registers.policies,
    ledger.registers.actions,
    ledger.registers.meetings,
    ledger.registers.evidence,
  ];
  for (const table of tables) {
    const bound = table.header?.columns.get('reference');
    if (table.header === undefined || bound === undefined) continue;
    const sheet = table.header.sheet.name;
    const lost = new Map<number, Place[]>();
    const pointing: readonly Pointing[] = table.rows;
    for (const row of pointing) {
      const { reference } = row.data;
      if (reference?.kind !== 'findings') continue;
      for (const number of reference.numbers) {
        if (exists(number)) continue;
        const place = { sheet, row: row.number, col: bound.col, header: bound.header };
        const places = lost.get(number);
        if (places === undefined) lost.set(number, [place]);
        else places.push(place);
      }
    }
    for (const [number, [first, ...others]] of lost) {
      if (first === undefined) continue;
      const times = others.length > 0 ? `${others.length + 1}行` : '';
      yield {
        message: text(
          `“${sheet}”${times}写的问题序号是${number}，台账里没有这个问题`,
          `“${sheet}” refers to finding ${number}, which the ledger does not have`,
        ),
        at: first,
        also: others,
        found: String(number),
        object: `${table.spec.key}|${number}`,
      };
    }
  }
}
