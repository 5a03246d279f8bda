import type { Level } from '../model/diagnostic.js';
import { type Text, text } from '../model/text.js';
import type { ShownStatus } from '../reconcile/state.js';

/** What 问题状态 shows; the formulas of 汇总 count these very words. */
export const statusWords: { readonly [S in ShownStatus]: Text } = {
  'not-started': text('未启动', 'not started'),
  'in-progress': text('整改中', 'in progress'),
  'mostly-done': text('基本完成', 'mostly done'),
  'long-term': text('长期坚持', 'long-term'),
  done: text('已完成', 'done'),
  'awaiting-review': text('待审核', 'awaiting review'),
  closed: text('已销号', 'closed'),
  withdrawn: text('不再纳入', 'withdrawn'),
  blank: text('未填', 'blank'),
  unknown: text('未计算', 'not computed'),
};

/** Stands in place of a figure that needs something which could not be read. */
export const notComputed = text('未计算', 'not computed');

export const levelWords: { readonly [L in Level]: Text } = {
  error: text('必须改', 'must be changed'),
  warning: text('请核对', 'please check'),
  info: text('提示', 'for information'),
};

export const levels: readonly Level[] = ['error', 'warning', 'info'];
