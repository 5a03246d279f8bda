import type { Day } from '../../model/day.js';
import type { Place } from '../../model/diagnostic.js';
import { isLedger, type Ledger, readLedger } from '../../read/ledger.js';
import type { Mapping } from '../../read/mapping.js';
import { facts, factsSheetName } from '../../sheets/facts.js';
import { registerSheets } from '../../sheets/index.js';
import type { Fact, ParsedNotice } from '../parsed.js';
import { type LinedFinding, labelledFor, linedRows, toLedger } from '../to-ledger.js';
import { gridOf, headerRow } from './grid-of.js';

/** Where in the text a cell comes from: the line, and the words to look for in it. */
export type Origin = { readonly line: number; readonly words: string | undefined };

export type NoticeLedger = {
  readonly ledger: Ledger;
  /** The way back from a cell; undefined for a cell that no line of the text filled. */
  originOf(place: Place): Origin | undefined;
};

/** The notice as the ledger that `import` would make of it, in memory, and the way back from its cells to the lines. */
export function asLedger(parsed: ParsedNotice, mappings: readonly Mapping[], asOf: Day): NoticeLedger {
  const { facts: told, ...book } = toLedger(parsed, 'unique');
  // A gap up to the stated total is the total's mistake, and is said once, at the total.
  const { statedFindings: _stated, ...known } = told ?? {};
  const read = readLedger(gridOf({ ...book, facts: known }, ''), { mappings, asOf });
  if (!isLedger(read)) throw new Error('what import makes of a notice is not read as a ledger');
  const rows = linedRows(parsed, 'unique');
  const registers = new Map(
    (['recoveries', 'policies', 'actions', 'meetings', 'claims'] as const).map(key => [
      registerSheets[key].name.zh,
      rows[key],
    ]),
  );
  const ledgerName = read.main.header.sheet.name;
  const keys = new Map([...read.main.header.columns].map(([key, bound]) => [bound.col, key]));
  return {
    ledger: read,
    originOf: place => {
      const { sheet, row } = place;
      if (sheet === undefined || row === undefined) return undefined;
      if (sheet === factsSheetName.zh) return factOrigin(parsed, row);
      const at = row - headerRow - 1;
      if (sheet === ledgerName) {
        const found = rows.ledger[at];
        return found === undefined ? undefined : cellOrigin(found, keys.get(place.col ?? 0));
      }
      const line = registers.get(sheet)?.[at]?.line;
      if (line === undefined) return undefined;
      const claim = sheet === registerSheets.claims.name.zh ? parsed.claims[at] : undefined;
      return { line, words: claim?.text };
    },
  };
}

function cellOrigin(
  { section, finding, subFinding, measure, result, line }: LinedFinding,
  key: string | undefined,
): Origin {
  const whole = (located: { readonly line: number; readonly text: string } | undefined): Origin =>
    located === undefined ? { line: finding.line, words: finding.title } : { line: located.line, words: located.text };
  switch (key) {
    case 'focus':
      return { line: section.line, words: section.title };
    case 'seq':
    case 'finding':
      return { line: finding.line, words: finding.title };
    case 'subFinding':
      return whole(subFinding);
    case 'measure':
      return whole(measure);
    case 'measureDate': {
      const date = measure?.dates.find(one => one.precision === 'day' || one.precision === 'month');
      return date === undefined ? whole(measure) : { line: date.line, words: date.text };
    }
    case 'result':
      if (result !== undefined) return { line: result.line, words: result.text };
      // What a heading says of many is looked for at the one it does not fit.
      return finding.statusText === undefined || finding.statusFrom === 'heading'
        ? whole(undefined)
        : { line: finding.statusLine ?? finding.line, words: finding.statusText };
    case 'progress':
      return whole(finding.progress[0]);
    case 'note':
      return whole(finding.next[0]);
    case 'leader':
    case 'department':
    case 'person':
    case 'support':
    case 'deadline':
      return whole(labelledFor(finding, key)[0]);
    default:
      return { line, words: undefined };
  }
}

const factKeys: { readonly [key: string]: Fact['key'] } = {
  inspectionFrom: 'from',
  inspectionTo: 'to',
  feedback: 'feedback',
  planDate: 'plan',
  statedAsOf: 'asOf',
  periodMonths: 'periodMonths',
  unit: 'unit',
};

function factOrigin(parsed: ParsedNotice, row: number): Origin | undefined {
  const key = factKeys[facts[row - 2]?.key ?? ''];
  const found = parsed.facts.find(fact => fact.key === key);
  return found === undefined ? undefined : { line: found.line, words: undefined };
}
