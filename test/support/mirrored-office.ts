import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { freshFolder } from './cli.js';
import { type Book, OFFICE, REVIEWER, ROBOT, type TestGoogle } from './google-server/index.js';

/** What the office of these tests has allowed out. */
export const allowedOut = ['序号', '聚焦方面', '反馈问题', '整改措施', '整改进展', '整改结果', '问题状态'];

const HEADERS = [
  ...['序号', '聚焦方面', '反馈问题', '整改措施', '责任领导', '责任部门', '责任人', '整改时限'],
  ...['整改进展', '整改结果', '完成日期', '佐证材料', '公开范围'],
] as const;
export type Header = (typeof HEADERS)[number];

/** Eleven findings in an ordinary workbook, with a hidden sheet that is nobody else's business. `change`: cells to be other. */
export async function elevenFindings(
  path: string,
  change: (number: number) => Partial<Record<Header, string | number>> = () => ({}),
): Promise<void> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('整改台账');
  sheet.addRow([...HEADERS]);
  for (let number = 1; number <= 11; number++) {
    const cells: Record<Header, string | number> = {
      序号: number,
      聚焦方面: number < 6 ? '（一）聚焦主责主业方面' : '（二）聚焦群众身边腐败方面',
      反馈问题: `第${number}项制度执行不到位`,
      整改措施: `9月${number}日召开专题会议${number}次`,
      责任领导: '李某',
      责任部门: '办公室',
      责任人: '张某',
      整改时限: '2023-10-31',
      整改进展: `9月${number + 10}日印发办法第${number}号`,
      整改结果: number % 2 === 0 ? '整改中' : '已完成',
      完成日期: number % 2 === 0 ? '' : '2023-09-28',
      佐证材料: `纸质，内部第${number}盒`,
      公开范围: '社会公开',
      ...change(number),
    };
    sheet.addRow(HEADERS.map(header => (cells[header] === '' ? null : cells[header])));
  }
  const hidden = book.addWorksheet('内部研判');
  hidden.addRow(['研判意见：不得外传']);
  hidden.state = 'hidden';
  const facts = book.addWorksheet('基本信息');
  for (const line of [
    ['反馈日期', '2023-07-28'],
    ['巡察开始', '2023-03-01'],
    ['集中整改期（月）', 3],
  ])
    facts.addRow(line);
  writeFileSync(path, Buffer.from(await book.xlsx.writeBuffer()));
}

/** A folder with a ledger and a config that mirrors it. */
export async function mirroredOffice(
  mirror: object,
  change?: (number: number) => Partial<Record<Header, string | number>>,
): Promise<string> {
  const folder = freshFolder();
  await elevenFindings(join(folder, '台账.xlsx'), change);
  configure(folder, mirror);
  return folder;
}

export function configure(folder: string, mirror: object): void {
  const settings = { source: '台账.xlsx', asOf: '2023-10-20', mirror: { rows: 'all', columns: allowedOut, ...mirror } };
  writeFileSync(join(folder, 'ledger.config.json'), JSON.stringify(settings));
}

/** A sheet that the office made and shared with the program and a reviewer, and how a config names it. */
export function sharedBook({ server }: TestGoogle): { book: Book; mirror: object } {
  const book = server.create(OFFICE, '巡察整改共享表');
  server.share(book, ROBOT, 'writer');
  server.share(book, REVIEWER, 'writer');
  return {
    book,
    mirror: { to: `google:${book.id}`, reviewers: [REVIEWER], approvedBy: '张某', approvedOn: '2023-10-01' },
  };
}

/** The environment in which the program finds the test server and its key. */
export function googleEnv({ options }: TestGoogle): Readonly<Record<string, string>> {
  return { LEDGER_GOOGLE_API_ROOT: options.apiRoot, GOOGLE_APPLICATION_CREDENTIALS: options.keyFile };
}
