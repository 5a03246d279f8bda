import { it } from 'vitest';
import { measuredNotices } from './corpus.js';
import { score, scoreTable } from './score.js';

/** `npm run bench:notices`: precision and recall per kind of fact, and every fact that was missed or invented. `NOTICES` names another folder. */
it('how well notices are read', async () => {
  const { scores, differences } = await score(measuredNotices());
  process.stdout.write(`\n${scoreTable(scores)}\n`);
  process.stdout.write(differences.length === 0 ? '\nno fact missed or invented\n' : `\n${differences.join('\n')}\n`);
}, 60_000);
