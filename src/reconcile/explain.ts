import {
  absolute,
  add,
  equals,
  grouped,
  isNegative,
  isZero,
  type Money,
  plain,
  subtract,
  times,
} from '../model/money.js';
import { type Text, text } from '../model/text.js';

/** One part of a total, as people call it. */
export type Part = { readonly name: string; readonly yuan: Money };

/** More parts than this are not looked at one by one: nobody would read the list. */
const mostParts = 2000;
const mostReasons = 3;
/** When a slip in this many parts would explain the difference, it points at none of them. */
const mostSuspects = 2;

/**
 * Slips that would explain why a stated total is not the sum of its parts: one part left out or counted twice, one digit
 * wrong, two digits swapped, 元 taken for 万元. Possibilities, never facts; the likeliest three.
 */
export function possibleReasons(stated: Money, computed: Money, parts: readonly Part[]): Text[] {
  const difference = subtract(stated, computed);
  if (isZero(difference)) return [];
  const looked = parts.slice(0, mostParts);
  return [
    ...oneRow(difference, looked),
    ...oneUnit(stated, computed, difference, looked),
    ...swapped(stated, computed, difference, looked),
    ...oneDigit(stated, computed, difference, looked),
  ].slice(0, mostReasons);
}

function oneRow(difference: Money, parts: readonly Part[]): Text[] {
  const gap = absolute(difference);
  const same = parts.filter(part => !isZero(part.yuan) && equals(part.yuan, gap));
  const [only] = same;
  if (only === undefined || same.length > mostSuspects) return [];
  return isNegative(difference)
    ? [text(`合计可能漏加了“${only.name}”`, `the total may leave out ${only.name}`)]
    : [text(`合计可能把“${only.name}”加了两次`, `the total may count ${only.name} twice`)];
}

function oneUnit(stated: Money, computed: Money, difference: Money, parts: readonly Part[]): Text[] {
  if (isTenThousand(stated, computed)) {
    return [text('合计可能把元和万元弄混了（正好差1万倍）', 'the total may mix up 元 and 万元 (10,000 times)')];
  }
  return suspects(parts, difference, isTenThousand).map(({ part }) =>
    text(`“${part.name}”可能把元和万元弄混了（差1万倍）`, `${part.name} may mix up 元 and 万元 (10,000 times)`),
  );
}

function isTenThousand(a: Money, b: Money): boolean {
  return !isZero(a) && (equals(times(a, '10000'), b) || equals(times(b, '10000'), a));
}

function swapped(stated: Money, computed: Money, difference: Money, parts: readonly Part[]): Text[] {
  return slips(stated, computed, difference, parts, isSwap, text('相邻两位写反', 'two neighbouring digits swapped'));
}

function oneDigit(stated: Money, computed: Money, difference: Money, parts: readonly Part[]): Text[] {
  return slips(stated, computed, difference, parts, isOneDigit, text('有一位数字写错', 'one digit wrong'));
}

function slips(
  stated: Money,
  computed: Money,
  difference: Money,
  parts: readonly Part[],
  like: (a: Money, b: Money) => boolean,
  slip: Text,
): Text[] {
  const inTotal = like(stated, computed)
    ? [
        text(
          `合计可能${slip.zh}：写成${grouped(stated)}，应为${grouped(computed)}`,
          `the total may have ${slip.en}: ${grouped(stated)} for ${grouped(computed)}`,
        ),
      ]
    : [];
  const inParts = suspects(parts, difference, like).map(({ part, meant }) =>
    text(
      `“${part.name}”可能${slip.zh}：写成${grouped(part.yuan)}，应为${grouped(meant)}`,
      `${part.name} may have ${slip.en}: ${grouped(part.yuan)} for ${grouped(meant)}`,
    ),
  );
  return [...inTotal, ...inParts];
}

/** Parts that a slip would turn into what the total needs; none when too many would. */
function suspects(
  parts: readonly Part[],
  difference: Money,
  like: (a: Money, b: Money) => boolean,
): { readonly part: Part; readonly meant: Money }[] {
  const found: { part: Part; meant: Money }[] = [];
  for (const part of parts) {
    const meant = add(part.yuan, difference);
    if (isNegative(meant) || !like(part.yuan, meant)) continue;
    found.push({ part, meant });
    if (found.length > mostSuspects) return [];
  }
  return found;
}

function isOneDigit(a: Money, b: Money): boolean {
  return differingPlaces(a, b)?.length === 1;
}

function isSwap(a: Money, b: Money): boolean {
  const places = differingPlaces(a, b);
  const [first, second] = places ?? [];
  if (first === undefined || second === undefined || places?.length !== 2) return false;
  const [x, y] = [plain(a), plain(b)];
  const between = x.slice(first + 1, second);
  return (between === '' || between === '.') && x[first] === y[second] && x[second] === y[first];
}

/** Positions at which the digits of two amounts of the same length differ; undefined when the lengths do. */
function differingPlaces(a: Money, b: Money): number[] | undefined {
  const [x, y] = [plain(a), plain(b)];
  if (x.length !== y.length) return undefined;
  const places: number[] = [];
  for (let at = 0; at < x.length && places.length < 3; at += 1) if (x[at] !== y[at]) places.push(at);
  return places;
}
