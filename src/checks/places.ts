import type { Place } from '../model/diagnostic.js';
import { type Text, text } from '../model/text.js';
import type { Ledger } from '../read/ledger.js';
import type { FindingState } from '../reconcile/state.js';
import type { KeyOf } from '../sheets/column.js';
import { ledgerSheet } from '../sheets/ledger.js';
import { cellPlace, type Found, hasColumn } from './check.js';

/** What an issue of reading says about where it stands; 1-based. */
type IssueAt = { readonly sheet: string; readonly row: number; readonly col: number; readonly header: string };

export function issuePlace(issue: IssueAt): Place {
  return { sheet: issue.sheet, row: issue.row, col: issue.col, header: issue.header };
}

/** `整改台账!C5、C6 等12处` is left to the renderer; in a sentence a handful of names is enough. */
export function listed(names: readonly string[], separator = '、', most = 12): string {
  if (names.length <= most) return names.join(separator);
  return `${names.slice(0, most).join(separator)} ${separator === '、' ? '等' : '…'}`;
}

/**
 * The place of one diagnostic about several findings: the column's header when it is about all of them, else the cell of
 * the first, the others in `also`; shown on every row of theirs.
 */
export function aboutFindings(
  ledger: Ledger,
  states: readonly FindingState[],
  key: KeyOf<typeof ledgerSheet>,
  all: boolean,
): Pick<Found, 'at' | 'also' | 'count' | 'rows' | 'remedy'> {
  const header = cellPlace(ledger, undefined, key);
  if (!hasColumn(ledger, key)) {
    // There are no cells to list: the column is what is missing.
    const rows = states.flatMap(({ finding }) => finding.rows);
    return { at: header, count: states.length, rows, remedy: missingColumn(key) };
  }
  const places = states.map(({ finding }) => cellPlace(ledger, finding.first, key));
  return {
    at: all ? header : (places[0] ?? header),
    also: all ? places : places.slice(1),
    count: states.length,
    rows: states.flatMap(({ finding }) => finding.rows),
  };
}

/** What to do about a column that the main sheet lacks, or has under a name that was not recognised. */
export function missingColumn(key: KeyOf<typeof ledgerSheet>): Text {
  const name = ledgerSheet.columns.find(column => column.key === key)?.header ?? text(key, key);
  return text(
    `加一栏“${name.zh}”填上；已有这一栏、只是叫法不同的，用 ledger map 看读成了什么，并在映射里写明`,
    `add a column “${name.zh}”; if it is there under another name, see ledger map and name it in a mapping`,
  );
}

/** “问题3、5、8” with at most a dozen numbers. */
export function labelsOf(states: readonly FindingState[]): string {
  return listed(states.map(({ finding }) => finding.label));
}

export function labelsOfEn(states: readonly FindingState[]): string {
  return listed(
    states.map(({ finding }) => finding.label),
    ', ',
  );
}

/** More different texts than this in one column are one cause: the column is not what it was taken for. */
const mostTexts = 20;

/**
 * Issues of cells by their text, at most `mostTexts` groups a column; the cells of a column with more are one group.
 * The key names sheet, column and text.
 */
export function groupedByText<I extends { readonly sheet: string; readonly key: string; readonly found: string }>(
  issues: readonly I[],
  textKey: (found: string) => string,
): ReadonlyMap<string, { readonly whole: boolean; readonly issues: readonly I[] }> {
  const columns = new Map<string, Map<string, I[]>>();
  for (const issue of issues) {
    const column = `${issue.sheet}|${issue.key}`;
    const texts = columns.get(column) ?? new Map<string, I[]>();
    columns.set(column, texts);
    const key = textKey(issue.found);
    const list = texts.get(key);
    if (list === undefined) texts.set(key, [issue]);
    else list.push(issue);
  }
  const groups = new Map<string, { whole: boolean; issues: readonly I[] }>();
  for (const [column, texts] of columns) {
    if (texts.size > mostTexts) groups.set(column, { whole: true, issues: [...texts.values()].flat() });
    else for (const [key, list] of texts) groups.set(`${column}|${key}`, { whole: false, issues: list });
  }
  return groups;
}
