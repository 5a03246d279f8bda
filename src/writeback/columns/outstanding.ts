import { writer } from '../writer.js';
import { moneyCell } from './money.js';

/** 未追缴金额, in 元: due − reduced − recovered. */
export const outstanding = writer('outstanding', view =>
  moneyCell(view, view.state.money.outstanding, '应追缴－核减－已追缴，折合元'),
);
