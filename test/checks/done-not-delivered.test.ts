import { describe, expect, it } from 'vitest';
import { ledgerWith, placesOf, reports } from '../support/reports.js';

const check = 'done-not-delivered';
const rows = (sub: string, progress: string, result = '已完成') =>
  ledgerWith(
    '序号|反馈问题|具体问题|整改措施|整改进展|整改结果',
    `1|落实有偏差|${sub}|推动出台办法|${progress}|${result}`,
  );

describe('a document that was not issued', () => {
  it.each(['未推动出台《广播管理办法》', '没有及时制定《广播管理办法》', '未印发《广播管理办法》'])('%s', sub => {
    expect(reports(check, rows(sub, '已三次汇报')).map(one => one.expected)).toEqual(['《广播管理办法》']);
  });

  it.each([['已出台《甲川市广播管理办法》'], ['9月5日印发了《广播管理办法（试行）》'], ['《广播管理办法》已印发']])(
    '%s settles it',
    progress => {
      expect(placesOf(check, rows('未推动出台《广播管理办法》', progress))).toEqual([]);
    },
  );

  it.each([['拟出台《广播管理办法》'], ['就出台《广播管理办法》向市领导请示'], ['草拟了《广播管理办法》']])(
    '%s does not',
    progress => {
      expect(reports(check, rows('未推动出台《广播管理办法》', progress))).toHaveLength(1);
    },
  );

  it('asks for what is listed as issued, not as planned', () => {
    const policies = (state: string) =>
      `\n## 制度清单\n| 问题序号 | 制度名称 | 状态 |\n| 1 | 广播管理办法 | ${state} |`;
    expect(placesOf(check, rows('未推动出台《广播管理办法》', '已三次汇报') + policies('已印发'))).toEqual([]);
    expect(reports(check, rows('未推动出台《广播管理办法》', '已三次汇报') + policies('拟印发'))).toHaveLength(1);
  });

  it('is silent while the finding is open, and on documents that exist', () => {
    expect(placesOf(check, rows('未推动出台《广播管理办法》', '已三次汇报', '整改中'))).toEqual([]);
    expect(placesOf(check, rows('未严格执行《广播管理办法》', '重新学习'))).toEqual([]);
  });
});
