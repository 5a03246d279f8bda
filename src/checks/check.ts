import type { Day } from '../model/day.js';
import type { Diagnostic, Level, Place } from '../model/diagnostic.js';
import type { Text } from '../model/text.js';
import { text } from '../model/text.js';
import type { Ledger } from '../read/ledger.js';
import type { Finding, LedgerRow } from '../read/main.js';
import type { Reconciliation } from '../reconcile/claim.js';
import type { ClaimComparisons } from '../reconcile/compare.js';
import type { FindingState } from '../reconcile/state.js';
import type { Summary } from '../reconcile/summary.js';
import type { KeyOf } from '../sheets/column.js';
import { ledgerSheet } from '../sheets/ledger.js';

/** What the file system says of the evidence that the ledger names; gathered by the command, pure from here on. */
export type EvidenceFacts = {
  /** false: the folder as a whole is not there. */
  readonly rootReachable: boolean;
  readonly root: string;
  /** Named file (as written) → what was found. A name that is not in the map was not looked for. */
  readonly files: ReadonlyMap<string, { readonly exists: boolean; readonly sha256?: string }>;
};

/** What the last sync knew of a row and a finding; see sync/memory. */
export type Previous = {
  readonly rows: ReadonlyMap<
    string,
    { readonly finding: string; readonly findingTitle: string; readonly shown: string; readonly review: string }
  >;
  /** Finding id → title, for references that moved. */
  readonly findings: ReadonlyMap<string, { readonly title: string; readonly label: string }>;
  /** Evidence file → SHA-256 at the last sync. */
  readonly evidence: ReadonlyMap<string, string>;
};

/** What happened to row identities in this run; see sync/ids. */
export type IdentityEvents = {
  readonly lost: readonly { readonly row: LedgerRow; readonly id: string }[];
  readonly moved: readonly {
    readonly row: LedgerRow;
    readonly id: string;
    /** Title of the finding it belongs to; undefined when that is known no more. */
    readonly was: string | undefined;
    /** Title of the finding it now stands under. */
    readonly is: string;
    /** It still counts under the finding it belongs to; false when that is gone from the ledger. */
    readonly kept: boolean;
  }[];
};

/** What the mirror carries: keys of main-sheet columns, and which rows. */
export type Shared = { readonly columns: ReadonlySet<string>; readonly rows: 'public' | 'all' };

/** Everything a check may look at. */
export type Examining = {
  readonly ledger: Ledger;
  readonly states: readonly FindingState[];
  readonly summary: Summary;
  readonly reconciliations: readonly Reconciliation[];
  /** 通报数据 beside the ledger, for the checks on claims. */
  readonly claims: ClaimComparisons;
  readonly asOf: Day;
  /** A mirror is configured: the review columns come from there. */
  readonly mirrored: boolean;
  /** What travels to it, where that is known. */
  readonly shared: Shared | undefined;
  readonly evidence: EvidenceFacts | undefined;
  readonly previous: Previous | undefined;
  readonly identity: IdentityEvents;
};

/** What a check reports; the level is the check's own unless it says otherwise. */
export type Found = {
  readonly level?: Level;
  /** Where, what was found, what was expected. */
  readonly message: Text;
  /** What to do here, when it is more specific than the check's own remedy. */
  readonly remedy?: Text;
  readonly at: Place;
  readonly also?: readonly Place[];
  /** Cells it speaks of, `at` included; default 1 + also. */
  readonly count?: number;
  readonly found?: string;
  readonly expected?: string;
  readonly finding?: Finding;
  /** The row it belongs to, when it speaks of one row only; without it a finding's diagnostic shows on all its rows. */
  readonly row?: LedgerRow;
  /** Rows on which it is shown, when it is about several findings. */
  readonly rows?: readonly LedgerRow[];
  /** What distinguishes it from the check's other diagnostics, stable from run to run (no row numbers): goes into its id. */
  readonly object: string;
};

/** One check: self-describing, so that its test, its `explain` page and its row in the README come from here. */
export type Check = {
  /** kebab-case, stable. */
  readonly id: string;
  readonly level: Level;
  readonly title: Text;
  /** What it demands. */
  readonly about: Text;
  readonly why: Text;
  readonly remedy: Text;
  /**
   * A small workbook it reports: sheets as `## name` and tables; «…» marks the cell where the diagnostic stands.
   * A second table under `--- 正常` is the legitimate case that stays quiet. `--- 上次` is the workbook at the last
   * sync; `--- 文件夹` the evidence folder, `| file | fingerprint | fingerprint at the last sync |`.
   */
  readonly example: string;
  run(examining: Examining): Iterable<Found>;
};

/** Runs every check; one that crashes becomes one `internal` diagnostic and stops nothing. */
export function runChecks(
  checks: readonly Check[],
  examining: Examining,
  levels: Readonly<Partial<Record<string, Level | 'off'>>>,
): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const ids = new Set<string>();
  const inOwnWords = ownHeaders(examining.ledger);
  for (const check of checks) {
    const configured = levels[check.id];
    if (configured === 'off') continue;
    try {
      const own: Diagnostic[] = [];
      for (const found of check.run(examining)) own.push(inOwnWords(diagnosticOf(check, found, configured, ids)));
      for (const one of folded(own)) diagnostics.push(one);
    } catch (error) {
      diagnostics.push(internal(check, error, ids));
    }
  }
  return diagnostics;
}

/**
 * Checks speak of the standard columns; an office that calls 整改结果 完成情况 would look for them in vain. Where a
 * diagnostic stands in the main sheet, its sentences name the columns as that sheet does.
 */
function ownHeaders(ledger: Ledger): (one: Diagnostic) => Diagnostic {
  const { header } = ledger.main;
  const names = ledgerSheet.columns.flatMap(column => {
    const own = header.columns.get(column.key)?.header.replace(/\s+/gu, '');
    return own === undefined || own === '' || own === column.header.zh ? [] : [{ standard: column.header.zh, own }];
  });
  if (names.length === 0) return one => one;
  const renamed = ({ zh, en }: Text): Text => {
    let [inZh, inEn] = [zh, en];
    for (const { standard, own } of names) {
      inZh = inZh.replaceAll(`“${standard}”`, `“${own}”`);
      // In an English sentence a run of Han is a name, quoted or not.
      inEn = inEn.replace(new RegExp(`(?<!\\p{Script=Han})${standard}(?!\\p{Script=Han})`, 'gu'), () => own);
    }
    return text(inZh, inEn);
  };
  return one =>
    one.at.sheet === header.sheet.name ? { ...one, message: renamed(one.message), remedy: renamed(one.remedy) } : one;
}

/** Diagnostics of one check and level that are told one by one; a systematic fault beyond it is told once. */
const toldOneByOne = 200;

/** A fault that stands on hundreds of rows has one cause: the first in full, then one that counts and places the rest. */
function folded(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length <= toldOneByOne) return diagnostics;
  return (['error', 'warning', 'info'] as const).flatMap(level => {
    const same = diagnostics.filter(one => one.level === level);
    const [first, ...others] = same;
    if (first === undefined || same.length <= toldOneByOne) return same;
    const count = same.reduce((total, one) => total + one.count, 0);
    return [
      {
        ...first,
        message: text(
          `${first.message.zh}（同样的情况共${same.length}条，这里只写第一条，其余位置见“另见”和各行的系统提示）`,
          `${first.message.en} (${same.length} of the same kind; only the first is told, the others are placed under “also” and on their rows)`,
        ),
        also: others.map(one => one.at).slice(0, 50),
        count,
        shownOn: [...new Set(same.flatMap(one => one.shownOn))],
      },
    ];
  });
}

function diagnosticOf(check: Check, found: Found, configured: Level | undefined, ids: Set<string>): Diagnostic {
  const also = found.also ?? [];
  const rows = found.rows ?? (found.row === undefined ? (found.finding?.rows ?? []) : [found.row]);
  return {
    check: check.id,
    level: configured ?? found.level ?? check.level,
    id: uniqueId(`${check.id}|${found.object}`, ids),
    message: found.message,
    remedy: found.remedy ?? check.remedy,
    at: found.at,
    also: also.slice(0, 50),
    count: found.count ?? 1 + also.length,
    ...(found.found === undefined ? {} : { found: found.found }),
    ...(found.expected === undefined ? {} : { expected: found.expected }),
    ...(found.row === undefined || found.row.idText === '' ? {} : { row: found.row.idText }),
    ...(found.finding?.number === undefined ? {} : { finding: found.finding.number }),
    shownOn: rows.map(row => row.number),
    waived: false,
  };
}

function internal(check: Check, error: unknown, ids: Set<string>): Diagnostic {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    check: 'internal',
    level: 'error',
    id: uniqueId(`internal|${check.id}`, ids),
    message: text(
      `校验项“${check.title.zh}”没有运行完，其余校验不受影响（${reason}）`,
      `the check ${check.id} did not finish; the others did (${reason})`,
    ),
    remedy: text(
      '请把这句话发给程序维护人员；台账没有被改动',
      'please send this sentence to whoever maintains the program; the ledger was not changed',
    ),
    at: {},
    also: [],
    count: 1,
    shownOn: [],
    waived: false,
  };
}

/** Six letters and digits from a 32-bit FNV-1a hash: short enough to type into 核实说明, the same from run to run. */
function uniqueId(object: string, ids: Set<string>): string {
  for (let round = 0; ; round += 1) {
    const id = shortHash(round === 0 ? object : `${object}#${round}`);
    if (ids.has(id)) continue;
    ids.add(id);
    return id;
  }
}

function shortHash(written: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < written.length; i += 1) {
    hash ^= written.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0).toString(36).toUpperCase().padStart(7, '0').slice(-6);
}

/** The place of a main-sheet cell; the column's place in the header row when the sheet lacks that column's cell. */
export function cellPlace(ledger: Ledger, row: LedgerRow | undefined, key: KeyOf<typeof ledgerSheet>): Place {
  const { header } = ledger.main;
  const bound = header.columns.get(key);
  return {
    sheet: header.sheet.name,
    row: row?.number ?? header.row,
    ...(bound === undefined ? {} : { col: bound.col, header: bound.header }),
  };
}

/** Whether the main sheet has the column at all: a column that is not there silences what needs its cells. */
export function hasColumn(ledger: Ledger, key: KeyOf<typeof ledgerSheet>): boolean {
  return ledger.main.header.columns.has(key);
}

/** “第13个问题”, as people refer to a finding. */
export function findingName(finding: Finding): Text {
  return finding.number === undefined
    ? text(`“${shorten(finding.title, 16)}”`, `“${shorten(finding.title, 16)}”`)
    : text(`问题${finding.label}`, `finding ${finding.label}`);
}

/** The first characters of a text, with … when there are more. */
export function shorten(written: string, length: number): string {
  const letters = [...written.replace(/\s+/g, ' ').trim()];
  return letters.length <= length ? letters.join('') : `${letters.slice(0, length).join('')}…`;
}
