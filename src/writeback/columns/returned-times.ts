import type { Style } from '../../model/plan.js';
import { blank, numberContent } from '../content.js';
import { programCell } from '../looks.js';
import { writer } from '../writer.js';

const look: Style = { ...programCell, align: 'center' };

/** 退回次数: how often the review returned the row, counted from sync to sync. */
export const returnedTimes = writer('returnedTimes', ({ returned }) => ({
  content: returned > 0 ? numberContent(returned) : blank,
  style: look,
  why: '审核状态变为已退回的次数',
}));
