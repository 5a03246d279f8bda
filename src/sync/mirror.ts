import type { Diagnostic } from '../model/diagnostic.js';
import type { Grid } from '../model/grid.js';
import { type Edit, isEmptyPlan, type Plan, type SheetImage } from '../model/plan.js';
import { type Text, text } from '../model/text.js';
import type { Admitted, Dress, Lack } from '../stores/dress.js';
import { type Announce, type Calls, NO_CALLS, type Store, StoreError } from '../stores/store.js';
import { sheetName } from '../writeback/sheet-images.js';
import {
  type Agreed,
  type Conflict,
  needsDecision,
  type OfficeEdit,
  type OwnedCellEdit,
  type ReviewEdit,
} from './merge.js';
import { diagnostic } from './mirror-diagnostic.js';
import { mirrorDiagnostics } from './mirror-diagnostics.js';
import { layoutAfter, type MirrorLayout } from './mirror-layout.js';
import { type Choice, type Known, type Meeting, meet } from './mirror-meeting.js';
import { MIRROR_SHEET, planMirror } from './mirror-plan.js';
import { type MirrorContent, ROW_ID } from './mirror-shape.js';
import {
  NO_ROLLUP_EVENTS,
  type RollupEvents,
  type RollupTexts,
  rollupEditText,
  rollupEvents,
  rollupTexts,
} from './rollup-edits.js';

/** A mirror is any store; one that knows protection by person and the like can also be dressed. */
export type MirrorStore = Store & {
  readonly url?: string;
  /** The run that wrote last, as far as the sheet knows of runs: as it was read, or this one once it has written. */
  readonly lastRun?: string | undefined;
  missing?(dress: Dress): readonly Lack[];
  strangers?(listed: Admitted): Promise<readonly { readonly what: Text; readonly remedy: Text }[]>;
  applyDressed?(
    plan: Plan,
    dress: Dress,
    run: string,
  ): Promise<{ readonly notes: readonly Text[]; readonly backup?: string }>;
};

/** What the mirror brings, for the ledger to take in. */
export type Pulled = {
  readonly reviews: readonly ReviewEdit[];
  readonly decided: readonly OfficeEdit[];
  /** Conflicts that a person's choice settled in this run, for 修改不一致. */
  readonly settled: readonly Conflict[];
  /** Ids of rows whose 审核状态 stands on the mirror, whether it came in now or in a run that did not get to its end. */
  readonly reviewed: ReadonlySet<string>;
};

const NOTHING: Pulled = { reviews: [], decided: [], settled: [], reviewed: new Set() };

export type MirrorRun = Choice &
  Admitted & {
    readonly store: MirrorStore;
    readonly ledgerId: string;
    readonly agreed: Agreed | undefined;
    /** What an earlier sync was about to reach when it was cut off. */
    readonly coming?: Agreed | undefined;
    /** What the ledger last agreed on with another mirror; see MergeInput. */
    readonly elsewhere?: Agreed | undefined;
    /** How the sheet was laid out when it was last synced. */
    readonly layout?: MirrorLayout | undefined;
    /** Name of this run on the sheet, and the runs of this ledger that may have written last; none: not known. */
    readonly runId: string;
    readonly runs?: readonly string[] | undefined;
    /**
     * Keeps, beside what is agreed, the state that is about to be reached. Called before the ledger and before the mirror is
     * written, so that after a run that was killed in between no side's change is taken for the other's.
     * @param rollup the mirror's roll-up that is about to be written
     */
    readonly intend?: (coming: Agreed, rollup?: RollupTexts) => Promise<void>;
    /** What travels, as the ledger stands before anything is pulled. */
    readonly content: MirrorContent;
    /**
     * Takes the pulled cells into the ledger, writes the ledger, and gives what travels then. Called once, before the mirror
     * is written: killed in between, both sides hold the reviewer's words, and equal changes are no conflict.
     */
    readonly takeIn: (pulled: Pulled) => Promise<MirrorContent>;
    /** Called before the first write to a mirror that is new; throwing or giving false leaves the mirror alone. */
    readonly approveFirstPush?: () => Promise<boolean>;
    /** Called once the mirror was read: what a run that was cut off wrote there is told. */
    readonly recall?: () => Promise<void>;
    /** What is to be left in the state with this write of the mirror, done by `work`, or nothing (see withAftermath). */
    readonly leave?: <T extends { readonly revision: string }>(
      pushed: readonly Edit[],
      work: (announce: Announce) => Promise<T>,
    ) => Promise<T>;
    /** false: the mirror is read and the reviews are taken in, but nothing is pushed (`publish: when-clean` with errors). */
    readonly publish: (content: MirrorContent) => boolean;
  };

export type MirrorOutcome = {
  /** decision: a conflict or mass change waits for a person; nothing was written on either side. */
  readonly state: 'done' | 'decision' | 'held';
  readonly pulled: Pulled;
  readonly pushed: readonly Edit[];
  /** Whether anything was written on the mirror: its roll-up, protection and the like included. */
  readonly touched: boolean;
  /** Rows written for the first time. */
  readonly newRows: number;
  readonly conflicts: readonly Conflict[];
  /** How many mass changes wait for a person. */
  readonly massChanges: number;
  /** Where the rows stand in the ledger. */
  readonly places: MirrorContent['places'];
  readonly ownedCellEdits: readonly OwnedCellEdit[];
  readonly diagnostics: readonly Diagnostic[];
  /** What happened on the sheet while it was written. */
  readonly notes: readonly Text[];
  /** To be kept as the last agreed state; undefined when nothing was settled. */
  readonly agreed: Agreed | undefined;
  /** To be kept with it. */
  readonly layout: MirrorLayout | undefined;
  readonly calls: Calls;
  readonly backup?: string;
};

/** What a sync would do with the mirror, as it now stands. */
export type Foreseen = {
  /** A conflict or mass change waits for a person: the sync would write nothing. */
  readonly decision: boolean;
  readonly pulled: Pulled;
  /** What would be written on the mirror. */
  readonly plan: Plan;
  readonly newRows: number;
  readonly conflicts: readonly Conflict[];
  readonly massChanges: number;
  readonly places: MirrorContent['places'];
  readonly diagnostics: readonly Diagnostic[];
};

/**
 * The dry run: one read, nothing written anywhere.
 * @param run `takeIn` gives what would travel with the pulled cells in the ledger, and writes nothing either
 * @throws StoreError as `syncMirror`
 */
export async function foreseeMirror(
  run: Pick<MirrorRun, 'store' | 'ledgerId' | keyof Known | 'content' | keyof Choice | 'takeIn' | keyof Admitted>,
): Promise<Foreseen> {
  const grid = await readMirror(run.store, run.ledgerId);
  const first = meet(grid, run.content, run, choiceOf(run));
  const pulled = pulledBy(first);
  const { plan } = planned(run, grid, await run.takeIn(pulled), first);
  return {
    decision: needsDecision(first.merged),
    pulled,
    plan,
    newRows: first.merged.newRows.length,
    conflicts: first.merged.conflicts,
    massChanges: first.merged.massChanges.length,
    places: run.content.places,
    diagnostics: mirrorDiagnostics(first, run.content, needsDecision(first.merged) ? 'nowhere' : 'both'),
  };
}

function choiceOf({ onConflict, acceptMassChange, sourceHolds }: Choice): Choice {
  return { onConflict, acceptMassChange, sourceHolds };
}

function pulledBy({ merged }: Meeting): Pulled {
  const reviewed = new Set<string>();
  for (const [row, cells] of merged.agreed) if ((cells.get('review') ?? '') !== '') reviewed.add(row);
  return { reviews: merged.toSource, decided: merged.toSourceByDecision, settled: merged.conflicts, reviewed };
}

/** What is to be written on the mirror once the ledger has taken in what came. */
function planned(
  run: Pick<MirrorRun, 'store' | 'ledgerId' | keyof Known | 'content' | keyof Choice | keyof Admitted>,
  grid: Grid,
  content: MirrorContent,
  first: Meeting,
): { readonly meeting: Meeting; readonly plan: Plan; readonly dress: Dress; readonly rollup: SheetImage } {
  // The guards were passed; what the ledger computed anew from the reviews is no mass change of anybody's.
  const meeting =
    content === run.content ? first : meet(grid, content, run, { ...choiceOf(run), acceptMassChange: true });
  const { plan, dress, rollup } = planMirror(grid, meeting, content, {
    ledgerId: run.ledgerId,
    others: [...run.reviewers, ...run.readers],
    bodyLooks: run.store.applyDressed === undefined,
  });
  return { meeting, plan, dress, rollup };
}

async function readMirror(store: MirrorStore, ledgerId: string): Promise<Grid> {
  const grid = await store.read();
  if (grid.ledgerId !== undefined && grid.ledgerId !== ledgerId) throw anotherLedger(store);
  return grid;
}

/**
 * Mirror and ledger brought together: one read, the reviewer's words into the ledger, at most one write.
 * @throws StoreError: the mirror cannot be read (4), belongs to another ledger (3), or kept changing under us (3).
 */
export async function syncMirror(run: MirrorRun): Promise<MirrorOutcome> {
  const { store } = run;
  const grid = await readMirror(store, run.ledgerId);
  await run.recall?.();
  const first = meet(grid, run.content, run, choiceOf(run));
  const pulled = pulledBy(first);
  if (needsDecision(first.merged)) {
    return outcome(run, first, { state: 'decision', pulled: NOTHING });
  }
  if (pulled.reviews.length + pulled.decided.length > 0) await run.intend?.(first.merged.agreed);
  const content = await run.takeIn(pulled);
  const { meeting: second, plan, dress, rollup } = planned(run, grid, content, first);
  const bare = store.missing?.(dress) ?? [];
  const copy = anotherCopy(store, run);
  // What another copy of the ledger wrote was typed by nobody.
  const typed = copy.length > 0 ? NO_ROLLUP_EVENTS : rollupEvents(grid, run.layout?.rollup ?? [], rollup);
  const found = {
    pulled,
    extra: [...copy, ...(await openTo(store, run))],
    conflicts: first.merged.conflicts,
    ownedCellEdits: first.merged.ownedCellEdits,
  };
  const approved = second.sheet !== undefined || run.approveFirstPush === undefined || (await run.approveFirstPush());
  if (!approved || !run.publish(content)) {
    const extra = [...found.extra, ...lacks(bare, false)];
    return outcome(run, first, { ...found, extra, state: 'held' });
  }
  if (!isEmptyPlan(plan)) await run.intend?.(second.merged.agreed, rollupTexts(rollup));
  const applied = await push(run, plan, dress, typed.edits);
  return outcome(run, first, {
    ...found,
    extra: [...found.extra, ...lacks(bare, true), ...typedOver(typed, rollup)],
    state: 'done',
    pushed: plan.edits,
    newRows: second.merged.newRows.length,
    notes: applied.notes,
    touched: applied.touched,
    agreed: second.merged.agreed,
    layout: {
      ...layoutAfter(second.layout ?? newLayout(grid, second), second.headerRow, second.at.get(ROW_ID), plan),
      rollup: [rollupTexts(rollup)],
    },
    ...(applied.backup === undefined ? {} : { backup: applied.backup }),
  });
}

/** Of a sheet that this sync makes: below the headers the rows in the order of the ledger. */
function newLayout(grid: Grid, { merged }: Meeting): MirrorLayout {
  return {
    title: sheetName(grid, 'mirror', MIRROR_SHEET),
    headers: [],
    rows: merged.newRows.map(({ id }, index) => [id, index + 2]),
    copies: [],
  };
}

/** A dressed store looks for itself whether anything of its dress is missing; a plain one has only the plan. */
async function push(
  { store, runId, leave = (_, work) => work(async () => {}) }: MirrorRun,
  plan: Plan,
  dress: Dress,
  typed: readonly Edit[],
): Promise<{ notes: readonly Text[]; touched: boolean; backup?: string }> {
  const overwritten = [...plan.edits, ...typed];
  const dressed = store.applyDressed?.bind(store);
  // Nobody asks for the revision of a dressed mirror: what is left in the state does not name it.
  if (dressed !== undefined) {
    const before = store.calls?.write ?? 0;
    const { notes, backup } = await leave(overwritten, async () => ({
      revision: '',
      ...(await dressed(plan, dress, runId)),
    }));
    const touched = (store.calls?.write ?? 0) > before;
    return { notes, touched, ...(backup === undefined ? {} : { backup }) };
  }
  if (isEmptyPlan(plan)) return { notes: [], touched: false };
  const { backup } = await leave(overwritten, announce => store.apply({ ...plan, run: runId }, announce));
  return { notes: [], touched: true, ...(backup === undefined ? {} : { backup }) };
}

const WRITES = { decision: 'nowhere', held: 'ledger', done: 'both' } as const;

type Parts = Partial<Omit<MirrorOutcome, 'diagnostics' | 'calls'>> & {
  readonly state: MirrorOutcome['state'];
  readonly extra?: readonly Diagnostic[];
};

function outcome(run: MirrorRun, meeting: Meeting, { extra = [], ...parts }: Parts): MirrorOutcome {
  return {
    pulled: NOTHING,
    pushed: [],
    touched: false,
    newRows: 0,
    conflicts: meeting.merged.conflicts,
    massChanges: meeting.merged.massChanges.length,
    places: run.content.places,
    ownedCellEdits: meeting.merged.ownedCellEdits,
    notes: [],
    agreed: undefined,
    layout: undefined,
    ...parts,
    diagnostics: [...mirrorDiagnostics(meeting, run.content, WRITES[parts.state]), ...extra],
    calls: run.store.calls ?? NO_CALLS,
  };
}

/** Who can open the mirror and should not. That this could not be asked stops no sync, and is said. */
async function openTo(store: MirrorStore, { reviewers, readers }: Admitted): Promise<Diagnostic[]> {
  if (store.strangers === undefined) return [];
  try {
    const strangers = await store.strangers({ reviewers, readers });
    return strangers.map(({ what, remedy }) =>
      diagnostic('mirror-open', 'error', what.zh, { at: {}, message: what, remedy }),
    );
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const remedy = { zh: '运行 ledger doctor 查看原因', en: 'run ledger doctor for the reason' };
    const message = {
      zh: `没能核对谁可以打开共享表：${error.text.zh}`,
      en: `could not see who can open the mirror: ${error.text.en}`,
    };
    return [diagnostic('mirror-open', 'warning', 'unknown', { at: {}, message, remedy })];
  }
}

/** Two copies of one ledger that sync with one mirror put back each other's changes. */
function anotherCopy({ lastRun }: MirrorStore, { runs }: MirrorRun): Diagnostic[] {
  if (lastRun === undefined || runs === undefined || runs.length === 0 || runs.includes(lastRun)) return [];
  return [
    diagnostic('mirror-two-ledgers', 'warning', 'copy', {
      at: {},
      message: text(
        '上次同步之后，另有一份台账（别的电脑或别的文件夹里的副本）也写过这张共享表；两份内容不同的地方，后同步的会盖掉先同步的',
        'since the last sync another copy of this ledger (another computer or folder) has written to the mirror; where the two differ, each puts back the other’s',
      ),
      remedy: text('请确定一份作准，只用它同步', 'settle on one copy and sync with that one only'),
    }),
  ];
}

/** @param mended whether this sync put it back */
function lacks(bare: readonly Lack[], mended: boolean): Diagnostic[] {
  return bare.flatMap(({ kind, text: message }, index) => {
    if (kind === 'protection') {
      const remedy = mended
        ? text(
            '本次同步已补上；如反复出现，请表格所有者不要取消保护',
            'this sync put it back; if it happens again, ask the owner of the sheet to leave the protection on',
          )
        : text(
            '共享表这次没有更新，保护还没有补上；能更新时会补上，急的请表格所有者先恢复',
            'the mirror was not updated this time, so it is still missing; the next push puts it back, or let the owner do it now',
          );
      return [diagnostic('protection-missing', 'error', String(index), { at: {}, message, remedy })];
    }
    if (!mended) return [];
    return [diagnostic('mirror-restored', 'warning', kind, { at: {}, message, remedy: NOTHING_TO_DO })];
  });
}

const NOTHING_TO_DO = text('不用处理', 'nothing to do');

/** Typed cells named in one sentence; the rest is counted. */
const NAMED = 5;

/** What people did to the mirror's roll-up, which is the program's. */
function typedOver({ gone, edits }: RollupEvents, rollup: SheetImage): Diagnostic[] {
  const name = edits[0]?.at.sheet ?? rollup.name;
  if (gone) {
    const message = text(
      `共享表的“${name}”工作表被删除，已重新生成`,
      `the tab ${name} of the mirror was deleted and was made anew`,
    );
    return [diagnostic('mirror-restored', 'warning', 'rollup', { at: {}, message, remedy: NOTHING_TO_DO })];
  }
  if (edits.length === 0) return [];
  const named = edits.slice(0, NAMED).map(rollupEditText).join('、');
  const more = edits.length > NAMED ? text(`等 ${edits.length} 格`, ` and ${edits.length - NAMED} more`) : text('', '');
  return [
    diagnostic('owned-cell-edited', 'warning', 'rollup', {
      at: {},
      count: edits.length,
      message: text(
        `共享表的“${name}”由系统生成，有 ${edits.length} 格被改过，已恢复，改动记入同步记录：${named}${more.zh}`,
        `${edits.length} cell(s) of ${name} on the mirror, which the program writes, had been changed and were put back; the edits are in the journal: ${named}${more.en}`,
      ),
      remedy: text('需要改数的，请改台账再同步', 'change the ledger and sync'),
    }),
  ];
}

function anotherLedger(store: MirrorStore): StoreError {
  return new StoreError(3, 'other-ledger', {
    zh: `共享表（${store.address}）属于另一份台账，没有写入。请核对设置 mirror.to，或为本台账新建一张共享表。`,
    en: `The mirror (${store.address}) belongs to another ledger; nothing was written. Check mirror.to, or create a new mirror for this ledger.`,
  });
}
