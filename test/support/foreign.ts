import { writeFileSync } from 'node:fs';
import ExcelJS from 'exceljs';

/** A workbook as an office had it before: title block, merged groups, a sum and a note below, its own 汇总. */
export async function foreignLedger(path: string): Promise<void> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('台账');
  sheet.addRow(['某单位巡察整改工作台账']);
  sheet.mergeCells('A1:I1');
  sheet.addRow(['被巡察单位：某单位党组', null, null, '反馈日期：2023年7月28日', null, null, '单位：万元']);
  sheet.addRow([
    '序号',
    '聚焦方面',
    '突出问题',
    '具体表现',
    '整改举措',
    '牵头领导',
    '牵头部门',
    '完成时限',
    '完成情况',
    '应追缴金额',
    '已追缴金额',
    '佐证资料',
  ]);
  sheet.addRow([
    1,
    '（一）聚焦贯彻落实决策部署方面',
    '学习不够深入',
    '一是学习不系统',
    '每月集中学习一次，8月已学习2次',
    '张某',
    '办公室',
    '10月底前',
    '已完成',
    null,
    null,
    '学习记录（第1盒）',
  ]);
  sheet.addRow([
    null,
    null,
    null,
    '二是联系实际不够',
    '8月20日开展专题调研3次',
    null,
    null,
    null,
    '整改到位',
    null,
    null,
    '第1盒P5',
  ]);
  sheet.addRow([
    2,
    '（二）聚焦群众身边腐败问题方面',
    '违规发放补贴',
    null,
    '9月15日全部收回',
    '李某',
    '计财股、办公室',
    '集中整改期内',
    '正在推进',
    12.5,
    10,
    '见附件2',
  ]);
  sheet.addRow(['合计', null, null, null, null, null, null, null, null, 12.5, 10]);
  sheet.addRow([]);
  sheet.addRow(['填表说明：金额以万元为单位']);
  sheet.mergeCells('C4:C5');
  sheet.mergeCells('A4:A5');
  book.addWorksheet('汇总').addRow(['本单位自己的汇总，请勿改动']);
  writeFileSync(path, Buffer.from(await book.xlsx.writeBuffer()));
}
