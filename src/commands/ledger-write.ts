import { randomBytes } from 'node:crypto';
import { countLevels } from '../examine.js';
import { type Money, plain } from '../model/money.js';
import { isEmptyPlan, type Plan } from '../model/plan.js';
import type { Applied } from '../stores/store.js';
import { changesSince, isOverdue } from '../sync/changes.js';
import type { JournalEntry } from '../sync/journal.js';
import { memoryContent } from '../sync/memory.js';
import { journalOfOwnSheets, type OwnSheetEdit, ownSheetEdits, ownSheetsContent } from '../sync/own-sheets.js';
import { withAftermath } from '../sync/pending.js';
import { settleService } from '../sync/pending-service.js';
import { journalOf } from '../sync/plan-journal.js';
import type { Reviews } from '../sync/reviews.js';
import { trendEntry } from '../sync/trend.js';
import type { Changes, SettledConflict } from '../writeback/context.js';
import type { World } from './command.js';
import { shortName } from './output.js';
import { newRun } from './run-facts.js';
import type { Session } from './session.js';
import type { Study } from './study.js';
import { planFor, returnedTimes } from './writing.js';

/** Everything that is about to be written into the ledger, and what is remembered with it. */
export type Intended = {
  readonly studied: Study;
  readonly plan: Plan;
  readonly changes: Changes | undefined;
  /** 退回次数 by row id. */
  readonly returned: ReadonlyMap<string, number>;
  /** Cells of the program's sheets that a person had changed. */
  readonly typedOver: readonly OwnSheetEdit[];
};

export type Written = Intended & { readonly applied: Applied };

/** The plan of a study; with what the reviewers brought, when a mirror was asked. */
export async function intend(
  studied: Study,
  brought?: Reviews,
  conflicts: readonly SettledConflict[] = [],
): Promise<Intended> {
  const { memory, paths, state } = studied;
  const known = memory === undefined || memory === 'lost' ? undefined : memory;
  const changes = changesSince(known?.findings, known?.changes, studied.examined.states, studied.pairing.findings);
  const returned = returnedTimes(studied);
  const plan = planFor(studied, { changes, conflicts, returned });
  return {
    studied,
    changes,
    returned,
    typedOver: await ownSheetEdits(state.places(paths.ownSheets), studied.grid),
    plan:
      brought === undefined
        ? plan
        : { ...plan, columns: [...brought.columns, ...plan.columns], edits: [...brought.edits, ...plan.edits] },
  };
}

/** Writes the ledger, and with it the journal and what the next sync must know. `more`: further files of the state. */
export async function writeLedger(
  intended: Intended,
  session: Session,
  world: World,
  more: ReadonlyMap<string, string> = new Map(),
): Promise<Written> {
  const { studied, plan, typedOver } = intended;
  const { paths, grid } = studied;
  session.backupTo.folder = paths.backups;
  const entries = [
    ...journalOfOwnSheets(typedOver),
    ...(isEmptyPlan(plan) ? [] : [...journalOf(plan), standing(studied)]),
  ];
  // A file is known by its hash; what a service has written, by the name of the write.
  const token = session.store.wrote === undefined || isEmptyPlan(plan) ? undefined : randomBytes(6).toString('hex');
  // An earlier attempt of this very run may have arrived after all.
  await settleService(paths, session.source, session.store);
  const aftermath = (revision: string) => ({
    entries,
    files: new Map([
      ...more,
      [paths.ownSheets, ownSheetsContent(grid, plan)],
      [paths.memory, remembered(intended, revision, session)],
    ]),
  });
  const applied = await withAftermath(
    paths,
    newRun(world.env),
    aftermath,
    announce => session.store.apply(token === undefined ? plan : { ...plan, run: token }, announce),
    // A service's revision is not known beforehand.
    token === undefined ? undefined : { write: { address: session.source, token }, early: aftermath('') },
  );
  return { ...intended, applied };
}

/** How the ledger stands, for the trend. */
function standing({ examined }: Study): JournalEntry {
  const { asOf, summary, diagnostics } = examined;
  return trendEntry({
    asOf,
    byStatus: summary.all.by,
    due: money(summary.money.due),
    recovered: money(summary.money.recovered),
    outstanding: money(summary.money.outstanding),
    errors: countLevels(diagnostics).error,
  });
}

function money(figure: Money | 'unknown' | undefined): string | null {
  return figure === undefined || figure === 'unknown' ? null : plain(figure);
}

const nothingChanged: Changes = { added: [], done: [], closed: [], returned: [], newlyOverdue: [] };

function remembered({ studied, changes, returned }: Intended, revision: string, session: Session): string {
  const { examined, pairing, ledger, fingerprints, evidence } = studied;
  const { states, asOf } = examined;
  return memoryContent({
    source: shortName(session.source),
    revision,
    at: new Date().toISOString(),
    findings: states.map(state => ({
      id: pairing.findings[state.finding.index] ?? '',
      title: state.finding.title,
      label: state.finding.label,
      status: state.shown,
      due: money(state.money.due),
      recovered: money(state.money.recovered),
    })),
    rows: ledger.main.rows.map((row, index) => ({
      id: pairing.rows[index]?.id ?? '',
      finding: row.finding,
      fingerprint: fingerprints[index] ?? '',
      shown: row.data.result?.status ?? '',
      review: row.data.review ?? '',
    })),
    evidence: new Map(
      [...(evidence?.files ?? [])].flatMap(([name, { sha256 }]) =>
        sha256 === undefined ? [] : [[name, sha256] as const],
      ),
    ),
    returned,
    changes: {
      overdue: states.filter(isOverdue).map(state => pairing.findings[state.finding.index] ?? ''),
      asOf,
      changes: changes ?? nothingChanged,
    },
  });
}
