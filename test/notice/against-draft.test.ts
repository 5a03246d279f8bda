import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { examine } from '../../src/examine.js';
import { bothRemarks, lintAgainst } from '../../src/notice/lint/against/index.js';
import { asLedger } from '../../src/notice/lint/as-ledger.js';
import { lintNotice } from '../../src/notice/lint/index.js';
import { onDay, standardMapping } from '../support/workbook.js';
import { lintingOf, sourceOf } from './linted.js';

/** A draft beside the ledger that has its facts: what is then made wrong in the draft differs from the ledger. */
const draft = readFileSync(new URL('drafts/transport-bureau.txt', import.meta.url), 'utf8');
const asOf = onDay('2025-01-10');
const { ledger } = asLedger(lintingOf(sourceOf(draft)).parsed, [standardMapping], asOf);
const book = examine(ledger, { asOf, levels: {}, mirrored: false });

function compared(words: string) {
  const linting = lintingOf(sourceOf(words));
  return bothRemarks(lintNotice(linting), lintAgainst(linting, book))
    .filter(one => one.diagnostic.level !== 'info')
    .map(({ diagnostic }) => `${diagnostic.check} ${diagnostic.at.line ?? 0} ${diagnostic.message.zh}`);
}

/** Of these the draft states more than it goes into, and so more than this ledger has. */
const known = compared(draft);

describe('a draft beside its ledger', () => {
  it('differs in nothing but what only its headline tells, and what it does not', () => {
    expect(known.map(one => one.split(' ')[0])).toEqual([
      'claim-untraceable',
      'claim-untraceable',
      'claim-untraceable',
      'claim-mismatch',
      // Said under the finding, not in the headline.
      'unreported-outstanding',
    ]);
  });

  it.each([
    [
      'a result, once and not for each figure that no longer fits',
      ['', ''],
      ['规定》。\n整改状态：正在推进', '规定》。\n整改状态：已完成'],
      ['done-money-outstanding 38', 'notice-status-differs 38'],
    ],
    [
      'money of a finding, in the unit in which it is told',
      ['已追回7.44万元', '已追回7.04万元'],
      ['尚有1.66万元', '尚有2.06万元'],
      ['total-mismatch 11', 'notice-amount-differs 37', 'notice-amount-differs 37'],
    ],
    [
      'a total of money with its parts',
      ['18.64万元，其中', '18.74万元，其中'],
      ['追回多付工程款7.44', '追回多付工程款7.54'],
      ['total-mismatch 11', 'total-mismatch 11'],
    ],
    [
      'a finding left out, once',
      ['6.党员教育管理宽松软。\n', ''],
      ['整改情况：一是开展党员集中培训2期，培训党员143人次。二是对1名违纪党员给予党纪处分。\n整改状态：已完成。\n', ''],
      ['notice-finding-missing 14', 'finding-number 33'],
    ],
    [
      'a finding that the ledger does not have',
      ['6.党员教育管理宽松软', '6.食堂承包程序倒置'],
      ['', ''],
      ['notice-finding-missing 14', 'notice-finding-unknown 32'],
    ],
    ['a rule document', ['《廉政谈话工作规范》', '《廉政谈话工作办法》'], ['', ''], ['notice-policy-unknown 23']],
    ['a count in the words', ['处置病害路段37处', '处置病害路段73处'], ['', ''], ['notice-figure-unknown 16']],
    ['a day', ['2024年10月18日', '2024年10月28日'], ['', ''], ['notice-figure-unknown 26']],
    ['the day of the feedback', ['2024年7月15日，', '2024年7月18日，'], ['', ''], ['notice-date-differs 3']],
    [
      'rule documents counted',
      ['完善制度5项，其中新建2项', '完善制度6项，其中新建3项'],
      ['', ''],
      ['claim-mismatch 11', 'claim-mismatch 11'],
    ],
    [
      'one finding more among the done and one less among the open, once',
      ['已完成整改6个，基本完成1个，正在推进1个，完成率75%', '已完成整改7个，基本完成1个，完成率87.5%'],
      ['', ''],
      ['claim-mismatch 11'],
    ],
    ['talks counted', ['批评教育5人次。\n\n三', '批评教育7人次。\n\n三'], ['', ''], ['claim-untraceable 11']],
  ] satisfies [string, [string, string], [string, string], string[]][])('%s', (_, one, two, wanted) => {
    expect(draft).toContain(one[0]);
    expect(draft).toContain(two[0]);
    const said = compared(draft.replace(one[0], () => one[1]).replace(two[0], () => two[1]));
    const more = said.filter(
      line => !known.some(old => old.split(' ').slice(2).join() === line.split(' ').slice(2).join()),
    );
    expect(more.map(line => line.split(' ').slice(0, 2).join(' '))).toEqual(wanted);
    if (wanted.includes('notice-amount-differs 37')) expect(more.join()).toContain('写7.04万元，台账是7.44万元');
  });
});
