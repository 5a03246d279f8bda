import { formatDayZh } from '../../model/day.js';
import type { CellRef } from '../../model/grid.js';
import { grouped, roundTo } from '../../model/money.js';
import { formula, label } from '../canvas.js';
import { notComputed } from '../words.js';
import { type Frame, finished, LAST, looks, mainRange, word } from './frame.js';

/** Title, as-of line and the sentence ready to paste. Gives the next free row. */
export function drawHead(frame: Frame): number {
  const { canvas, examined } = frame;
  const unit = examined.ledger.facts.values.unit;
  canvas.across(1, 1, LAST, label(`${unit ?? ''}巡察整改情况汇总`, looks.title));
  canvas.height(1, 34);
  canvas.across(
    2,
    1,
    7,
    label(
      `统计截至 ${formatDayZh(examined.asOf)} · 金额单位：元 · 点数字可看它数的是哪些 · 改动台账后请重新同步`,
      looks.subtitle,
    ),
  );
  const main = frame.main.layout.sheet.name;
  const ledgerTop: CellRef = { sheet: main, row: examined.ledger.main.header.row, col: 1 };
  canvas.across(2, 8, 9, label('打开台账', looks.link, ledgerTop));
  canvas.across(2, 10, LAST, label('查看校验结果', looks.link, { sheet: frame.diagnosticsSheet, row: 1, col: 1 }));
  canvas.height(2, 20);
  const row = 3;
  canvas.across(row, 1, LAST, headline(frame));
  canvas.height(row, 38);
  return drawCaution(frame, row + 1);
}

/** What is declared done is not yet safe to publish while a 必须改 stands on it. Counted on the findings' first rows. */
function drawCaution(frame: Frame, row: number): number {
  const { canvas, examined, hasError } = frame;
  const doubtful = examined.states.filter(
    ({ shown, finding }) => finished.includes(shown) && hasError(finding.first.number),
  ).length;
  if (doubtful === 0) return row;
  const [statuses, states] = [mainRange(frame, 'findingStatus'), mainRange(frame, 'checkState')];
  const count = finished.map(status => `COUNTIFS(${statuses},${word(status)},${states},"必须改*")`).join('+');
  const [before, after] = ['注意：已完成的问题中，有', '个还有“必须改”的提示，公布前请先核对。'];
  canvas.across(
    row,
    1,
    LAST,
    formula(
      `"${before}"&(${count})&"${after}"`,
      { kind: 'text', text: `${before}${doubtful}${after}` },
      looks.caution,
      { sheet: frame.diagnosticsSheet, row: 1, col: 1 },
    ),
  );
  canvas.height(row, 22);
  return row + 1;
}

/** 截至…，反馈问题…个，已完成…个，追缴…元，尚欠…元: one formula, so that it stays true when the file is recalculated. */
function headline(frame: Frame) {
  const { examined } = frame;
  const { all, money } = examined.summary;
  const day = formatDayZh(examined.asOf);
  const statuses = mainRange(frame, 'findingStatus');
  const counted = all.by.unknown === 0;
  const known = money.recovered !== 'unknown' && money.outstanding !== 'unknown';
  const done = finished.map(status => `COUNTIF(${statuses},${word(status)})`).join('+');
  const sumOf = (key: 'recoveredTotal' | 'outstanding') => `TEXT(ROUND(SUM(${mainRange(frame, key)}),2),"#,##0.00")`;
  const parts = [
    `"截至${day}，反馈问题"&COUNTA(${statuses})&"个，"`,
    counted ? `"已完成"&(${done})&"个，"` : `"已完成个数${notComputed.zh}，"`,
    known
      ? `"追缴"&${sumOf('recoveredTotal')}&"元，尚欠"&${sumOf('outstanding')}&"元。"`
      : `"追缴金额${notComputed.zh}。"`,
  ];
  const cached =
    `截至${day}，反馈问题${all.findings}个，` +
    (counted ? `已完成${all.done}个，` : `已完成个数${notComputed.zh}，`) +
    (money.recovered !== 'unknown' && money.outstanding !== 'unknown'
      ? `追缴${grouped(roundTo(money.recovered, 2))}元，尚欠${grouped(roundTo(money.outstanding, 2))}元。`
      : `追缴金额${notComputed.zh}。`);
  return formula(parts.join('&'), { kind: 'text', text: cached }, looks.headline);
}
