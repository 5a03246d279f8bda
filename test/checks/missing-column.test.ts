import { expect, it } from 'vitest';
import { ledgerWith, placesOf } from '../support/reports.js';
import { examined } from '../support/workbook.js';

it('silences the checks that need the cells of the missing column', () => {
  const { diagnostics } = examined(
    ledgerWith('序号|反馈问题|具体问题|整改结果|责任领导', '1|甲|子一|整改中|张某', '2|乙|子二|整改中|张某'),
  );
  const said = diagnostics.map(one => one.check);
  expect(said).toContain('missing-column');
  expect(said.filter(check => ['no-measure', 'fewer-measures', 'copied-measure'].includes(check))).toEqual([]);
});

it('leaves columns that may be absent alone', () => {
  expect(placesOf('missing-column', ledgerWith('反馈问题|整改措施|整改结果', '甲|措施|整改中'))).toEqual([]);
});

it('warns of a register whose header is not recognised', () => {
  const source = [
    ledgerWith('序号|反馈问题|整改措施|整改结果', '1|甲|措施|整改中'),
    '## 追缴资金',
    '| 这里记的是另外的事 |',
  ].join('\n');
  expect(placesOf('missing-column', source)).toEqual(['warning 追缴资金!0']);
});
