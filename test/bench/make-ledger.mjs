// Makes a ledger of a given size: node make-ledger.mjs ROWS FILE. 31 columns, shared strings, dates, decimals, as offices have them.
import ExcelJS from 'exceljs';

const [rows, file] = [Number(process.argv[2]), process.argv[3]];
const headers =
  '序号 聚焦方面 反馈问题 具体问题 整改类型 整改措施 措施日期 责任领导 责任部门 责任人 整改时限 整改进展 整改结果 完成日期 应追缴金额 已追缴金额 核减金额 金额单位 佐证材料 公开范围 申请销号日期 延期至 未完成原因 下次回看日期 配合部门 备注 审核状态 审核意见 审核人 审核日期 销号日期'.split(
    ' ',
  );
const focuses = [
  '（一）聚焦贯彻落实党的路线方针政策方面',
  '（二）聚焦群众身边腐败问题和不正之风方面',
  '（三）聚焦基层党组织建设方面',
];
const departments = ['办公室', '计财股、办公室', '政工股', '编辑部（牵头）、技术部', '广播部'];
const day = n => new Date(Date.UTC(2023, 7, 1 + (n % 80)));

const book = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: file, useStyles: true, useSharedStrings: true });
const facts = book.addWorksheet('基本信息');
for (const row of [
  ['项目', '内容'],
  ['被巡察党组织', '某单位党组'],
  ['巡察开始', new Date(Date.UTC(2023, 2, 15))],
  ['巡察结束', new Date(Date.UTC(2023, 5, 15))],
  ['反馈日期', new Date(Date.UTC(2023, 6, 28))],
  ['集中整改期（月）', 3],
  ['默认金额单位', '元'],
]) {
  const added = facts.addRow(row);
  if (row[1] instanceof Date) added.getCell(2).numFmt = 'yyyy"年"m"月"d"日"';
  added.commit();
}
facts.commit();

const sheet = book.addWorksheet('整改台账', { views: [{ state: 'frozen', ySplit: 1 }] });
const dates = [7, 14, 21, 22, 24, 30, 31];
for (const col of dates) sheet.getColumn(col).numFmt = 'yyyy"年"m"月"d"日"';
sheet.addRow(headers).commit();
for (let n = 0; n < rows; n += 1) {
  const finding = Math.floor(n / 5) + 1;
  const first = n % 5 === 0;
  const done = n % 7 !== 0;
  sheet
    .addRow([
      finding,
      first ? focuses[Math.floor((finding * 3) / (rows / 5 + 1))] : null,
      first ? `第${finding}个反馈问题：制度执行不够严格，监督检查不够经常` : null,
      `具体问题${n % 5}：台账登记不完整（${finding}）`,
      '限期整改',
      `措施${n}：修订制度并开展专项检查${(n % 9) + 1}次，形成记录`,
      day(n),
      '张某',
      departments[finding % departments.length],
      '李某',
      '2023年10月底前',
      done ? `8月已修订制度1项，检查${(n % 9) + 1}次，整改问题${(n % 4) + 1}个` : '正在推进，已完成部分',
      done ? '已完成' : '整改中',
      done ? day(n + 20) : null,
      first ? (finding % 10 === 0 ? 12345.67 : null) : null,
      first ? (finding % 10 === 0 ? 12345.67 : null) : null,
      null,
      null,
      `见附件${finding}`,
      '社会公开',
      null,
      null,
      done ? null : '正在走程序',
      null,
      '纪检组',
      `备注${n % 100}`,
      null,
      null,
      null,
      null,
      null,
    ])
    .commit();
}
sheet.commit();
await book.commit();
