import { toHalfWidth } from './normalise.js';
import { chineseNumber } from './numerals.js';

/** The marker in front of a section: （三）, 三、, 第三部分. Undefined when there is none. */
export function parseSectionMark(written: string): { readonly ordinal: number; readonly rest: string } | undefined {
  const found =
    /^\s*(?:\(([一二三四五六七八九十百]+)\)|([一二三四五六七八九十百]+)[、,.]|第([一二三四五六七八九十百]+)(?:部分|方面)[、,.:]?)\s*(.*)$/su.exec(
      toHalfWidth(written),
    );
  if (found === null) return undefined;
  const ordinal = chineseNumber(found[1] ?? found[2] ?? found[3] ?? '');
  return ordinal === undefined ? undefined : { ordinal, rest: found[4] ?? '' };
}

/** The number in front of a finding: “13.巡察整改……”, “问题3：……”, “（3）……”. “1.5亿元……” has none. */
export function splitLeadingNumber(written: string): { readonly number: number; readonly rest: string } | undefined {
  const found = /^\s*(?:问题\s*)?(?:(\d{1,4})\s*[.．、:：)）](?!\d)|[(（](\d{1,4})[)）])\s*(.+)$/su.exec(written);
  const digits = found?.[1] ?? found?.[2];
  const rest = found?.[3];
  return digits === undefined || rest === undefined ? undefined : { number: Number(digits), rest: rest.trim() };
}
