import { expect, it } from 'vitest';
import { ledgerWith, placesOf, reports } from '../support/reports.js';

it('reports every gap inside a finding in one diagnostic', () => {
  const source = ledgerWith(
    '序号|反馈问题|具体问题|整改措施|整改结果',
    '1|甲|子一|措施|整改中',
    '||||',
    '||子二|措施|整改中',
    '||||',
    '||||',
    '||子三|措施|整改中',
  );
  const [one, ...others] = reports('blank-row', source);
  expect(others).toEqual([]);
  expect(one).toMatchObject({ count: 3, at: { row: 3 } });
  expect(one?.message.zh).toContain('第3、5-6行');
});

it('leaves spacers between findings and around subtotals alone', () => {
  const source = ledgerWith(
    '序号|反馈问题|整改措施|整改结果',
    '1|甲|措施|整改中',
    '|||',
    '2|乙|措施|整改中',
    '|||',
    '小计||2条|',
    '|||',
    '3|丙|措施|整改中',
  );
  expect(placesOf('blank-row', source)).toEqual([]);
});
