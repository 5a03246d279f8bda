import { expect, it } from 'vitest';
import { ledgerWith, placesOf } from '../support/reports.js';
import { examined } from '../support/workbook.js';

it('is the only thing said about two columns that both claim to be 责任领导', () => {
  const { diagnostics } = examined(
    ledgerWith('序号|反馈问题|整改措施|责任领导|责任领导|整改结果', '1|甲|措施|张某|李某|整改中'),
  );
  expect(diagnostics.map(one => one.check)).toContain('duplicate-column');
  expect(diagnostics.map(one => one.check)).not.toContain('no-leader');
});

it('prefers the standard name to an alias, quietly', () => {
  expect(
    placesOf(
      'duplicate-column',
      ledgerWith('序号|反馈问题|整改措施|责任领导|分管领导|整改结果', '1|甲|措施|张某|李某|整改中'),
    ),
  ).toEqual([]);
});
