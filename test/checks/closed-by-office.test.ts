import { describe, expect, it } from 'vitest';
import { ledgerWith, reports } from '../support/reports.js';

const check = 'closed-by-office';
const columns = '序号|反馈问题|整改措施|整改结果|审核状态|审核意见|审核人|销号日期|行标识';
const levels = (source: string, options?: Parameters<typeof reports>[2]) =>
  reports(check, source, options).map(one => one.level);
const memory = (review: string) => ({
  mirrored: true,
  previous: {
    rows: new Map([['f3k9-2p7', { finding: 'f3k9', findingTitle: '甲', shown: 'done', review }]]),
    findings: new Map(),
    evidence: new Map(),
  },
});

describe('closing marks', () => {
  it('with a mirror are an error when they did not come from it', () => {
    const source = ledgerWith(columns, '1|甲|措施|已完成|已销号|||2023-10-08|f3k9-2p7');
    expect(levels(source, memory(''))).toEqual(['error']);
    expect(levels(source, memory('closed'))).toEqual([]);
  });

  it('without one are noted where reviewer, date and document are given, and asked about where not', () => {
    expect(levels(ledgerWith(columns, '1|甲|措施|已完成|已销号|见巡察办函〔2023〕8号|王某|2023-10-08|'))).toEqual([
      'info',
    ]);
    expect(levels(ledgerWith(columns, '1|甲|措施|已完成|已销号|||2023-10-08|'))).toEqual(['warning']);
  });

  it('in 整改结果 are read as done, with a warning', () => {
    const found = reports(check, ledgerWith('序号|反馈问题|整改措施|整改结果', '1|甲|措施|已销号'));
    expect(found.map(one => [one.level, one.at.header])).toEqual([['warning', '整改结果']]);
  });

  it('one line for all rows of a kind', () => {
    const source = ledgerWith(
      '序号|反馈问题|整改措施|整改结果|审核状态',
      '1|甲|措施|已完成|已销号',
      '2|乙|措施|已完成|已销号',
    );
    expect(reports(check, source).map(one => one.count)).toEqual([2]);
  });

  it('a return is the reviewer’s everyday word', () => {
    expect(levels(ledgerWith(columns, '1|甲|措施|已完成|不予销号||||'))).toEqual([]);
  });
});
