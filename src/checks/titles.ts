import { type Text, text } from '../model/text.js';
import { elsewhere } from './elsewhere.js';
import { checks } from './index.js';

const own = new Map([...checks, ...elsewhere].map(one => [one.id, one.title]));

const spokenElsewhere: ReadonlySet<string> = new Set(elsewhere.map(one => one.id));

/** Is it no check of the ledger's, and so not in its 校验结果? */
export function isElsewhere(id: string): boolean {
  return spokenElsewhere.has(id);
}

/** The title that people see for a diagnostic's id. */
export function checkTitle(id: string): Text {
  return own.get(id) ?? text(id, id);
}

/** Where a check of the ledger speaks of a text: its title without ledger and registers, which the text need not have. */
const ofTexts: ReadonlyMap<string, Text> = new Map([
  ['claim-mismatch', text('个数对不上', 'A figure does not match')],
  ['claim-untraceable', text('次数、人数查不到来源', 'A count cannot be traced')],
  ['untraced-money', text('金额查不到来源', 'Sums cannot be traced')],
]);

/** The title that people see for what is said of a notice. */
export function noticeTitle(id: string): Text {
  return ofTexts.get(id) ?? checkTitle(id);
}
