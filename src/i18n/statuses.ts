import type { Text } from '../model/text.js';
import { text } from '../model/text.js';
import type { ShownStatus } from '../reconcile/state.js';

/** What 问题状态 and every report call a finding's status. */
export const statusNames: { readonly [S in ShownStatus]: Text } = {
  'not-started': text('未启动', 'not started'),
  'in-progress': text('整改中', 'in progress'),
  'mostly-done': text('基本完成', 'mostly done'),
  'long-term': text('长期坚持', 'long-term'),
  done: text('已完成', 'done'),
  'awaiting-review': text('待审核', 'awaiting review'),
  closed: text('已销号', 'closed'),
  withdrawn: text('不再纳入', 'withdrawn'),
  blank: text('未填', 'not filled in'),
  unknown: text('无法识别', 'unreadable'),
};
