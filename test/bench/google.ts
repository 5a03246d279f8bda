import { GoogleSpreadsheet } from 'google-spreadsheet';
import { expect, it } from 'vitest';
import { openGoogle } from '../../src/stores/google/index.js';
import { newSheet } from '../support/google-server/book.js';
import { OFFICE, Person, ROBOT, startGoogle, type TestGoogle } from '../support/google-server/index.js';
import { type Office, office, rowId } from '../support/mirror-office.js';

/*
 * npm run bench:google: calls, bytes and time of a mirror, beside google-spreadsheet (node-google-spreadsheet) doing the
 * same update row by row against the same server. The server is in this process and waits 100 ms before each answer, as a
 * round trip to the real service takes at least; the service's limit of 60 writes a minute is not played.
 */
const ROUND_TRIP_MS = 100;

/** Most rows changed in the update that both clients do; a tenth of the rows where there are fewer. */
const CHANGED = 100;

type Figures = { read: number; write: number; drive: number; sent: number; received: number; seconds: number };

async function measured(google: TestGoogle, work: () => Promise<unknown>): Promise<Figures> {
  google.server.reset();
  google.server.beforeCall = () => ({ kind: 'delay', ms: ROUND_TRIP_MS });
  const began = performance.now();
  await work();
  const seconds = (performance.now() - began) / 1000;
  const { calls } = google.server;
  const sum = (of: (call: (typeof calls)[number]) => number) => calls.reduce((total, call) => total + of(call), 0);
  return {
    read: google.server.reads,
    write: google.server.writes,
    drive: sum(call => (call.path.startsWith('/drive/') ? 1 : 0)),
    sent: sum(call => Buffer.byteLength(call.body)),
    received: sum(call => call.answered),
    seconds,
  };
}

/** One sync of the mirror alone: what travels is worked out before the clock starts. */
async function sync(google: TestGoogle, us: Office, id: string): Promise<Figures> {
  const content = us.content();
  return measured(google, async () => {
    const outcome = await us.sync(await openGoogle(id, google.options), { content, takeIn: async () => content });
    expect(outcome.state).toBe('done');
  });
}

/** The client sends to Google's own host only; here the calls are sent to the server of this machine. */
function redirect(root: string): () => void {
  const real = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const request = new Request(input, init);
    const url = request.url.replace('https://sheets.googleapis.com/', root);
    return real(new Request(url, request));
  };
  return () => {
    globalThis.fetch = real;
  };
}

async function rowByRow(google: TestGoogle, id: string, changed: ReadonlyMap<string, string>): Promise<Figures> {
  google.server.tokens.set('peer', { email: ROBOT, scopes: ['spreadsheets'] });
  const restore = redirect(google.server.root);
  try {
    return await measured(google, async () => {
      const doc = new GoogleSpreadsheet(id, { token: 'peer' });
      await doc.loadInfo();
      const sheet = doc.sheetsByTitle.整改台账;
      if (sheet === undefined) throw new Error('no mirror sheet');
      for (const row of await sheet.getRows()) {
        const text = changed.get(String(row.get('行标识')));
        if (text === undefined) continue;
        row.set('整改进展', text);
        await row.save();
      }
    });
  } finally {
    restore();
  }
}

const kb = (bytes: number) => `${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} kB`;
const line = (rows: number, what: string, { read, write, drive, sent, received, seconds }: Figures) =>
  `| ${rows.toLocaleString('en')} | ${what} | ${read} + ${write} + ${drive} | ${kb(sent)} | ${kb(received)} | ${seconds.toFixed(2)} s |`;

it('figures', async () => {
  const lines = ['| rows | what | calls: read + write + Drive | sent | received | time |', '|---|---|---|---|---|---|'];
  for (const rows of [11, 1000, 10_000]) {
    const google = await startGoogle();
    const book = google.server.create(OFFICE, '共享表');
    book.sheets = [newSheet(0, '工作表1')];
    google.server.share(book, ROBOT, 'writer');
    google.server.share(book, 'reviewer@example.org', 'writer');
    const us = office(rows);
    lines.push(line(rows, 'first push', await sync(google, us, book.id)));
    lines.push(line(rows, 'nothing changed', await sync(google, us, book.id)));
    const count = Math.min(CHANGED, Math.ceil(rows / 10));
    const changed = new Map<string, string>();
    for (let at = 0; at < count; at++) {
      const id = rowId(Math.floor((at * rows) / count));
      us.row(id).progress = '9月20日印发，已公示';
      changed.set(id, '9月21日印发，已公示');
    }
    const update = await sync(google, us, book.id);
    lines.push(line(rows, `${count} cells changed: ledger`, update));
    const person = new Person(book);
    const col = person.column('整改进展', '整改台账');
    const shown = () => person.texts('整改台账').filter(row => row[col - 1]?.endsWith('已公示')).length;
    expect(shown()).toBe(count);
    const peer = await rowByRow(google, book.id, changed);
    lines.push(line(rows, `${count} cells changed: google-spreadsheet, row by row`, peer));
    expect(shown()).toBe(count);
    await google.stop();
  }
  process.stdout.write(`\n${lines.join('\n')}\n`);
});
