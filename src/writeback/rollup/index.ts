import type { SheetImage } from '../../model/plan.js';
import { canvas } from '../canvas.js';
import { colors } from '../looks.js';
import { drawChanges } from './changes.js';
import { drawClaims } from './claims.js';
import { drawDeadlines } from './deadlines.js';
import { drawFigures } from './figures.js';
import { type Frame, widths } from './frame.js';
import { drawGroups } from './groups.js';
import { drawHead } from './head.js';
import { drawMoney } from './money.js';

/**
 * 汇总, what a leader looks at: the sentence ready to paste, key figures, status by focus area and department, money by
 * category and finding, stated against computed, deadlines, what changed. Figures are formulas over the program's own
 * columns with the values we computed for them.
 */
export function rollup(name: string, frame: Omit<Frame, 'canvas'>): SheetImage {
  const drawing: Frame = { ...frame, canvas: canvas() };
  let row = drawHead(drawing);
  row = drawFigures(drawing, row);
  row = drawGroups(drawing, row, 'focus');
  row = drawGroups(drawing, row, 'department');
  row = drawMoney(drawing, row);
  row = drawClaims(drawing, row);
  row = drawDeadlines(drawing, row);
  drawChanges(drawing, row);
  return drawing.canvas.image({
    role: 'rollup',
    name,
    widths,
    frozenRows: 2,
    landscape: true,
    repeatRows: [1, 2],
    tabColor: colors.accent,
  });
}
