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

/** Several places as one reads them out: `整改台账!C4、C7、通报数据!C6`; `第13、17行`. */
export function placesText(places: readonly Place[], lang: Lang): string {
  const said: string[] = [];
  const joint = lang === 'zh' ? '、' : ', ';
  for (const [index, place] of places.entries()) {
    const before = places[index - 1];
    const next = places[index + 1];
    if (place.line !== undefined) {
      const lead = before?.line === undefined ? text('第', next?.line === undefined ? 'line ' : 'lines ')[lang] : '';
      said.push(`${lead}${place.line}${next?.line === undefined ? text('行', '')[lang] : ''}`);
    } else {
      const whole = placeText(place, lang);
      const same = before !== undefined && before.sheet === place.sheet && isCell(before) && isCell(place);
      said.push(same ? whole.slice((place.sheet ?? '').length + 1) : whole);
    }
  }
  return said.join(joint);
}

function isCell({ sheet, row, col }: Place): boolean {
  return sheet !== undefined && row !== undefined && col !== undefined;
}
