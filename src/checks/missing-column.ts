import type { Place } from '../model/diagnostic.js';
import { text } from '../model/text.js';
import type { Header } from '../read/headers.js';
import type { Ledger } from '../read/ledger.js';
import type { Check, Examining, Found } from './check.js';

export const missingColumn: Check = {
  id: 'missing-column',
  level: 'error',
  title: text('缺少必需的栏', 'Missing column'),
  about: text(
    '台账至少要有反馈问题、整改措施、整改结果三栏；附表要有它必需的栏。栏名可以用别名，次序不限。',
    'A ledger has at least 反馈问题, 整改措施 and 整改结果; a register its own required columns. Aliases and any order are fine.',
  ),
  why: text('缺了这一栏，需要它的校验和统计都做不了。', 'What needs the column can neither be checked nor counted.'),
  remedy: text(
    '补上这一栏；已经有、只是叫法不同的，用 ledger map 指定一次就行',
    'add the column; if it is there under another name, say so once with ledger map',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 责任领导 | «» |
    | 1 | 学习不深入 | 每月学习一次 | 张某 |
    --- 正常
    ## 整改台账
    | 序号 | 问题描述 | 主要措施 | 完成情况 |
    | 1 | 学习不深入 | 每月学习一次 | 已完成 |`,
  run: missing,
};

function* missing({ ledger }: Examining): Iterable<Found> {
  for (const issue of ledger.issues) {
    if (issue.kind === 'missing-column') {
      yield {
        message: text(
          `工作表“${issue.sheet}”第${issue.headerRow}行的表头里没有“${issue.header.zh}”这一栏，需要它的校验和统计都没有做`,
          `the header in row ${issue.headerRow} of “${issue.sheet}” has no column “${issue.header.zh}” (${issue.header.en}); what needs it was not checked`,
        ),
        at: freePlace(ledger, issue.sheet, issue.headerRow),
        expected: issue.header.zh,
        object: `${issue.sheet}|${issue.key}`,
      };
    } else if (issue.kind === 'unread-sheet') {
      yield {
        level: 'warning',
        message: text(
          `工作表“${issue.sheet}”认不出表头，里面的内容没有读取`,
          `no header was recognised in “${issue.sheet}”; nothing of it was read`,
        ),
        remedy: text(
          '对照说明书里这张表的栏名改表头；如果这张表与台账无关，给它换个名字',
          'name its columns as the manual does; if the sheet has nothing to do with the ledger, rename it',
        ),
        at: { sheet: issue.sheet },
        object: issue.sheet,
      };
    }
  }
}

/** The header cell right of the last label: where the column can be added. */
function freePlace(ledger: Ledger, sheet: string, row: number): Place {
  const headers: (Header | undefined)[] = [
    ledger.main.header,
    ...Object.values(ledger.registers).map(table => table.header),
  ];
  const header = headers.find(one => one?.sheet.name === sheet);
  let last = 0;
  for (const { col } of header?.columns.values() ?? []) if (col > last) last = col;
  for (const { col } of header?.unknown ?? []) if (col > last) last = col;
  return { sheet, row, col: last + 1 };
}
