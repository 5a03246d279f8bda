import { writer } from '../writer.js';
import { moneyCell } from './money.js';

/** 应追缴合计, in 元. */
export const dueTotal = writer('dueTotal', view =>
  moneyCell(view, view.state.money.due, '该问题各行（或追缴资金表）的应追缴之和，折合元'),
);
