import { expect, it } from 'vitest';
import { ledgerWith, placesOf } from '../support/reports.js';

const was = (shown: string, review: string) => ({
  previous: {
    rows: new Map([['f3k9-2p7', { finding: 'f3k9', findingTitle: '甲', shown, review }]]),
    findings: new Map(),
    evidence: new Map(),
  },
});
const row = (result: string, review: string, note = '') =>
  ledgerWith('序号|反馈问题|整改措施|整改结果|审核状态|备注|行标识', `1|甲|措施|${result}|${review}|${note}|f3k9-2p7`);
const check = 'status-transition';

it('asks why a closed finding is open again', () => {
  expect(placesOf(check, row('整改中', ''), was('closed', 'closed'))).toEqual(['error 整改台账!E2']);
});

it('asks why a withdrawn one is back', () => {
  expect(placesOf(check, row('整改中', ''), was('withdrawn', ''))).toEqual(['error 整改台账!D2']);
});

it('is silent with a reason, a reviewer’s verdict, or without a memory', () => {
  expect(placesOf(check, row('整改中', '', '抽查发现反弹'), was('closed', 'closed'))).toEqual([]);
  expect(placesOf(check, row('整改中', '抽查不实'), was('closed', 'closed'))).toEqual([]);
  expect(placesOf(check, row('整改中', ''))).toEqual([]);
  expect(placesOf(check, row('已完成', '已销号'), was('closed', 'closed'))).toEqual([]);
});

it('is silent on every other change: lowering a status is honest', () => {
  expect(placesOf(check, row('未启动', ''), was('done', ''))).toEqual([]);
});
