import type { EvidenceFacts, IdentityEvents, Previous, Shared } from '../checks/check.js';
import type { MirrorSettings } from '../config/settings.js';
import { type Examined, examine } from '../examine.js';
import type { Grid } from '../model/grid.js';
import { text } from '../model/text.js';
import { isLedger, type Ledger, type NotALedger, readLedger } from '../read/ledger.js';
import type { Belonging, Finding, LedgerRow } from '../read/main.js';
import { ledgerSheet } from '../sheets/ledger.js';
import { gatherEvidence } from '../stores/evidence.js';
import { StoreError } from '../stores/store.js';
import { newLedgerId } from '../sync/ids.js';
import { loadMemory, type Memory } from '../sync/memory.js';
import { mirrorColumns } from '../sync/mirror-shape.js';
import { type Foreseen, foreseeState } from '../sync/pending.js';
import { fingerprint, type Pairing, type PresentRow, pairRows } from '../sync/row-identity.js';
import { type StatePaths, statePaths } from '../sync/state-folder.js';
import { shortName } from './output.js';
import type { Session } from './session.js';

/** A ledger read and examined, with what earlier syncs knew of it and who each row is. */
export type Study = {
  readonly grid: Grid;
  readonly ledger: Ledger;
  readonly examined: Examined;
  readonly ledgerId: string;
  readonly paths: StatePaths;
  /** Where the state stands while a run that was cut off has still to bring its own in. */
  readonly state: Foreseen;
  /** undefined before the first sync; 'lost' when the ledger has an id but its state is gone. */
  readonly memory: Memory | 'lost' | undefined;
  readonly pairing: Pairing;
  /** Content fingerprints in the order of the rows. */
  readonly fingerprints: readonly string[];
  readonly evidence: EvidenceFacts | undefined;
};

/**
 * Store → Grid → Ledger → Examined.
 * @throws StoreError exit 2 `not-a-ledger` when no sheet has a ledger's header.
 */
export async function study(
  session: Session,
  given: {
    readonly grid?: Grid;
    readonly ledgerId?: string;
    readonly whenRead?: () => void;
    /** Called when it is known whose state is to be read, and before it is. */
    readonly beforeState?: (paths: StatePaths, revision: string) => Promise<void>;
    /** Ids of rows whose 审核状态 stands on the mirror: it is the reviewer's own word. */
    readonly reviewed?: ReadonlySet<string>;
  } = {},
): Promise<Study> {
  const grid = given.grid ?? (await session.store.read());
  given.whenRead?.();
  const { settings } = session;
  const options = { mappings: session.mappings, facts: settings.facts, asOf: settings.asOf };
  const asItStands = readLedger(grid, options);
  if (!isLedger(asItStands)) throw notALedger(asItStands, session.source);
  const ledgerId = grid.ledgerId ?? given.ledgerId ?? newLedgerId();
  const paths = statePaths(session.home, ledgerId);
  await given.beforeState?.(paths, grid.revision);
  const state = await foreseeState(paths, grid.revision);
  const memory = grid.ledgerId === undefined ? undefined : await loadMemory(...state.places(paths.memory));
  const known = memory === undefined || memory === 'lost' ? { findings: [], rows: [] } : memory;
  const firstPresent = presentRows(asItStands);
  const firstPairing = pairRows(known, asItStands.main.findings, firstPresent);
  // Rows that a sort has put under another finding count where they belong until a person has put them right.
  const belonging = belongingOf(asItStands, firstPairing);
  const reread = belonging.size === 0 ? asItStands : readLedger(grid, { ...options, belonging });
  const read = isLedger(reread) ? reread : asItStands;
  const present = read === asItStands ? firstPresent : presentRows(read);
  const pairing = belonging.size === 0 ? firstPairing : pairRows(known, read.main.findings, present);
  const fingerprints = present.map(row => row.fingerprint);
  const evidence = settings.evidenceRoot === undefined ? undefined : await gatherEvidence(read, settings.evidenceRoot);
  const examined = examine(read, {
    asOf: settings.asOf,
    levels: settings.checks,
    mirrored: settings.mirror !== undefined,
    shared: sharedOf(settings.mirror),
    evidence,
    previous:
      memory === undefined || memory === 'lost'
        ? undefined
        : previousOf(memory, closedNow(read, pairing, given.reviewed)),
    identity: identityEvents(read, pairing, asItStands, firstPairing),
  });
  return { grid, ledger: read, examined, ledgerId, paths, state, memory, pairing, fingerprints, evidence };
}

/** What travels to the mirror, for the checks that look at what leaves the house; undefined while nobody has said. */
function sharedOf(mirror: MirrorSettings | undefined): Shared | undefined {
  if (mirror?.columns === undefined || mirror.rows === undefined) return undefined;
  return { columns: new Set(mirrorColumns(mirror).map(column => column.key)), rows: mirror.rows };
}

const lasting = ['subFinding', 'measure'] as const;
const neverCompared = new Set<string>([...lasting, 'seq', 'focus', 'finding']);
const changing = ledgerSheet.columns
  .filter(column => column.owner === 'office' && !neverCompared.has(column.key))
  .map(column => column.key);

/** What a row says in its own cells; 序号, the finding and the program's cells are left out. */
function fingerprintOf(row: LedgerRow): string {
  return fingerprint(ownTexts(row, lasting), ownTexts(row, changing));
}

function ownTexts({ data, own }: LedgerRow, keys: readonly string[]): string[] {
  const values: Readonly<Record<string, unknown>> = data;
  const texts: string[] = [];
  for (const key of keys) {
    const value = values[key];
    texts.push(value === undefined || !own.has(key) ? '' : typeof value === 'string' ? value : asTyped(value));
  }
  return texts;
}

/** Values are shared by the rows that say the same. */
const typed = new WeakMap<object, string>();

/** A value as its cell shows it, where the value still knows. */
function asTyped(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let written = typed.get(value);
  if (written === undefined) {
    written = 'text' in value && typeof value.text === 'string' ? value.text : JSON.stringify(value);
    typed.set(value, written);
  }
  return written;
}

/** Rows closed on the mirror, by whom it should be, though no sync may have remembered it yet. */
function closedNow(ledger: Ledger, pairing: Pairing, reviewed: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  const closed = new Set<string>();
  if (reviewed.size === 0) return closed;
  for (const [index, row] of ledger.main.rows.entries()) {
    const id = pairing.rows[index]?.id;
    if (id !== undefined && reviewed.has(id) && row.data.review === 'closed') closed.add(id);
  }
  return closed;
}

function previousOf(memory: Memory, closed: ReadonlySet<string>): Previous {
  return {
    rows: new Map(
      memory.rows.map(row => {
        const finding = memory.findings[row.finding];
        return [
          row.id,
          {
            finding: finding?.id ?? '',
            findingTitle: finding?.title ?? '',
            shown: row.shown,
            review: closed.has(row.id) ? 'closed' : row.review,
          },
        ];
      }),
    ),
    findings: new Map(memory.findings.map(finding => [finding.id, { title: finding.title, label: finding.label }])),
    evidence: memory.evidence,
  };
}

function presentRows(ledger: Ledger): PresentRow[] {
  return ledger.main.rows.map(row => ({
    idCell: row.idText,
    fingerprint: fingerprintOf(row),
    finding: row.finding,
    named: row.own.has('finding'),
  }));
}

/** Rows whose finding is still in the ledger, though they stand under another. */
function belongingOf(ledger: Ledger, pairing: Pairing): Belonging {
  const belonging = new Map<number, Finding>();
  if (pairing.rows.every(row => row.moved === undefined)) return belonging;
  const { findings, rows } = ledger.main;
  const byId = new Map(pairing.findings.map((id, index) => [id, findings[index]]));
  for (const [index, row] of rows.entries()) {
    const { moved } = pairing.rows[index] ?? {};
    const home = moved === undefined ? undefined : byId.get(moved.from);
    if (home !== undefined) belonging.set(row.number, home);
  }
  return belonging;
}

/** What happened to rows: as they stand on the sheet, told of the rows as they count. */
function identityEvents(ledger: Ledger, pairing: Pairing, asItStands: Ledger, firstPairing: Pairing): IdentityEvents {
  const lost: { row: LedgerRow; id: string }[] = [];
  const moved: IdentityEvents['moved'][number][] = [];
  const titles = new Map(firstPairing.findings.map((id, index) => [id, asItStands.main.findings[index]?.title]));
  for (const [index, row] of ledger.main.rows.entries()) {
    const id = pairing.rows[index]?.id ?? '';
    if (pairing.rows[index]?.how === 'identity-lost') lost.push({ row, id });
    const stands = asItStands.main.rows[index];
    const was = firstPairing.rows[index]?.moved;
    if (stands === undefined || was === undefined) continue;
    const is = asItStands.main.findings[stands.finding]?.title ?? '';
    moved.push({ row, id, was: was.fromTitle ?? titles.get(was.from), is, kept: titles.has(was.from) });
  }
  return { lost, moved };
}

/** Exit 2: what was looked for, what came nearest, and how another layout is read. */
export function notALedger(read: NotALedger, source: string): StoreError {
  const name = shortName(source);
  const wanted = read.lookedFor.join('、');
  const best = read.best;
  const nearest =
    best === undefined
      ? text('没有一行像表头', 'no row looks like a header')
      : text(
          `最像表头的是“${best.sheet}”第${best.row}行，只认出：${best.found.join('、')}`,
          `the nearest is row ${best.row} of “${best.sheet}”, which names only: ${best.found.join(', ')}`,
        );
  return new StoreError(
    2,
    'not-a-ledger',
    text(
      `${name} 不像整改台账：要找的表头有${wanted}；${nearest.zh}。表样特殊的，写一份映射（哪张表、表头在第几行、哪一栏是什么；样子见程序的 mappings 文件夹），加 --mapping 读取`,
      `${name} is not a rectification ledger: looked for the headers ${wanted}; ${nearest.en}. For another layout write a mapping (which sheet, which row is the header, which column is what; see the folder mappings) and read it with --mapping`,
    ),
  );
}
