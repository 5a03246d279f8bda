import type { Place } from '../model/diagnostic.js';
import {
  absolute,
  compare,
  equals,
  inUnit,
  isZero,
  type Money,
  roundInUnit,
  subtract,
  sum,
  times,
  zero,
} from '../model/money.js';
import type { Text } from '../model/text.js';
import type { Ledger } from '../read/ledger.js';
import { type Claim, type Claims, readClaims, statedMoney } from './claims.js';
import {
  type Counting,
  type RateReading,
  type Reading,
  type Readings,
  rateReadings,
  rateText,
  readingsOf,
} from './count-readings.js';
import { placeIn } from './place.js';
import type { FindingState } from './state.js';
import type { Summary } from './summary.js';
import { type Trace, tracer } from './trace.js';

type Common = {
  readonly claim: Claim;
  readonly at: Place;
  readonly from: readonly Place[];
  /** undefined: something it needs could not be read, or there is nothing to compare with. */
  readonly ok: boolean | undefined;
};

/** A total of money beside the sum of its parts. */
export type MoneyParts = Common & {
  readonly kind: 'money-parts';
  readonly stated: Money;
  readonly computed: Money | undefined;
  /** Equal only because each figure was rounded; the exact values support all of them. */
  readonly rounded: boolean;
  /** Equal only within 允许差额. */
  readonly tolerated: boolean;
};

/** A count beside the sum of the counts that are its parts. */
export type CountParts = Common & {
  readonly kind: 'count-parts';
  readonly stated: number;
  readonly computed: number | undefined;
};

/** A sum of money that is no total of other claims, beside the ledger's rows. */
export type MoneyRows = Common & {
  readonly kind: 'money-rows';
  readonly stated: Money;
  readonly computed: Money | undefined;
  readonly rounded: boolean;
  readonly tolerated: boolean;
  readonly trace: Trace;
  /** The reading that matched, or the first. */
  readonly reading: Text | undefined;
};

/** A count beside the ledger's. */
export type CountLedger = Common & {
  readonly kind: 'count';
  readonly stated: number;
  readonly computed: number | undefined;
  readonly reading: Text | undefined;
  readonly readings: Readings | undefined;
  /** Another level or unit that gives the stated figure. */
  readonly alternative: Reading | undefined;
};

/** A rate beside the ledger's, at its stated precision. */
export type RateLedger = Common & {
  readonly kind: 'rate';
  readonly stated: string;
  readonly computed: string | undefined;
  readonly of: RateReading | undefined;
  readonly alternative: RateReading | undefined;
};

export type Comparison = MoneyParts | CountParts | MoneyRows | CountLedger | RateLedger;

/** 通报数据 read and compared with the ledger, claim by claim. */
export type ClaimComparisons = { readonly claims: Claims; readonly comparisons: readonly Comparison[] };

/** Compares every claim with its parts and with the ledger, once for all checks. */
export function compareClaims(ledger: Ledger, states: readonly FindingState[], summary: Summary): ClaimComparisons {
  const claims = readClaims(ledger);
  if (claims.list.length === 0) return { claims, comparisons: [] };
  const cutOff = ledger.facts.values.statedAsOf?.to;
  const counting: Counting = { ledger, states, summary, cutOff };
  const trace = once(tracer({ ledger, states, cutOff }));
  const comparisons: Comparison[] = [];
  for (const claim of claims.list) {
    const at = claimPlace(ledger, claim);
    switch (claim.stated.kind) {
      case 'money':
        comparisons.push(...moneyComparisons(claim, claim.stated.amount.yuan, at, ledger, trace));
        break;
      case 'count':
        comparisons.push(...countComparisons(claim, claim.stated.n, at, counting));
        break;
      case 'percent':
        comparisons.push(...rateComparisons(claim, claim.stated, at, counting));
        break;
      case 'rough':
      case 'unreadable':
        break;
    }
  }
  return { claims, comparisons };
}

/** A part is traced for itself and again for the rounding of its total. */
function once(trace: (claim: Claim) => Trace): (claim: Claim) => Trace {
  const known = new Map<Claim, Trace>();
  return claim => {
    const found = known.get(claim) ?? trace(claim);
    known.set(claim, found);
    return found;
  };
}

/** The cell that states a claim's figure. */
export function claimPlace(ledger: Ledger, claim: Claim): Place {
  return placeIn(ledger.registers.claims.header, claim.row.number, 'value');
}

/** The parts that must add up to a claim: of its own kind of figure, and not merely included. */
export function addingParts(claim: Claim): readonly Claim[] {
  const wanted = claim.stated.kind;
  if (wanted !== 'money' && wanted !== 'count') return [];
  return claim.parts.filter(part => !part.subset && (part.stated.kind === wanted || !isFigure(part)));
}

function isFigure(claim: Claim): boolean {
  return claim.stated.kind !== 'rough' && claim.stated.kind !== 'unreadable';
}

/** 允许差额, with a reason; zero otherwise. */
export function tolerance(ledger: Ledger): Money {
  return ledger.facts.values.tolerance ?? zero;
}

/** Apart by no more than is allowed. */
export function within(a: Money, b: Money, allowed: Money): boolean {
  return compare(absolute(subtract(a, b)), allowed) <= 0;
}

function* moneyComparisons(
  claim: Claim,
  stated: Money,
  at: Place,
  ledger: Ledger,
  trace: (claim: Claim) => Trace,
): Iterable<Comparison> {
  const parts = addingParts(claim);
  const allowed = tolerance(ledger);
  if (parts.length > 0) {
    const amounts = parts.map(statedMoney);
    const known = amounts.filter(amount => amount !== undefined);
    const computed = known.length === parts.length ? sum(known) : undefined;
    const exact = computed !== undefined && equals(stated, computed);
    const rounded = computed !== undefined && !exact && roundingExplains(claim, parts, trace);
    const tolerated = computed !== undefined && !exact && within(stated, computed, allowed);
    yield {
      kind: 'money-parts',
      claim,
      at,
      from: parts.slice(0, 50).map(part => claimPlace(ledger, part)),
      stated,
      computed,
      rounded,
      tolerated,
      ok: computed === undefined ? undefined : exact || rounded || tolerated,
    };
    return;
  }
  const found = trace(claim);
  if (found.kind === 'none') {
    // Nothing stated and nothing listed agree.
    const nothing = isZero(stated);
    yield {
      kind: 'money-rows',
      claim,
      at,
      from: [],
      stated,
      computed: nothing ? zero : undefined,
      rounded: false,
      tolerated: false,
      trace: found,
      reading: undefined,
      ok: nothing ? true : undefined,
    };
    return;
  }
  const known = found.readings.filter(one => one.yuan !== 'unknown');
  const matching = known.find(one => one.yuan !== 'unknown' && supports(claim, one.yuan, allowed));
  const [first] = found.readings;
  const shown = matching ?? first;
  const computed = shown === undefined || shown.yuan === 'unknown' ? undefined : shown.yuan;
  const unknown = matching === undefined && (computed === undefined || known.length < found.readings.length);
  yield {
    kind: 'money-rows',
    claim,
    at,
    from: shown?.from ?? [],
    stated,
    computed: unknown ? undefined : computed,
    rounded: matching !== undefined && computed !== undefined && !equals(stated, computed) && agrees(claim, computed),
    tolerated:
      matching !== undefined && computed !== undefined && !equals(stated, computed) && !agrees(claim, computed),
    trace: found,
    reading: shown?.name,
    // Findings that merely speak of a sum may hold other money as well.
    ok: matching !== undefined ? true : unknown || found.kind === 'findings' ? undefined : false,
  };
}

function supports(claim: Claim, exact: Money, allowed: Money): boolean {
  const stated = statedMoney(claim);
  return stated !== undefined && (agrees(claim, exact) || within(stated, exact, allowed));
}

/** The exact amount, rounded as the claim was typed (四舍五入), is the claim. */
function agrees(claim: Claim, exact: Money): boolean {
  const { stated } = claim;
  return (
    stated.kind === 'money' && equals(stated.amount.yuan, roundInUnit(exact, stated.amount.unit, stated.amount.places))
  );
}

/**
 * 52.2万元 above parts in 元 and 分: the total is the rounded sum. Or every part is the rounded form of what the ledger
 * has exactly, and so is the total.
 */
function roundingExplains(claim: Claim, parts: readonly Claim[], trace: (claim: Claim) => Trace): boolean {
  const amounts: Money[] = [];
  for (const part of parts) {
    const stated = statedMoney(part);
    if (stated === undefined) return false;
    const found = trace(part);
    const exact = found.kind === 'rows' && found.sure ? found.readings[0]?.yuan : undefined;
    amounts.push(exact !== undefined && exact !== 'unknown' && agrees(part, exact) ? exact : stated);
  }
  return agrees(claim, sum(amounts));
}

function* countComparisons(claim: Claim, stated: number, at: Place, counting: Counting): Iterable<Comparison> {
  const parts = addingParts(claim);
  if (parts.length > 0) {
    const computed = parts.reduce<number | undefined>(
      (total, part) => (total === undefined || part.stated.kind !== 'count' ? undefined : total + part.stated.n),
      0,
    );
    yield {
      kind: 'count-parts',
      claim,
      at,
      from: parts.slice(0, 50).map(part => claimPlace(counting.ledger, part)),
      stated,
      computed,
      ok: computed === undefined ? undefined : computed === stated,
    };
  }
  const readings = readingsOf(claim, counting);
  if (readings === undefined && parts.length > 0) return;
  const matching = readings?.accepted.find(one => one.n === stated);
  const shown = matching ?? readings?.accepted[0];
  // A ledger that lists only some of the findings (范围 部分) cannot count all of them.
  const partial = readings?.register === undefined && counting.ledger.facts.values.scope === 'part';
  yield {
    kind: 'count',
    claim,
    at,
    from: shown?.from ?? [],
    stated,
    computed: shown?.n,
    reading: shown?.name,
    readings,
    alternative: matching === undefined ? readings?.others().find(one => one.n === stated) : undefined,
    ok: matching !== undefined ? true : shown?.n === undefined || partial ? undefined : false,
  };
}

function* rateComparisons(
  claim: Claim,
  stated: { readonly text: string; readonly places: number },
  at: Place,
  counting: Counting,
): Iterable<Comparison> {
  if (claim.kind !== 'rate' && claim.kind !== 'closing-rate') return;
  const { accepted, others } = rateReadings(claim, counting);
  const [first] = accepted;
  const computed = first === undefined ? undefined : rateText(first, stated.places);
  const same = Number(computed) === Number(stated.text);
  const partial = counting.ledger.facts.values.scope === 'part';
  const ok = computed === undefined || (partial && !same) ? undefined : same;
  yield {
    kind: 'rate',
    claim,
    at,
    from: first?.from ?? [],
    stated: stated.text,
    computed,
    of: first,
    alternative:
      ok === false ? others().find(one => Number(rateText(one, stated.places)) === Number(stated.text)) : undefined,
    ok,
  };
}

/** stated − computed in 元. */
export function moneyDifference(one: MoneyParts | MoneyRows): Money | undefined {
  return one.computed === undefined ? undefined : subtract(one.stated, one.computed);
}

/** An amount of a claim as it was stated, in its own unit: 52.2万元. */
export function asTyped(claim: Claim): string {
  const { stated } = claim;
  return stated.kind === 'money'
    ? `${inUnit(stated.amount.yuan, stated.amount.unit)}${stated.amount.unit}`
    : (claim.row.data.value ?? '');
}

/** 10,000 times more or less, within a hundredth: 元 and 万元 mixed up. */
export function mixesUpUnits(a: Money, b: Money): boolean {
  return tenThousandfold(a, b) || tenThousandfold(b, a);
}

function tenThousandfold(small: Money, large: Money): boolean {
  if (isZero(small) || isZero(large)) return false;
  const gap = absolute(subtract(times(small, '10000'), large));
  return compare(times(gap, '100'), absolute(large)) <= 0;
}
