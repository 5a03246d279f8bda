import type { Day } from '../model/day.js';
import type { Diagnostic } from '../model/diagnostic.js';
import type { Ledger } from '../read/ledger.js';
import type { Row } from '../read/table.js';
import { parseReferences } from '../read/typed/references.js';
import { wordKey } from '../sheets/cells.js';
import type { exceptionSheet } from '../sheets/registers.js';
import { checkTitle } from './titles.js';

type ExceptionRow = Row<typeof exceptionSheet>;
type Exception = { readonly row: ExceptionRow; readonly target: string; readonly expired: boolean };

/** About the exceptions and the program itself: no exception covers these. */
const neverWaived: ReadonlySet<string> = new Set(['exception-expired', 'internal']);

/**
 * Marks what 核实说明 covers: still shown, no longer counted. A row names a diagnostic (by its id) or a check (by its
 * title or id); its 对象 narrows that to findings or to one diagnostic; without 理由 it does not hold, and after 到期日
 * what it covered counts again. An expired row that covers nothing any more is not mentioned.
 */
export function waive(diagnostics: readonly Diagnostic[], ledger: Ledger, asOf: Day): Diagnostic[] {
  const exceptions = ledger.registers.exceptions.rows.flatMap((row): Exception[] => {
    const { target, reason, until } = row.data;
    if (target === undefined || reason === undefined) return [];
    return [
      { row, target: wordKey(target), expired: row.bad.has('until') || (until !== undefined && until.to < asOf) },
    ];
  });
  const byTarget = new Map<string, Exception[]>();
  for (const exception of exceptions) {
    const list = byTarget.get(exception.target);
    if (list === undefined) byTarget.set(exception.target, [exception]);
    else list.push(exception);
  }
  const labelOfRow = new Map(ledger.main.rows.map(row => [row.number, ledger.main.findings[row.finding]?.label ?? '']));
  const names = new Map<string, readonly string[]>();
  const mattering = new Set<number>();
  const marked = diagnostics.map(diagnostic => {
    if (byTarget.size === 0 || neverWaived.has(diagnostic.check)) return diagnostic;
    let known = names.get(diagnostic.check);
    if (known === undefined) {
      const title = checkTitle(diagnostic.check);
      known = [diagnostic.check, title.zh, title.en].map(wordKey);
      names.set(diagnostic.check, known);
    }
    const covering = [wordKey(diagnostic.id), ...known]
      .flatMap(name => byTarget.get(name) ?? [])
      .filter(exception => covers(exception.row, diagnostic, labelOfRow));
    for (const exception of covering) if (exception.expired) mattering.add(exception.row.number);
    return covering.some(exception => !exception.expired) ? { ...diagnostic, waived: true } : diagnostic;
  });
  return marked.filter(
    one => one.check !== 'exception-expired' || one.at.row === undefined || mattering.has(one.at.row),
  );
}

/** Whether the 对象 of an exception takes in the diagnostic: all of the findings that it speaks of, or its id. */
function covers(row: ExceptionRow, diagnostic: Diagnostic, labelOfRow: ReadonlyMap<number, string>): boolean {
  const { object } = row.data;
  if (object === undefined) return true;
  const written = wordKey(object);
  if (written === wordKey(diagnostic.id)) return true;
  const read = parseReferences({ kind: 'text', text: object });
  if (read.kind === 'value' && read.value.kind === 'all') return true;
  const labels = new Set([written]);
  if (read.kind === 'value' && read.value.kind === 'findings')
    for (const number of read.value.numbers) labels.add(String(number));
  const spoken = new Set(diagnostic.shownOn.map(number => labelOfRow.get(number) ?? ''));
  if (spoken.size === 0 && diagnostic.finding !== undefined) spoken.add(String(diagnostic.finding));
  return spoken.size > 0 && [...spoken].every(label => labels.has(label));
}
