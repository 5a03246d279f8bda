import { type GoogleStore, openGoogle } from '../../src/stores/google/index.js';
import { newSheet } from './google-server/book.js';
import { type Book, type Fault, OFFICE, Person, REVIEWER, ROBOT, type TestGoogle } from './google-server/index.js';
import { type Office, office } from './mirror-office.js';

/** Everything that can go wrong with a call; `applied`: the service did the work all the same. */
export const FAULTS: Record<string, Fault> = {
  '429': { kind: 'status', status: 429, reason: 'RATE_LIMIT_EXCEEDED' },
  '429 with Retry-After': { kind: 'status', status: 429, retryAfter: 30 },
  '500 not applied': { kind: 'status', status: 500 },
  '500 applied': { kind: 'status', status: 500, applied: true },
  '503 HTML': { kind: 'status', status: 503, html: true },
  '502 HTML applied': { kind: 'status', status: 502, html: true, applied: true },
  '408 applied': { kind: 'status', status: 408, html: true, applied: true },
  'cut answer, applied': { kind: 'cut', applied: true },
  'connection dropped before': { kind: 'drop', applied: false },
  'connection dropped after': { kind: 'drop', applied: true },
  'answer too late': { kind: 'delay', ms: 250 },
  '400': { kind: 'status', status: 400, reason: 'INVALID_ARGUMENT', message: 'Invalid requests[0]' },
  '401': { kind: 'status', status: 401 },
  '403': { kind: 'status', status: 403 },
  '404': { kind: 'status', status: 404 },
};

export type World = { us: Office; book: Book; person: Person };

/** A new mirror and five findings to share on it. */
export function newWorld(google: TestGoogle): World {
  const book = google.server.create(OFFICE, '共享表');
  book.sheets = [newSheet(0, '工作表1', 30, 20)];
  google.server.share(book, ROBOT, 'writer');
  google.server.share(book, REVIEWER, 'writer');
  return { us: office(5), book, person: new Person(book) };
}

/** A store with a short time limit, so that an answer too late is soon too late. */
export function openWorld(google: TestGoogle, { book }: World): Promise<GoogleStore> {
  return openGoogle(book.id, { ...google.options, timeoutMs: 100 });
}
