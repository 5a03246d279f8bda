import { examine } from '../../../examine.js';
import type { Diagnostic, Place } from '../../../model/diagnostic.js';
import { text } from '../../../model/text.js';
import type { Ledger } from '../../../read/ledger.js';
import type { LedgerRow } from '../../../read/main.js';
import { inUnitOf } from '../in-unit.js';
import { placed, type Remark } from '../linting.js';
import type { Comparing } from './comparing.js';
import { viewOf } from './view.js';

/** What the checks on claims say of a stated figure. */
const aboutClaims: ReadonlySet<string> = new Set([
  'claim-mismatch',
  'claim-untraceable',
  'untraced-money',
  'unreported-outstanding',
  'total-mismatch',
]);

/**
 * Every figure that the notice states outside its findings, compared with the ledger by the ledger's own checks: the
 * notice's figures take the place of 通报数据. A notice may count the whole ledger or what it publishes of it.
 */
export function* claimsAgainst(comparing: Comparing): Iterable<Remark> {
  const { linting, examined, told } = comparing;
  const whole = found(examined.ledger, comparing);
  if (whole.length === 0) return;
  const others = viewsOf(examined.ledger).map(view => new Set(found(view, comparing).map(rowKey)));
  for (const one of whole) {
    if (others.some(said => !said.has(rowKey(one)))) continue;
    const origin = told.originOf(one.at);
    if (origin === undefined) continue;
    const claim = linting.parsed.claims.find(other => other.line === origin.line && other.text === origin.words);
    const diagnostic: Diagnostic = {
      ...one,
      // A figure of a kind that the ledger does not list is not wrong for that.
      level:
        ['claim-untraceable', 'untraced-money'].includes(one.check) && one.level === 'error' ? 'warning' : one.level,
      at: { line: origin.line },
      also: placesOf(one, origin.line, comparing),
      message: inUnitOf(
        claim?.unit,
        text(
          one.message.zh
            .replaceAll('通报数据“', '通报“')
            .replaceAll('通报数据里没有一项说到', '通报的成效数据里没有说')
            .replaceAll('通报数据', '通报的数'),
          one.message.en,
        ),
      ),
      remedy: text(
        '以台账为准改正通报；台账漏登的，先补台账再同步',
        'correct the notice by the ledger, or complete the ledger first',
      ),
      shownOn: [],
    };
    yield placed(diagnostic, linting.lineText(origin.line), origin.words);
  }
}

/** Cells of the ledger as they are; claims by the line on which the notice makes them. */
function placesOf(one: Diagnostic, line: number, { told }: Comparing): readonly Place[] {
  const claims = told.ledger.registers.claims.header?.sheet.name;
  const lines = new Set<number>();
  const cells: Place[] = [];
  for (const place of one.also) {
    if (place.sheet !== claims) cells.push(place);
    else lines.add(told.originOf(place)?.line ?? line);
  }
  lines.delete(line);
  return [...[...lines].map(other => ({ line: other })), ...cells];
}

/** What the ledger says of the notice's figures; a total that is given in parts is compared as a whole, too. */
function found(ledger: Ledger, comparing: Comparing): readonly Diagnostic[] {
  const { claims } = comparing.told.ledger.registers;
  const parts = new Set(claims.rows.flatMap(row => row.data.parent ?? []));
  const all = foundOf(ledger, claims, comparing);
  if (parts.size === 0) return all;
  const wholes = { ...claims, rows: claims.rows.filter(row => row.data.parent === undefined) };
  const given = new Set(wholes.rows.filter(row => parts.has(row.data.code ?? '')).map(row => row.number));
  const more = foundOf(ledger, wholes, comparing).filter(
    one => one.check === 'total-mismatch' && given.has(one.at.row ?? 0),
  );
  return [...all, ...more];
}

function foundOf(
  ledger: Ledger,
  claims: Ledger['registers']['claims'],
  { linting, examined }: Comparing,
): readonly Diagnostic[] {
  const mixed: Ledger = { ...ledger, registers: { ...ledger.registers, claims } };
  const { diagnostics } = examine(mixed, { asOf: examined.asOf, levels: linting.levels, mirrored: false });
  const name = claims.header?.sheet.name;
  return (
    diagnostics
      .filter(one => aboutClaims.has(one.check))
      .filter(one => one.at.sheet === name && !one.waived)
      // A total beside its parts is looked at in the text itself; here it is beside the ledger's rows.
      .filter(one => one.check !== 'total-mismatch' || one.also.every(place => place.sheet !== name))
  );
}

/** What is the same in two views; a diagnostic about several claims may begin at another one of them. */
function rowKey(one: Diagnostic): string {
  return one.check === 'untraced-money' || one.level === 'info' ? one.check : `${one.check}|${one.at.row ?? 0}`;
}

/** What may be published: findings with rows for everybody, those for the Party too, whole or by their printed rows. */
function viewsOf(ledger: Ledger): readonly Ledger[] {
  const says = (wanted: readonly string[]) => (row: LedgerRow) => wanted.includes(row.data.publicity ?? '');
  return [['public'], ['public', 'party']].flatMap(wanted => {
    const printed = ledger.main.rows.filter(says(wanted));
    if (printed.length === 0 || printed.length === ledger.main.rows.length) return [];
    const findings = new Set(printed.map(row => row.finding));
    return [viewOf(ledger, says(wanted)), viewOf(ledger, row => findings.has(row.finding))];
  });
}
