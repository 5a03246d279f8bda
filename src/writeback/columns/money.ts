import { plain } from '../../model/money.js';
import type { Style } from '../../model/plan.js';
import type { Figure } from '../../reconcile/state.js';
import { blank, numberContent, textContent } from '../content.js';
import { moneyFormat, programCell } from '../looks.js';
import { notComputed } from '../words.js';
import type { RowView, Wanted } from '../writer.js';

const look: Style = { ...programCell, align: 'right', format: moneyFormat };

/** A finding's money in 元 on its first row: 未计算 when a cell it needs could not be read, blank when none is stated. */
export function moneyCell({ first }: RowView, figure: Figure, why: string): Wanted {
  const content =
    !first || figure === undefined
      ? blank
      : figure === 'unknown'
        ? textContent(notComputed.zh)
        : numberContent(plain(figure));
  return { content, style: look, why };
}
