import { statusNames } from '../i18n/statuses.js';
import { type Text, text } from '../model/text.js';
import type { ShownStatus } from '../reconcile/state.js';
import type { Tally } from '../reconcile/summary.js';
import type { Fill } from './charts.js';
import { html, type Markup } from './markup.js';

/** Statuses that are drawn as one part of a bar, from finished to not begun. 已完成 counts as the rates count it. */
export const barParts: readonly {
  readonly name: Text;
  readonly fill: Fill;
  readonly of: (tally: Tally) => number;
}[] = [
  { name: text('已完成', 'done'), fill: 'done', of: tally => tally.done },
  { name: statusNames['mostly-done'], fill: 'mostly', of: ({ by }) => by['mostly-done'] },
  { name: statusNames['long-term'], fill: 'long', of: ({ by }) => by['long-term'] },
  { name: statusNames['in-progress'], fill: 'going', of: ({ by }) => by['in-progress'] },
  { name: statusNames['not-started'], fill: 'not', of: ({ by }) => by['not-started'] },
  { name: text('未填或无法识别', 'blank or unreadable'), fill: 'blank', of: ({ by }) => by.blank + by.unknown },
  { name: statusNames.withdrawn, fill: 'out', of: ({ by }) => by.withdrawn },
];

const fills: { readonly [S in ShownStatus]: Fill } = {
  'not-started': 'not',
  'in-progress': 'going',
  'mostly-done': 'mostly',
  'long-term': 'long',
  done: 'done',
  'awaiting-review': 'done',
  closed: 'done',
  withdrawn: 'out',
  blank: 'blank',
  unknown: 'blank',
};

/** A status as a coloured word: the colour repeats what the word says. */
export function statusTag(status: ShownStatus, name: string): Markup {
  return html`<span class="tag t-${fills[status]}">${name}</span>`;
}

/** The legend of a chart, as text. */
export function legend(parts: readonly { readonly name: string; readonly fill: Fill }[]): Markup {
  return html`<ul class="keys">${parts.map(({ name, fill }) => html`<li><i class="f-${fill}"></i>${name}</li>`)}</ul>`;
}

/** A chart in the two widths in which it is shown, as one picture to a screen reader. */
export function picture(label: string, draw: (width: number) => Markup): Markup {
  return html`<div class="chart" role="img" aria-label="${label}"><div class="wide">${draw(510)}</div><div class="narrow">${draw(330)}</div></div>`;
}
