import type { Place } from '../model/diagnostic.js';
import { a1, columnLetters } from '../model/grid.js';
import { type Lang, text } from '../model/text.js';

/** `通报数据!C3`; `整改台账 第3行` for a row; the sheet alone when there is no row; 第12行 for a notice. */
export function placeText(place: Place, lang: Lang): string {
  if (place.line !== undefined) return text(`第${place.line}行`, `line ${place.line}`)[lang];
  if (place.sheet === undefined) return '';
  if (place.row === undefined)
    return place.col === undefined ? place.sheet : `${place.sheet}!${columnLetters(place.col)}`;
  return place.col === undefined
    ? `${place.sheet}${lang === 'zh' ? ` 第${place.row}行` : ` row ${place.row}`}`
    : `${place.sheet}!${a1(place.row, place.col)}`;
}

/** The place with the column's header: `通报数据!C3（数值）`. */
export function placeWithHeader(place: Place, lang: Lang): string {
  const where = placeText(place, lang);
  if (place.header === undefined || where === '') return where;
  return lang === 'zh' ? `${where}（${place.header}）` : `${where} (${place.header})`;
}
