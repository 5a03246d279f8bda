import { columnLetters, type Grid, quotedSheet } from '../../model/grid.js';
import type { Content, Plan, SheetImage } from '../../model/plan.js';
import { applyPlan } from '../memory.js';
import { freeTitle } from './requests.js';
import type { Watched } from './slip.js';
import { revisionOf, type Spreadsheet } from './spreadsheet.js';
import { cellOf, typedValue } from './values.js';

/*
 * The answer of a write is as large as what is asked back. Asked back is what tells whether every value stands where it
 * belongs (ids and headers) and what only the service knows (results of our formulas); the rest follows from the plan.
 */

/** What of the spreadsheet a write is to give back. */
export type Answer =
  | { readonly kind: 'none' }
  /** These ranges, as the sheets are called at present; with formulas where ours are among them. */
  | { readonly kind: 'ranges'; readonly formulas: boolean; readonly ranges: (book: Spreadsheet) => readonly string[] }
  | { readonly kind: 'whole' };

/**
 * The smallest answer that will do.
 * @param watched see Intent.seenBy; undefined when rows can be told only by all that stands in them
 */
export function answerFor(plan: Plan, before: Spreadsheet, watched: ReadonlyMap<number, Watched> | undefined): Answer {
  if (watched === undefined) return { kind: 'whole' };
  const calculated: number[] = [];
  for (const image of plan.images) {
    if (!hasFormulas(image)) continue;
    const present = [...before.sheets.values()].find(one => one.role === image.role);
    // A sheet that the same batch makes has no name yet by which it could be asked for.
    if (present === undefined) return { kind: 'whole' };
    calculated.push(present.sheetId);
  }
  if (plan.edits.some(edit => edit.after.kind === 'formula')) return { kind: 'whole' };
  if (watched.size + calculated.length === 0) return { kind: 'none' };
  return {
    kind: 'ranges',
    formulas: calculated.length > 0,
    ranges: book => {
      const titles = new Map([...book.sheets.values()].map(one => [one.sheetId, quotedSheet(one.title)]));
      const of = (sheetId: number, part: string): string[] => {
        const title = titles.get(sheetId);
        return title === undefined ? [] : [title + part];
      };
      return [
        ...[...watched].flatMap(([sheetId, { idCol, headerEnd }]) => {
          const id = columnLetters(idCol);
          return [...of(sheetId, `!${id}:${id}`), ...of(sheetId, `!1:${headerEnd}`)];
        }),
        ...calculated.flatMap(sheetId => of(sheetId, '')),
      ];
    },
  };
}

function hasFormulas(image: SheetImage): boolean {
  return image.rows.some(row => row.cells.some(cell => cell?.content.kind === 'formula'));
}

/**
 * The revision that the next read finds when nobody else writes meanwhile: the grid as it was, with the plan done.
 * @param seen the sheets of the answer; those that hold results of our formulas were asked for whole
 */
export function revisionAfter(before: Spreadsheet, plan: Plan, seen: Grid | undefined): string {
  const taken = new Set(before.sheets.keys());
  const stored: Plan = {
    ...plan,
    edits: plan.edits.map(edit => ({ ...edit, after: asStored(edit.after) })),
    images: plan.images.map(image => ({
      ...image,
      name: [...before.sheets.values()].some(one => one.role === image.role)
        ? image.name
        : freeTitle(image.name, taken),
      rows: image.rows.map(row => ({
        ...row,
        cells: row.cells.map(cell => (cell === undefined ? undefined : { ...cell, content: asStored(cell.content) })),
      })),
    })),
  };
  const { sheets } = applyPlan(before.grid, stored);
  const calculated = new Set(plan.images.filter(hasFormulas).map(image => image.role));
  return revisionOf({
    ledgerId: plan.ledgerId,
    sheets: sheets.map(sheet => {
      const answered = sheet.role !== undefined && calculated.has(sheet.role);
      return (answered ? seen?.sheets.find(one => one.role === sheet.role) : undefined) ?? sheet;
    }),
  });
}

/** A content as it will be read back: 1.50 as 1.5, a number that no double holds as text. */
function asStored(content: Content): Content {
  if (content.kind === 'formula') return content;
  const { value, format } = typedValue(content);
  const cell = cellOf({
    effectiveValue: value,
    ...(format === undefined ? {} : { effectiveFormat: { numberFormat: format } }),
  });
  if (cell === undefined) return { kind: 'blank' };
  return cell.kind === 'number' || cell.kind === 'date'
    ? { kind: cell.kind, text: cell.text }
    : { kind: 'text', text: cell.text };
}
