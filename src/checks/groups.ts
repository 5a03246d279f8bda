import { type Text, text } from '../model/text.js';
import type { Described } from './elsewhere.js';

/** Diagnostics that ask for the same kind of work: the list of `ledger explain` and the manuals are read by that. */
export type Group = { readonly title: Text; readonly ids: readonly string[] };

const groups: readonly Group[] = [
  {
    title: text('缺的补上', 'Fill in what is missing'),
    ids: [
      'missing-column',
      'no-measure',
      'fewer-measures',
      'no-leader',
      'no-department',
      'no-deadline',
      'done-without-evidence',
      'long-term-no-review',
      'period-missing',
      'facts-missing',
      'publicity-blank',
    ],
  },
  {
    title: text('换个写法，让程序读得懂', 'Write it so that it can be read'),
    ids: [
      'not-a-ledger',
      'other-ledger',
      'unreadable-cell',
      'unknown-status',
      'duplicate-column',
      'amount-as-text',
      'assumed-date',
      'assumed-unit',
      'blank-row',
      'truncated-text',
    ],
  },
  {
    title: text('对照反馈意见：漏没漏、重没重', 'Compare with the feedback: nothing lost, nothing twice'),
    ids: ['finding-number', 'section-number', 'marker-gap', 'unknown-reference', 'copied-measure'],
  },
  {
    title: text('排序、改序号以后', 'After sorting or renumbering'),
    ids: ['row-moved', 'reference-moved', 'identity-lost'],
  },
  {
    title: text('对照凭证：钱对不对', 'Compare with the vouchers: money'),
    ids: [
      'total-mismatch',
      'repeated-amount',
      'recovered-exceeds-due',
      'mixed-units',
      'suspicious-scale',
      'negative-amount',
      'recovery-to-unit-account',
      'recovery-before-feedback',
    ],
  },
  {
    title: text('写了“已完成”：站不站得住', 'It says 已完成: does it hold'),
    ids: [
      'done-money-outstanding',
      'done-not-delivered',
      'done-on-old-measures',
      'done-undated',
      'effort-only',
      'promise-in-done',
      'nothing-verifiable',
      'result-repeats-measure',
    ],
  },
  {
    title: text('日期和时限', 'Dates and deadlines'),
    ids: [
      'date-order',
      'measure-before-inspection',
      'measure-before-feedback',
      'outside-period',
      'after-as-of',
      'overdue',
      'due-soon',
    ],
  },
  {
    title: text('要公布的数（通报数据）', 'Figures to be published (通报数据)'),
    ids: [
      'claim-mismatch',
      'due-counted-as-recovered',
      'untraced-money',
      'unreported-outstanding',
      'claim-untraceable',
      'claim-missing',
    ],
  },
  {
    title: text('佐证材料', 'Evidence'),
    ids: ['evidence-missing', 'evidence-changed', 'evidence-overused'],
  },
  {
    title: text('审核、销号、核实说明', 'Review, closing, exceptions'),
    ids: ['closed-by-office', 'status-transition', 'exception-expired'],
  },
  {
    title: text('公开和共享', 'Publishing and sharing'),
    ids: [
      'private-data',
      'not-allowed-out',
      'mirror-open',
      'protection-missing',
      'conflict',
      'mass-change',
      'owned-cell-edited',
      'mirror-own-row',
      'mirror-restored',
      'mirror-changed',
      'mirror-text-cut',
      'mirror-two-ledgers',
      'mirror-state-lost',
    ],
  },
  {
    title: text('通报稿', 'A draft notice'),
    ids: [
      'rate-mismatch',
      'nested-count',
      'claim-conflict',
      'status-conflict',
      'unfinished-nowhere',
      'unplaced-line',
      'notice-finding-unknown',
      'notice-finding-missing',
      'notice-not-public',
      'notice-status-differs',
      'notice-amount-differs',
      'notice-policy-unknown',
      'notice-figure-unknown',
      'notice-date-differs',
    ],
  },
];

/** Every check in its group, in the order above; what no group names (a new one, the program's own fault) comes last. */
export function grouped<C extends Described>(all: readonly C[]): { readonly title: Text; readonly checks: C[] }[] {
  const byId = new Map(all.map(check => [check.id, check]));
  const placed = groups.map(group => ({
    title: group.title,
    checks: group.ids.flatMap(id => {
      const check = byId.get(id);
      byId.delete(id);
      return check === undefined ? [] : [check];
    }),
  }));
  return [...placed, { title: text('其他', 'Other'), checks: [...byId.values()] }].filter(
    group => group.checks.length > 0,
  );
}
