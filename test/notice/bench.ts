import { score, scoreTable } from './score.js';

const { scores, differences } = await score();
process.stdout.write(`${scoreTable(scores)}\n`);
if (differences.length > 0) process.stdout.write(`\n${differences.join('\n')}\n`);
