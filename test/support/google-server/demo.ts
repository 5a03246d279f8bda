import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { OFFICE, Person, ROBOT, startGoogle } from './index.js';

/**
 * `npm run demo:google`: the small Google of the tests, to try the tool without an account. It keeps everything in
 * memory, listens on 127.0.0.1 only, prints after each write what an inspector would see, and lets you write as one.
 */
const google = await startGoogle();
google.server.now = Date.now;
const book = google.server.create(OFFICE, '共享表（演示）');
google.server.share(book, ROBOT, 'writer');
const config = resolve('ledger.demo.config.json');
const settings = {
  source: '台账.xlsx',
  mirror: {
    to: `google:${book.id}`,
    columns: ['序号', '聚焦方面', '反馈问题', '整改措施', '整改进展', '整改结果', '问题状态'],
    rows: 'all',
    approvedBy: '演示',
    approvedOn: '2023-10-30',
  },
  google: { auth: 'service-account', keyFile: google.options.keyFile, apiRoot: google.server.root },
};
writeFileSync(config, `${JSON.stringify(settings, null, 2)}\n`);

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
say(`演示用的 Google 已在 ${google.server.root} 启动，内容只在内存中，按 Ctrl+C 结束。`);
say(`设置已写到 ${config}，先把 source 改成您的台账（或运行 ledger init 台账.xlsx --sample），再在另一个终端运行：`);
say(`  node dist/cli.js sync --config ${config}`);
say('在这里可以当一回审核人：输入“行号 栏目 内容”，例如  2 审核状态 已销号  ，再同步一次看它回到台账。');

let shown = '';
const timer = setInterval(() => {
  const person = new Person(book);
  const lines = book.sheets.flatMap(sheet => [
    `── ${sheet.title}`,
    ...person
      .texts(sheet.title)
      .slice(0, 30)
      .map(row => `  ${row.map(text => text.slice(0, 12)).join(' │ ')}`),
  ]);
  const now = lines.join('\n');
  if (now === shown) return;
  shown = now;
  say(`\n${now}\n（读 ${google.server.reads} 次，写 ${google.server.writes} 次）`);
}, 500);

/** `2 审核状态 已销号`: typed into the mirror as a reviewer would. */
const typed = createInterface({ input: process.stdin });
typed.on('line', line => {
  const match = /^(\d+)\s+(\S+)\s+(.+)$/.exec(line.trim());
  if (match === null) return;
  const [, row = '', header = '', text = ''] = match;
  const person = new Person(book);
  try {
    person.type(Number(row), person.column(header, '整改台账'), text, '整改台账');
  } catch {
    say(`没有这一格：第 ${row} 行“${header}”`);
  }
});

process.once('SIGINT', () => {
  clearInterval(timer);
  typed.close();
  void google.stop().then(() => process.exit(0));
});
