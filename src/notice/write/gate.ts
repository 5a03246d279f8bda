import type { Examined } from '../../examine.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import { type Text, text } from '../../model/text.js';
import { type Edition, prints, publishedFindings } from './edition.js';

/** What stands between a ledger and its notice. */
export type Standing = {
  /** What a notice needs and the ledger does not say. */
  readonly missing: readonly Text[];
  /** Diagnostics that touch figures, statuses or what is printed. */
  readonly blocking: readonly Diagnostic[];
  /** Everything else that is not verified: the notice does not depend on it. */
  readonly others: readonly Diagnostic[];
};

/** About the mirror and who may write where: none of it is in a notice. */
const aboutMirror: ReadonlySet<string> = new Set([
  'not-allowed-out',
  'mirror-open',
  'protection-missing',
  'conflict',
  'mass-change',
  'owned-cell-edited',
]);

export function standing(examined: Examined, edition: Edition): Standing {
  const printed = printedRows(examined, edition);
  const counted = examined.diagnostics.filter(one => !one.waived);
  const touches = (one: Diagnostic) => one.shownOn.length === 0 || one.shownOn.some(row => printed.has(row));
  const blocks = (one: Diagnostic) =>
    isOutdated(one) || (one.level === 'error' && !aboutMirror.has(one.check) && touches(one));
  return {
    missing: missingFrom(examined, edition),
    blocking: counted.filter(blocks),
    others: counted.filter(one => !blocks(one)),
  };
}

/** A 统计截止日期 that is out of date is a matter to look at in a ledger; in a notice it stands in front of every figure. */
function isOutdated(one: Diagnostic): boolean {
  return one.check === 'after-as-of' && one.at.header === '统计截止日期';
}

/** A row whose 公开范围 could not be read may be meant to be printed. */
function printedRows({ ledger }: Examined, edition: Edition): ReadonlySet<number> {
  return new Set(
    ledger.main.rows.filter(row => prints(row, edition) || row.bad.has('publicity')).map(row => row.number),
  );
}

function missingFrom(examined: Examined, edition: Edition): Text[] {
  const missing: Text[] = [];
  if ((examined.ledger.facts.values.unit ?? '').trim() === '')
    missing.push(
      text(
        '基本信息没有填“被巡察党组织”，标题和落款没有单位名称',
        '基本信息 does not name 被巡察党组织: title and signature lack the unit',
      ),
    );
  const blank = publishedFindings(examined, edition).filter(({ state }) => state.shown === 'blank');
  if (blank.length > 0) {
    const labels = blank.slice(0, 20).map(({ state }) => state.finding.label);
    const more = blank.length > labels.length ? `等${blank.length}个` : '';
    missing.push(
      text(
        `问题${labels.join('、')}${more}没有填“整改结果”`,
        `${blank.length} findings that are printed have no 整改结果: ${labels.join(', ')}`,
      ),
    );
  }
  return missing;
}
