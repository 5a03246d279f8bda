import { cellPlace, shorten } from '../../../checks/check.js';
import { statusNames } from '../../../i18n/statuses.js';
import { text } from '../../../model/text.js';
import type { FindingState, ShownStatus } from '../../../reconcile/state.js';
import type { NoticeStatus } from '../../parsed.js';
import { statusNames as written } from '../../to-ledger.js';
import { type Remark, remark } from '../linting.js';
import type { Comparing } from './comparing.js';
import type { Pair } from './pairs.js';

/** Which findings stand in the notice and which should, and how far each is said to be. */
export function* findingsAgainst(comparing: Comparing): Iterable<Remark> {
  const { linting, examined, pairs } = comparing;
  for (const finding of pairs.unknown) {
    yield remark(linting, 'notice-finding-unknown', 'error', `${finding.line}`, {
      line: finding.line,
      words: finding.title,
      finding: finding.number,
      message: text(
        `问题${finding.number}“${shorten(finding.title, 24)}”台账里没有`,
        `finding ${finding.number} is not in the ledger`,
      ),
      remedy: text(
        '在台账里登记，或从通报里删去；只是说法不同的，改成和台账一致',
        'list it in the ledger, take it out, or word it as the ledger does',
      ),
    });
  }
  yield* publicity(comparing);
  const { ledger } = examined;
  for (const pair of pairs.pairs) {
    const remarks = statusOf(pair, comparing);
    if (remarks !== undefined) {
      const also = [cellPlace(ledger, pair.state.finding.first, 'result')];
      yield { ...remarks, diagnostic: { ...remarks.diagnostic, also } };
    }
  }
}

function* publicity({ linting, examined, pairs }: Comparing): Iterable<Remark> {
  const { ledger, states } = examined;
  const line = linting.parsed.sections[0]?.line ?? 1;
  if (states.every(({ finding }) => finding.rows.every(row => row.data.publicity === undefined))) {
    yield remark(linting, 'publicity-blank', 'info', 'all', {
      line,
      message: text(
        '台账没有填“公开范围”，没有核对哪些问题该公开、哪些不该公开',
        'the ledger does not say what is to be published; that was not compared',
      ),
      remedy: text('在台账里填公开范围，再核对一次', 'fill 公开范围 and compare again'),
    });
    return;
  }
  const internal = linting.edition === 'internal';
  for (const state of pairs.absent) {
    if (openTo(state) !== 'public') continue;
    const found = remark(linting, 'notice-finding-missing', 'error', state.finding.label, {
      line,
      ...(state.finding.number === undefined ? {} : { finding: state.finding.number }),
      message: text(
        `台账问题${state.finding.label}“${shorten(state.finding.title, 24)}”是社会公开的，通报里没有`,
        `finding ${state.finding.label} of the ledger is public and not in the notice`,
      ),
      remedy: text(
        '补进通报；确实不公开的，先在台账里改“公开范围”',
        'add it; if it is not to be published, change 公开范围 first',
      ),
    });
    const also = [cellPlace(ledger, state.finding.first, 'publicity')];
    yield { ...found, diagnostic: { ...found.diagnostic, also } };
  }
  for (const { told, state } of pairs.pairs) {
    const open = openTo(state);
    if (open === 'public' || (open === 'party' && internal)) continue;
    const shown = { party: '党内通报', none: '不公开', blank: '空白' }[open];
    const found = remark(linting, 'notice-not-public', open === 'blank' ? 'warning' : 'error', `${told.line}`, {
      line: told.line,
      words: told.title,
      finding: told.number,
      found: shown,
      expected: '社会公开',
      message: text(
        `问题${told.number}“${shorten(told.title, 24)}”在台账里的公开范围是${shown}（台账问题${state.finding.label}）`,
        `finding ${told.number} is not public in the ledger (finding ${state.finding.label})`,
      ),
      remedy: text(
        '从通报里删去；确可公开的，先在台账里改“公开范围”',
        'take it out; if it may be published, change 公开范围 first',
      ),
    });
    const also = [cellPlace(ledger, state.finding.first, 'publicity')];
    yield { ...found, diagnostic: { ...found.diagnostic, also } };
  }
}

/** To whom a finding is open: the widest of its rows. */
function openTo({ finding }: FindingState): 'public' | 'party' | 'none' | 'blank' {
  const all = new Set(finding.rows.map(row => row.data.publicity));
  if (all.has('public')) return 'public';
  if (all.has('party')) return 'party';
  return all.has('none') ? 'none' : 'blank';
}

function statusOf({ told, state }: Pair, { linting }: Comparing): Remark | undefined {
  const { status } = told;
  if (status === undefined || state.shown === 'unknown') return undefined;
  if (agree(status, told.longTerm, state)) return undefined;
  const known = statusNames[state.shown].zh;
  return remark(linting, 'notice-status-differs', 'error', `${told.line}`, {
    line: told.statusLine ?? told.line,
    words: told.statusText,
    finding: told.number,
    found: written[status],
    expected: known,
    message: text(
      `问题${told.number}写“${written[status]}”，台账的问题状态是“${known}”（台账问题${state.finding.label}）`,
      `finding ${told.number}: ${status} in the notice, ${statusNames[state.shown].en} in the ledger`,
    ),
    remedy: text(
      '以台账为准改正；台账该更新的，先更新并同步',
      'correct it by the ledger, or update and sync the ledger first',
    ),
  });
}

const means: { readonly [S in ShownStatus]: NoticeStatus | undefined } = {
  'not-started': 'not-started',
  'in-progress': 'in-progress',
  'mostly-done': 'mostly-done',
  'long-term': 'long-term',
  done: 'done',
  'awaiting-review': 'done',
  closed: 'done',
  withdrawn: 'withdrawn',
  blank: undefined,
  unknown: undefined,
};

/** 已完成并长期坚持 may be called either in a notice. */
function agree(status: NoticeStatus, longTerm: boolean, state: FindingState): boolean {
  const known = means[state.shown];
  if (known === status) return true;
  return known === 'done' && state.longTerm && status === 'long-term' ? true : known === 'long-term' && longTerm;
}
