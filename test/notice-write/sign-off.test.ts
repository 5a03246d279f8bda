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
      ['反馈问题（个）', '4', '4', '—', '未填报', '反馈问题'],
      ['公开（个）', '2', '—', '—', '—', '公开范围'],
      ['已完成（个）', '1', '3', '—', '未填报', '整改结果'],
      ['正在整改（个）', '1', '1', '—', '—', '整改结果'],
      ['完成率', '50%', '75%', '—', '未填报', '已完成÷应整改'],
      ['具体问题（个）', '2', '2', '—', '—', '具体问题'],
      ['整改措施（条）', '3', '5', '—', '—', '整改措施'],
      ['应追缴（元）', '1,200.50', '1,500.50', '—', '—', '台账、追缴资金'],
      ['核减（元）', '0.00', '0.00', '—', '—', '台账、追缴资金'],
      ['已追缴（元）', '200.25', '500.25', '—', '未填报', '台账、追缴资金'],
      ['尚未追缴（元）', '1,000.25', '1,000.25', '—', '未填报', '应追缴－核减－已追缴'],
      ['制度（项）', '1', '2', '—', '未填报', '制度清单'],
      ['谈话与处理', '提醒谈话5人次', '提醒谈话5人次、诫勉1人次', '—', '未填报', '谈话与处理'],
      ['会议', '推进会2次、党组会1次', '推进会2次、党组会1次', '—', '未填报', '会议调度'],
      ['解决问题（个）', '6', '6', '—', '—', '会议调度'],
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

  it('sets each stated figure beside the one that it states: what is due is not what came in', async () => {
    const { rows, text } = await sheet(`${soundLedger}
## 通报数据
| 编号 | 事项 | 数值 | 单位 | 口径 | 所属合计编号 | 说明 |
| 1 | 应追缴资金 | 1500.50 | 元 | 应追缴 | | |
| 2 | 追缴资金 | 500.25 | 元 | 已追缴 | | |
| 3 | 未追缴资金 | 1000.52 | 元 | 未追缴 | | |
| 4 | 提醒谈话 | 5 | 人次 | | | |
| 5 | 诫勉 | 2 | 人次 | | | |
| 6 | 正在整改 | 1 | 个 | 问题 | | |`);
    const row = (name: string) => rows.find(([first]) => first === name)?.slice(3, 5);
    expect(row('应追缴（元）')).toEqual(['1,500.50元', '一致']);
    expect(row('已追缴（元）')).toEqual(['500.25元', '一致']);
    expect(row('尚未追缴（元）')).toEqual(['1,000.52元', '不一致']);
    expect(row('谈话与处理')).toEqual(['提醒谈话5人次、诫勉2人次', '不一致']);
    expect(row('正在整改（个）')).toEqual(['1个', '一致']);
    expect(text.join('\n')).toContain('不一致的：未追缴资金1,000.52元；诫勉2人次。');
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

  it('asks for no figure of what there is none of', async () => {
    const { rows } = await sheet(`## 整改台账
| 序号 | 反馈问题 | 整改措施 | 整改结果 | 公开范围 |
| 1 | 学习不深入 | 每月学习 | 已完成 | 社会公开 |`);
    expect(rows.filter(row => row[4] === '未填报').map(row => row[0])).toEqual([
      '反馈问题（个）',
      '已完成（个）',
      '完成率',
    ]);
  });

  it('says so when the ledger was never synced and states nothing', async () => {
    const { text } = await sheet(soundLedger);
    expect(text).toContain('修改记录：还没有（台账未同步过）。');
    expect(text).toContain('填报与核算：通报数据没有填，没有可对照的数字。');
  });
});
