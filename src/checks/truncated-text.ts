import type { Place } from '../model/diagnostic.js';
import { text } from '../model/text.js';
import type { Header } from '../read/headers.js';
import type { Check, Examining, Found } from './check.js';

/** Lengths at which old programs and Excel itself cut a cell, in UTF-16 units (Excel’s own limit of a cell is 32,767). */
const oldLimit = 255;
const cellLimit = 32_767;
/** A text that closes like this was not cut. */
const closed = /[。！？!?.…；;）)】\]》”"』」]\s*$/u;

export const truncatedText: Check = {
  id: 'truncated-text',
  level: 'warning',
  title: text('文字可能被截断', 'Text cut off'),
  about: text(
    '正好255个字、又没有收尾的单元格，多半是导出时被截断的；32767个字是单元格的上限。',
    'A cell of exactly 255 characters without an ending was probably cut by an export; 32,767 is the limit of a cell.',
  ),
  why: text(
    '被截断的措施和进展读起来像是没写完，报上去要退回。',
    'Text that was cut reads as unfinished and is returned.',
  ),
  remedy: text('对照原稿补全这一格', 'complete the cell from the original'),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | «${'组织学习并交流体会'.repeat(28)}落实到» | 整改中 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | ${'组织学习并交流体会'.repeat(28)}到位。 | 整改中 |`,
  run: truncated,
};

function* truncated({ ledger }: Examining): Iterable<Found> {
  const places: Place[] = [];
  const headers: (Header | undefined)[] = [
    ledger.main.header,
    ...Object.values(ledger.registers).map(table => table.header),
  ];
  for (const header of headers) {
    if (header === undefined) continue;
    const ours = new Set(header.sheet.markers.values());
    const columns = [...header.columns.values()].filter(bound => !ours.has(bound.col));
    for (const row of header.sheet.rows) {
      if (row.number < header.row + header.rows) continue;
      columns.forEach(bound => {
        const cell = row.cells[bound.col - 1];
        if (cell === undefined || cell.text.length < oldLimit || cell.kind !== 'text') return;
        const { length } = cell.text;
        if ((length !== oldLimit && length < cellLimit) || closed.test(cell.text.slice(-3))) return;
        places.push({ sheet: header.sheet.name, row: row.number, col: bound.col, header: bound.header });
      });
    }
  }
  const [first, ...others] = places;
  if (first === undefined) return;
  const numbers = new Set(
    places.flatMap(place => (place.sheet === ledger.main.header.sheet.name ? (place.row ?? []) : [])),
  );
  yield {
    message: text(
      `${places.length}个单元格的文字正好到长度上限又没有收尾，可能被截断`,
      `${places.length} cells end exactly at a length limit, in the middle of a sentence`,
    ),
    at: first,
    also: others,
    rows: ledger.main.rows.filter(row => numbers.has(row.number)),
    object: 'all',
  };
}
