import { dayToSerial, isDay } from '../../../src/model/day.js';
import { a1, type Cell, type Grid } from '../../../src/model/grid.js';
import { decodeCellText } from '../../../src/stores/excel/cell-text.js';
import type { Answer, TheirValue } from './reader.js';

export type Disagreement = {
  readonly at: string;
  readonly ours: Cell | undefined;
  readonly theirs: { readonly value?: TheirValue | undefined; readonly formula?: string | undefined } | undefined;
};

/** Cells of which the store and an independent reader do not say the same, sheets that only one of them has included. */
export function disagreements(grid: Grid, answer: Exclude<Answer, { fails: string }>): readonly Disagreement[] {
  const found: Disagreement[] = [];
  for (const sheet of grid.sheets) {
    const theirs = new Map(Object.entries(answer.sheets[sheet.name] ?? {}));
    for (const row of sheet.rows) {
      row.cells.forEach((ours, index) => {
        if (ours === undefined) return;
        const at = a1(row.number, index + 1);
        const other = theirs.get(at);
        theirs.delete(at);
        if (!agree(ours, other, answer.date1904)) found.push({ at: `${sheet.name}!${at}`, ours, theirs: other });
      });
    }
    for (const [at, other] of theirs)
      if (other.value !== undefined && other.value !== '' && other.value !== null)
        found.push({ at: `${sheet.name}!${at}`, ours: undefined, theirs: other });
  }
  return found;
}

function agree(ours: Cell, theirs: Disagreement['theirs'], date1904: boolean): boolean {
  const value = theirs?.value;
  // No reader but ours tells an empty text, or a formula that was never calculated, from nothing.
  if (value === undefined)
    return ours.text === '' || ours.text === '#UNCALCULATED' || (ours.formula !== undefined && ours.text === '0');
  if (typeof value === 'number') return sameNumber(ours, value, date1904);
  if (typeof value === 'boolean') return ours.kind === 'boolean' && ours.text === (value ? 'TRUE' : 'FALSE');
  if (typeof value === 'string') return ours.text === value || ours.text === decodeCellText(value);
  if ('error' in value) return ours.kind === 'error' && ours.text === value.error;
  if ('bad' in value) return true;
  return ours.kind === 'date' && value.date.startsWith(ours.text);
}

/** Neither reader takes the built-in formats of Chinese Excel for dates. */
function sameNumber(ours: Cell, value: number, date1904: boolean): boolean {
  if (ours.kind === 'number') return Number(ours.text) === value;
  return ours.kind === 'date' && isDay(ours.text) && dayToSerial(ours.text, date1904) === Math.floor(value);
}
