import type { Level } from '../../model/diagnostic.js';
import type { Style } from '../../model/plan.js';
import { colors, levelLooks, programCell } from '../looks.js';
import { levelWords } from '../words.js';
import { writer } from '../writer.js';

const centred: Style = { ...programCell, italic: false, align: 'center' };
const wrong: Style = { ...centred, ...levelLooks.error };
const doubtful: Style = { ...centred, ...levelLooks.warning };
const fine: Style = { ...centred, color: colors.good, fill: colors.goodSoft };

/** 校验情况: 通过, or how many 必须改 and 请核对 stand on the row. 提示 alone passes. */
export const checkState = writer('checkState', ({ diagnostics }) => {
  const of = (level: Level) => diagnostics.filter(one => one.level === level).length;
  const [errors, warnings] = [of('error'), of('warning')];
  const parts = [
    ...(errors > 0 ? [`${levelWords.error.zh}${errors}`] : []),
    ...(warnings > 0 ? [`${levelWords.warning.zh}${warnings}`] : []),
  ];
  return {
    content: { kind: 'text', text: parts.length === 0 ? '通过' : parts.join(' ') },
    style: errors > 0 ? wrong : warnings > 0 ? doubtful : fine,
    why: '本行校验的结果',
  };
});
