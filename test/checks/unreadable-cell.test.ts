import { describe, expect, it } from 'vitest';
import { examine } from '../../src/examine.js';
import { ledgerWith, placesOf, reports } from '../support/reports.js';
import { examined, ledgerOf, onDay, workbook } from '../support/workbook.js';

describe('a cell that cannot be read', () => {
  it('is one cause however often the same text stands in the column', () => {
    const [one, ...others] = reports(
      'unreadable-cell',
      ledgerWith(
        '序号|反馈问题|整改措施|完成日期|整改结果',
        '1|甲|措施|2023年13月|整改中',
        '2|乙|措施|2023年13月|整改中',
        '3|丙|措施|2023年13月|整改中',
      ),
    );
    expect(others).toEqual([]);
    expect(one).toMatchObject({ count: 3, found: '2023年13月', at: { row: 2 }, shownOn: [2, 3, 4] });
    expect(one?.also.map(place => place.row)).toEqual([3, 4]);
  });

  it('says what was expected, and belongs to its finding', () => {
    const [one] = reports(
      'unreadable-cell',
      ledgerWith('序号|反馈问题|整改措施|应追缴金额（元）|整改结果', '7|甲|措施|若干|整改中'),
    );
    expect(one).toMatchObject({ finding: 7, at: { header: '应追缴金额（元）' } });
    expect(one?.message.zh).toMatch(/^“应追缴金额（元）”写的是“若干”，读不懂；应为/);
  });

  it('a formula that was never calculated is called that', () => {
    const { grid } = workbook(ledgerWith('序号|反馈问题|整改措施|应追缴金额（元）|整改结果', '1|甲|措施|5|整改中'));
    const uncalculated: typeof grid = {
      ...grid,
      sheets: grid.sheets.map(sheet => ({
        ...sheet,
        rows: sheet.rows.map(row => ({
          ...row,
          cells: row.cells.map(cell =>
            cell?.text === '5' ? { kind: 'error', text: '#UNCALCULATED', formula: 'SUM(A1)' } : cell,
          ),
        })),
      })),
    };
    const { diagnostics } = examine(ledgerOf(uncalculated), {
      asOf: onDay('2023-10-30'),
      levels: {},
      mirrored: false,
    });
    const [one] = diagnostics.filter(({ check }) => check === 'unreadable-cell');
    expect(one?.message.zh).toContain('还没有算出结果的公式');
    expect(`${one?.message.zh}${one?.message.en}`).not.toContain('#UNCALCULATED');
  });

  it('is not told of a status that unknown-status explains', () => {
    const source = ledgerWith('序号|反馈问题|整改措施|整改结果', '1|甲|措施|差不多了');
    expect(placesOf('unreadable-cell', source)).toEqual([]);
    expect(placesOf('unknown-status', source)).toEqual(['error 整改台账!D2']);
  });

  it('is told once for a merged cell, and spoils the field on every row of the merge', () => {
    const { diagnostics, ledger } = examined(
      ledgerWith('序号|反馈问题|整改措施|整改时限|整改结果', '1|甲|措施一|择机|整改中', '|^|措施二|^|整改中'),
    );
    expect(diagnostics.filter(one => one.check === 'unreadable-cell')).toHaveLength(1);
    expect(ledger.main.rows.map(row => row.bad.has('deadline'))).toEqual([true, true]);
    expect(diagnostics.filter(one => one.check === 'no-deadline')).toEqual([]);
  });

  it('leaves 无, 不涉及, — and blank cells alone', () => {
    const source = ledgerWith(
      '序号|反馈问题|整改措施|完成日期|应追缴金额（元）|整改结果',
      '1|甲|措施|无|不涉及|整改中',
      '2|乙|措施|—|/|整改中',
      '3|丙|措施|||整改中',
    );
    expect(placesOf('unreadable-cell', source)).toEqual([]);
  });
});
