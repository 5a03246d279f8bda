import { hash } from 'node:crypto';
import type { Diagnostic, Level } from '../model/diagnostic.js';

type Said = Pick<Diagnostic, 'at' | 'message' | 'remedy'> &
  Partial<Pick<Diagnostic, 'row' | 'found' | 'expected' | 'count'>>;

/** Ids as those of the checks: short, and the same from run to run. */
export function diagnostic(check: string, level: Level, object: string, said: Said): Diagnostic {
  const { at, ...rest } = said;
  return {
    check,
    level,
    id: Number.parseInt(hash('sha256', `${check}|${object}`).slice(0, 8), 16)
      .toString(36)
      .toUpperCase()
      .padStart(6, '0')
      .slice(-6),
    at,
    also: [],
    count: 1,
    shownOn: at.row === undefined ? [] : [at.row],
    waived: false,
    ...rest,
  };
}
