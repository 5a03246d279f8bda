import type { Content } from '../model/plan.js';

export const blank: Content = { kind: 'blank' };

/** Text as a cell's content; no text is a blank cell. */
export function textContent(written: string): Content {
  return written === '' ? blank : { kind: 'text', text: written };
}

export function numberContent(written: string | number): Content {
  return { kind: 'number', text: String(written) };
}
