import type { Day, Span } from '../model/day.js';
import { text } from '../model/text.js';
import type { LedgerRow } from '../read/main.js';
import { cellPlace, type Examining, type Found, findingName } from './check.js';
import { datesIn, isImmediate, spanText, surelyBefore } from './dated.js';
import { narrativeOf } from './narrative.js';
import { once } from './once.js';

export type Old = {
  readonly row: LedgerRow;
  readonly key: 'measureDate' | 'progress' | 'measure';
  readonly spans: readonly Span[];
  readonly when: 'before-inspection' | 'before-feedback';
  readonly immediate: boolean;
};

/**
 * Dates at which a measure is said to have been taken, older than the inspection or the feedback. Where an item of the
 * text also names a day after the feedback, the older ones only tell how it came to that.
 */
export const oldDates = once((examining: Examining): readonly Old[] => [...collected(examining)]);

function* collected(examining: Examining): Iterable<Old> {
  const { inspectionFrom, feedback } = examining.ledger.facts.values;
  if (inspectionFrom === undefined && feedback === undefined) return;
  const whenOf = (span: Span): Old['when'] | undefined =>
    inspectionFrom !== undefined && surelyBefore(span, inspectionFrom.from)
      ? 'before-inspection'
      : feedback !== undefined && surelyBefore(span, feedback.from)
        ? 'before-feedback'
        : undefined;
  const newest: Day | undefined = feedback?.from ?? inspectionFrom?.from;
  for (const { finding, status } of examining.states) {
    if (status === 'withdrawn') continue;
    for (const row of finding.rows) {
      const dated = row.data.measureDate;
      const when = dated === undefined ? undefined : whenOf(dated);
      if (dated !== undefined && when !== undefined)
        yield { row, key: 'measureDate', spans: [dated], when, immediate: isImmediate(row) };
      const narrative = narrativeOf(row);
      if (narrative === undefined) continue;
      const items = datesIn(narrative.text, examining);
      if (items.length === 0) continue;
      const groups: { [W in Old['when']]: Span[] } = { 'before-inspection': [], 'before-feedback': [] };
      for (const item of items) {
        if (item.some(({ span }) => span.assumed === 'year' || (newest !== undefined && span.from >= newest))) continue;
        for (const { span } of item) {
          const told = whenOf(span);
          // What 措施日期 says is not said again.
          if (told !== undefined && !(dated !== undefined && dated.from === span.from)) groups[told].push(span);
        }
      }
      for (const told of ['before-inspection', 'before-feedback'] as const) {
        if (groups[told].length > 0)
          yield { row, key: narrative.key, spans: groups[told], when: told, immediate: isImmediate(row) };
      }
    }
  }
}

/** One diagnostic a cell. */
export function oldFound(
  examining: Examining,
  old: Old,
  level: 'error' | 'warning',
  words: { readonly zh: string; readonly en: string },
): Found {
  const finding = examining.ledger.main.findings[old.row.finding];
  const name = finding === undefined ? text('', '') : findingName(finding);
  const dates = old.spans.map(spanText);
  const written = old.spans.map(span => span.text.trim());
  return {
    level,
    message: text(
      old.key === 'measureDate'
        ? `${name.zh}的措施日期${dates.join('、')}${words.zh}`
        : `${name.zh}写到${written.map(one => `“${one}”`).join('、')}，${words.zh}`,
      `${name.en}: ${dates.join(', ')} ${words.en}`,
    ),
    at: cellPlace(examining.ledger, old.row, old.key),
    found: dates.join('、'),
    ...(finding === undefined ? {} : { finding }),
    row: old.row,
    object: `${finding?.label ?? ''}|${old.key}|${dates.join()}|${(old.row.data.measure ?? '').slice(0, 12)}`,
  };
}
