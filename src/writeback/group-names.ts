import type { Examined } from '../examine.js';
import { toHalfWidth } from '../read/typed/normalise.js';

import { focusName, leadDepartment, unnamed } from '../reconcile/summary.js';

/** Names under which 汇总 counts: findings by their index, rows of 追缴资金 by their position. */
export type GroupNames = {
  readonly focus: readonly string[];
  readonly department: readonly string[];
  readonly category: readonly string[];
};

/**
 * COUNTIFS compares the whole cell with at most 255 characters, ignores case, and reads `*`, `?`, `~` and a leading
 * comparison sign as its own language. Names are made such that it finds exactly what was written.
 */
const longestName = 60;

export function groupNames({ ledger, states }: Pick<Examined, 'ledger' | 'states'>): GroupNames {
  const focus = new Map<string, string>();
  const department = new Map<string, string>();
  const category = new Map<string, string>();
  return {
    focus: states.map(state => countable(focusName(state), focus)),
    department: states.map(state => countable(leadDepartment(state), department)),
    category: ledger.registers.recoveries.rows.map(row => countable(row.data.category ?? unnamed, category)),
  };
}

/** The name as COUNTIFS can count it; `known` keeps one spelling for each, so that no two groups count together. */
function countable(written: string, known: Map<string, string>): string {
  const plain = written.replace(/\s+/gu, ' ').trim();
  const name = plain === '' ? unnamed : plain;
  const key = toHalfWidth(name).toLowerCase();
  const before = known.get(key);
  if (before !== undefined) return before;
  const safe = [...name.replace(/[*?~]/gu, fullWidth).replace(/^[=<>]/u, fullWidth)];
  // The number keeps two long names apart that begin alike.
  const short =
    safe.length <= longestName ? safe.join('') : `${safe.slice(0, longestName - 6).join('')}…（${known.size + 1}）`;
  known.set(key, short);
  return short;
}

/** The full-width form of an ASCII sign: it looks the same to a person and means nothing to a formula. */
function fullWidth(sign: string): string {
  return String.fromCharCode(sign.charCodeAt(0) + 0xfee0);
}
