import { hash } from 'node:crypto';
import type { Diagnostic, Level } from '../model/diagnostic.js';
import type { Text } from '../model/text.js';

/** What a diagnostic about a line of a notice says. */
export type SaidOfLine = {
  /** 1-based line of the text. */
  readonly line: number;
  readonly also?: readonly number[];
  readonly count?: number;
  readonly message: Text;
  readonly remedy: Text;
  /** The words of the line that it is about. */
  readonly found?: string;
  readonly expected?: string;
  /** Printed number of the finding. */
  readonly finding?: number;
};

/**
 * A diagnostic whose place is a line of a text.
 * @param object what distinguishes it from others of the same check; goes into its id, which is the same from run to run
 */
export function lineDiagnostic(check: string, level: Level, object: string, said: SaidOfLine): Diagnostic {
  const { line, also = [], count, ...rest } = said;
  return {
    check,
    level,
    id: Number.parseInt(hash('sha256', `${check}|${object}`).slice(0, 8), 16)
      .toString(36)
      .toUpperCase()
      .padStart(6, '0')
      .slice(-6),
    at: { line },
    also: also.slice(0, 50).map(one => ({ line: one })),
    count: count ?? 1 + also.length,
    shownOn: [],
    waived: false,
    ...rest,
  };
}
