import { type Text, text } from '../model/text.js';
import { elsewhere } from './elsewhere.js';
import { checks } from './index.js';

const own = new Map([...checks, ...elsewhere].map(one => [one.id, one.title]));

/** The title that people see for a diagnostic's id. */
export function checkTitle(id: string): Text {
  return own.get(id) ?? text(id, id);
}
