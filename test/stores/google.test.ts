import { openGoogle } from '../../src/stores/google/index.js';
import { OFFICE, Person, ROBOT, startGoogle } from '../support/google-server/index.js';
import { startingRows, storeSuite } from '../support/store-suite.js';

const typed = (written: string) => (/^\d+$/.test(written) ? Number(written) : written);

storeSuite('google', async () => {
  const google = await startGoogle();
  // The test server does not calculate: COUNTA over the four findings, and what is added to it.
  google.server.calculate = formula => ({ numberValue: 4 + Number(/\+(\d+)$/.exec(formula)?.[1] ?? 0) });
  const book = google.server.create(OFFICE, '整改台账');
  google.server.share(book, ROBOT, 'writer');
  const person = new Person(book);
  person.rename('台账');
  for (const [row, cells] of startingRows.entries()) {
    for (const [col, written] of cells.entries()) person.type(row + 1, col + 1, typed(written));
  }
  return {
    store: await openGoogle(book.id, google.options),
    type: async (row, col, value) => {
      person.type(row, col, typed(value));
    },
    close: () => google.stop(),
  };
});
