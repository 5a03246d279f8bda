import { describe, expect, it } from 'vitest';
import { decodeNotice } from '../../src/notice/decode.js';
import { type Edition, fileOf, noticeContent, signOffSheet, standing } from '../../src/notice/write/index.js';
import { examined } from '../support/workbook.js';
import { soundLedger } from './support/sample.js';

async function sheet(workbook: string, edition: Edition = 'public', journal?: { seq: number; hash: string }) {
  const ledger = examined(workbook);
  const zip = signOffSheet({
    examined: ledger,
    figures: noticeContent(ledger, edition).figures,
    edition,
    standing: standing(ledger, edition),
    notice: '通报.docx',
    source: '台账.xlsx',
    journal,
  });
  const { lines } = await decodeNotice(fileOf(zip), '核对表.docx');
  return {
    text: lines.map(line => line.text),
    rows: lines.flatMap(line => (line.cells === undefined ? [] : [line.cells.map(cell => cell.text)])),
  };
}

describe('签发核对表', () => {
  it('sets each figure of the notice beside the ledger’s, with where it comes from', async () => {
    const { rows } = await sheet(soundLedger);
    expect(rows).toEqual([
      ['事项', '本通报', '台账全部', '通报数据填报', '核对', '来源'],
      ['反馈问题（个）', '4', '4', '—', '未填报', '整改台账：反馈问题'],
      ['本通报公开（个）', '2', '—', '—', '—', '整改台账：公开范围'],
      ['已完成（个）', '1', '3', '—', '未填报', '整改结果、审核状态'],
      ['基本完成／长期坚持／正在整改／未启动／不再纳入', '0／0／1／0／0', '0／0／1／0／0', '—', '—', '整改结果'],
      ['完成率', '50.00%', '75.00%', '—', '未填报', '已完成÷（全部－不再纳入）'],
      ['具体问题／整改措施', '2／3', '2／5', '—', '—', '具体问题、整改措施'],
      ['应追缴（元）', '1,200.50', '1,500.50', '—', '—', '整改台账、追缴资金'],
      ['核减（元）', '0.00', '0.00', '—', '—', '整改台账、追缴资金'],
      ['已追缴（元）', '200.25', '500.25', '—', '未填报', '整改台账、追缴资金'],
      ['尚未追缴（元）', '1,000.25', '1,000.25', '—', '—', '应追缴－核减－已追缴'],
      ['建立完善制度（项）', '1', '—', '—', '未填报', '制度清单'],
      ['谈话与处理', '提醒谈话5人次', '—', '—', '未填报', '谈话与处理'],
      ['会议', '推进会2次、党组会1次', '—', '—', '未填报', '会议调度'],
      ['解决实际问题（个）', '6', '—', '—', '未填报', '会议调度'],
    ]);
  });

  it('says whether what the unit states agrees', async () => {
    const { rows } = await sheet(`${soundLedger}
## 通报数据
| 编号 | 事项 | 数值 | 单位 | 口径 | 所属合计编号 | 说明 |
| 1 | 反馈问题总数 | 4 | 个 | 问题 | | |
| 2 | 追缴资金 | 500.26 | 元 | 已追缴 | | |`);
    expect(rows.find(row => row[0] === '反馈问题（个）')).toEqual(expect.arrayContaining(['4个', '一致']));
    expect(rows.find(row => row[0] === '已追缴（元）')).toEqual(expect.arrayContaining(['500.26元', '不一致']));
  });

  it('names the last hash of the journal, verified exceptions, and has lines to sign', async () => {
    const hash = 'a'.repeat(64);
    const { text } = await sheet(
      `${soundLedger.replace('清退违规补贴 | 2023-09-01 | 李某', '清退违规补贴 | 2023-09-01 | ')}
## 核实说明
| 提示编号 | 对象 | 理由 | 批准人 | 到期日 |
| 没有责任领导 | 2 | 分管领导待任命 | 张某 | 2024-12-31 |`,
      'public',
      { seq: 12, hash },
    );
    expect(text).toContain(`修改记录最后一条：第12条，校验码 ${hash}`);
    expect(text).toContain('已核实说明1条：没有责任领导。');
    for (const who of ['填 报 人', '核 对 人', '分管领导', '主要负责人'])
      expect(text.some(line => line.startsWith(`${who}（签字）`))).toBe(true);
  });

  it('says so when the ledger was never synced and states nothing', async () => {
    const { text } = await sheet(soundLedger);
    expect(text).toContain('修改记录：还没有（台账未同步过）。');
    expect(text).toContain('填报与核算：通报数据没有填，没有可对照的数字。');
  });
});
