import { type Text, text } from '../model/text.js';
import { checks } from './index.js';

const own = new Map(checks.map(check => [check.id, check.title]));
own.set('internal', text('校验没有运行完', 'A check did not finish'));
own.set('not-a-ledger', text('不是台账', 'Not a ledger'));

/** The title that people see for a check's id. */
export function checkTitle(id: string): Text {
  return own.get(id) ?? text(id, id);
}
