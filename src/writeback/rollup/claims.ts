import type { Place } from '../../model/diagnostic.js';
import type { CellRef, Grid } from '../../model/grid.js';
import { plain, subtract, yuan } from '../../model/money.js';
import type { Content, Style } from '../../model/plan.js';
import { heightFor } from '../../model/text-height.js';
import type { Reconciliation } from '../../reconcile/claim.js';
import { label } from '../canvas.js';
import { textContent } from '../content.js';
import { colors } from '../looks.js';
import { notComputed } from '../words.js';
import { type Frame, gap, looks, sectionTitle, widths } from './frame.js';
import { countFormula, decimalsOf, sumFormula } from './sources.js';

/** Stated figures beside the computed ones: what holds is shown beside what does not. Gives the next free row. */
export function drawClaims(frame: Frame, row: number): number {
  const { canvas, examined } = frame;
  const list = examined.reconciliations;
  if (list.length === 0) return row;
  const holds = list.filter(one => one.ok === true).length;
  const differs = list.filter(one => one.ok === false).length;
  const open = list.length - holds - differs;
  const note = `共${list.length}项：相符${holds}项，不符${differs}项${open > 0 ? `，无从核对${open}项` : ''}；差额＝公布数－台账数。`;
  let at = sectionTitle(frame, row, '公布数与台账数核对', note);
  const headings: readonly (readonly [number, number, string])[] = [
    [1, 1, '事项'],
    [2, 2, '单位'],
    [3, 5, '公布数'],
    [6, 8, '台账数'],
    [9, 10, '差额'],
    [11, 11, '位置'],
    [12, 12, '结论'],
  ];
  for (const [left, right, heading] of headings) canvas.across(at, left, right, label(heading, looks.heading));
  canvas.height(at, 20);
  for (const one of list) {
    at += 1;
    drawClaim(frame, at, one);
  }
  return at + 1;
}

function drawClaim({ canvas, examined }: Frame, row: number, one: Reconciliation): void {
  const { amount, at, ok } = one;
  const place: CellRef | undefined =
    at.sheet === undefined || at.row === undefined ? undefined : { sheet: at.sheet, row: at.row, col: at.col ?? 1 };
  canvas.put(row, 1, label(one.subject.zh, looks.name));
  canvas.put(row, 2, label(one.unit, { ...looks.text, align: 'center' }));
  const { grid } = examined.ledger;
  const stated = amount === undefined ? one.stated : plain(amount.stated);
  const computed = amount === undefined ? one.computed : plain(amount.computed);
  const money = one.unit === '元';
  canvas.across(row, 3, 5, figure(stated, money, formulaFor(grid, [at], stated, 'sum')));
  canvas.across(
    row,
    6,
    8,
    computed === undefined
      ? label(notComputed.zh, { ...looks.text, align: 'right', color: colors.muted })
      : figure(computed, money, formulaFor(grid, one.from, computed, money ? 'sum' : 'count')),
  );
  canvas.across(row, 9, 10, difference(row, one));
  canvas.put(
    row,
    11,
    label(place === undefined ? '' : '打开', { ...looks.link, border: colors.line, align: 'center' }, place),
  );
  const verdict = ok === true ? '相符' : ok === false ? '不符' : '无从核对';
  const look: Style =
    ok === true
      ? { color: colors.good, fill: colors.goodSoft }
      : ok === false
        ? { color: colors.bad, fill: colors.badSoft, bold: true }
        : { color: colors.muted };
  canvas.put(row, 12, label(verdict, { ...looks.text, align: 'center', ...look }));
  canvas.height(row, heightFor(one.subject.zh, widths[0] ?? 30));
}

const plainNumber = /^-?\d{1,15}(?:\.\d{1,10})?$/;

function figure(written: string, money: boolean, over: string | undefined) {
  const style: Style = { ...looks.money, format: formatFor(written, money, false) };
  const content: Content = !plainNumber.test(written)
    ? textContent(written)
    : over === undefined
      ? { kind: 'number', text: written }
      : { kind: 'formula', formula: over, cached: { kind: 'number', text: written } };
  return { content, style };
}

/** A number format that shows the figure with all its decimals; money with two at least, in groups of three. */
function formatFor(written: string, money: boolean, signed: boolean): string {
  const point = written.indexOf('.');
  const decimals = Math.max(money ? 2 : 0, point < 0 ? 0 : written.length - point - 1);
  const digits = `${money ? '#,##0' : '0'}${decimals === 0 ? '' : `.${'0'.repeat(decimals)}`}${gap}`;
  return signed ? `+${digits};-${digits};${digits}` : digits;
}

/** Where the figure comes from, as a formula over those cells, when they give it just as they stand. */
function formulaFor(grid: Grid, places: readonly Place[], written: string, how: 'sum' | 'count'): string | undefined {
  if (!plainNumber.test(written)) return undefined;
  return how === 'sum' ? sumFormula(grid, places, yuan(written)) : countFormula(grid, places, Number(written));
}

/** stated − computed as a formula over the two cells on its left, where both are figures. */
function difference(row: number, one: Reconciliation) {
  const style: Style = { ...looks.money, ...(one.ok === false ? { color: colors.bad, bold: true } : {}) };
  const { amount } = one;
  if (amount !== undefined) {
    const value = subtract(amount.stated, amount.computed);
    const content: Content = {
      kind: 'formula',
      formula: `ROUND(C${row}-F${row},${decimalsOf(value)})`,
      cached: { kind: 'number', text: plain(value) },
    };
    return { content, style: { ...style, format: formatFor(plain(value), true, true) } };
  }
  const bare = one.difference?.replace(/^\+/, '') ?? '';
  const computable = plainNumber.test(one.stated) && plainNumber.test(one.computed ?? '') && plainNumber.test(bare);
  if (!computable) return label(one.difference ?? '—', { ...style, align: 'center' });
  const content: Content = {
    kind: 'formula',
    formula: `ROUND(C${row}-F${row},4)`,
    cached: { kind: 'number', text: bare },
  };
  return { content, style: { ...style, format: formatFor(bare, false, true) } };
}
