import { writer } from '../writer.js';
import { moneyCell } from './money.js';

/** 已追缴合计, in 元. */
export const recoveredTotal = writer('recoveredTotal', view =>
  moneyCell(view, view.state.money.recovered, '该问题各行（或追缴资金表）的已追缴之和，折合元'),
);
