import { type Lang, text } from '../model/text.js';
import { ledgerSheet } from '../sheets/ledger.js';
import type { Conflict } from '../sync/merge.js';
import type { Foreseen, MirrorOutcome } from '../sync/mirror.js';
import { canonical } from '../sync/value.js';
import type { World } from './command.js';
import type { Mirrored } from './mirroring.js';
import type { Session } from './session.js';
import { callsText } from './sync-words.js';

/** The name of a column by its key. */
export function header(key: string): string {
  return ledgerSheet.columns.find(column => column.key === key)?.header.zh ?? key;
}

function conflictDocument(one: Conflict): object {
  return {
    row: one.row,
    header: header(one.column),
    agreed: one.agreed,
    source: canonical(one.source),
    mirror: canonical(one.mirror),
    decision: one.decision ?? null,
  };
}

/** What a dry run says of the mirror in the JSON document. */
export function foreseenDocument({ decision, pulled, plan, newRows, conflicts }: Foreseen): object {
  return {
    mirror: {
      state: decision ? 'decision' : 'preview',
      pulled: pulled.reviews.length,
      pushed: plan.edits.length,
      newRows,
      conflicts: conflicts.map(conflictDocument),
    },
  };
}

/** What the mirror adds to the JSON document. */
export function mirrorDocument({ outcome, url }: Mirrored, lang: Lang): object {
  return {
    mirror: {
      state: outcome.state,
      ...(url === undefined ? {} : { url }),
      pulled: cameIn(outcome),
      pushed: outcome.pushed.length,
      newRows: outcome.newRows,
      conflicts: outcome.conflicts.map(conflictDocument),
      restored: outcome.ownedCellEdits.length,
      ...(outcome.notes.length === 0 ? {} : { notes: outcome.notes.map(note => note[lang]) }),
      calls: outcome.calls,
    },
  };
}

/** What a person has to decide; with no conflict it is a mass change. */
type Waiting = Pick<MirrorOutcome, 'conflicts' | 'places' | 'massChanges'>;

/** Both values of each conflict, and how to decide. */
export function sayDecision({ conflicts, places, massChanges }: Waiting, lang: Lang, world: World): void {
  for (const one of conflicts) {
    const place = places.get(one.row);
    const where =
      place === undefined
        ? text(`行 ${one.row}`, `row ${one.row}`)
        : text(`问题${place.finding}（第${place.row}行）`, `finding ${place.finding} (row ${place.row})`);
    world.say(
      text(
        `  ${where.zh}“${header(one.column)}”：台账写“${canonical(one.source)}”，共享表写“${canonical(one.mirror)}”`,
        `  ${where.en} “${header(one.column)}”: ledger “${canonical(one.source)}”, mirror “${canonical(one.mirror)}”`,
      )[lang],
    );
  }
  if (conflicts.some(one => one.decision === undefined))
    world.say(
      text(
        '以台账为准加 --on-conflict source，以共享表为准加 --on-conflict mirror',
        'Add --on-conflict source or --on-conflict mirror to decide',
      )[lang],
    );
  if (massChanges > 0)
    world.say(
      text('大批改动确属有意加 --accept-mass-change', 'Add --accept-mass-change if the mass change is meant')[lang],
    );
}

/** Cells that the reviewers wrote; what was only put back to their word is told by itself. */
function cameIn({ pulled }: MirrorOutcome): number {
  return pulled.reviews.filter(one => one.why !== 'restored').length;
}

export function sayMirrored({ outcome, url }: Mirrored, session: Session, world: World): void {
  const { lang } = session.settings;
  for (const note of outcome.notes) world.say(note[lang]);
  const counted = callsText(outcome.calls);
  if (outcome.state === 'decision') {
    world.say(
      outcome.conflicts.some(one => one.decision === undefined)
        ? text(
            '共享表和台账两边都改过，需要您决定；台账和共享表都没有写',
            'Ledger and mirror were both changed; a decision is needed and nothing was written',
          )[lang]
        : text(
            '一下子改动太多，需要您确认；台账和共享表都没有写',
            'Too much changed at once; a decision is needed and nothing was written',
          )[lang],
    );
    sayDecision(outcome, lang, world);
    return;
  }
  const pulled = cameIn(outcome);
  if (outcome.state === 'held') {
    world.say(
      text(
        `共享表没有更新；从共享表取回审核意见 ${pulled} 格`,
        `The mirror was not updated; ${pulled} review cells were taken in`,
      )[lang] + counted[lang],
    );
    return;
  }
  const pushed = outcome.pushed.length;
  const rows =
    outcome.newRows === 0 ? text('', '') : text(`、新行 ${outcome.newRows} 行`, `, ${outcome.newRows} new rows`);
  const rest =
    outcome.touched && pushed === 0 && outcome.newRows === 0
      ? text('，汇总、保护等有更新', ', and the roll-up, protection or the like')
      : text('', '');
  world.say(
    pushed === 0 && pulled === 0 && outcome.newRows === 0 && !outcome.touched
      ? text('共享表已经是最新的', 'The mirror is up to date')[lang] + counted[lang]
      : text(
          `共享表：取回审核 ${pulled} 格，更新 ${pushed} 格${rows.zh}${rest.zh}`,
          `Mirror: ${pulled} review cells taken in, ${pushed} cells updated${rows.en}${rest.en}`,
        )[lang] + counted[lang],
  );
  if (url !== undefined && world.terminal) world.say(url);
}
