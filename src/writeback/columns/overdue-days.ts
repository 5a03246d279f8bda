import type { Style } from '../../model/plan.js';
import { blank, numberContent } from '../content.js';
import { colors, programCell } from '../looks.js';
import { writer } from '../writer.js';

const inTime: Style = { ...programCell, align: 'center' };
const late: Style = { ...inTime, color: colors.bad, bold: true };

/** 逾期天数: whole days past the row's deadline; blank when it is in time or finished. */
export const overdueDays = writer('overdueDays', ({ rowState, state }) => {
  const days = state.closed ? 0 : (rowState?.overdue ?? 0);
  return {
    content: days > 0 ? numberContent(days) : blank,
    style: days > 0 ? late : inTime,
    why: '统计日期减整改时限',
  };
});
