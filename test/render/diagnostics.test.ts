import { describe, expect, it } from 'vitest';
import { text } from '../../src/model/text.js';
import { diagnosticLines } from '../../src/render/diagnostics.js';
import { palette } from '../../src/render/palette.js';
import { diagnostic } from '../../src/sync/mirror-diagnostic.js';
import { inspected, ledgerWith } from '../support/reports.js';
import { examined } from '../support/workbook.js';

const lines = (lang: 'zh' | 'en') =>
  diagnosticLines(
    examined(
      inspected(
        ledgerWith(
          '序号|反馈问题|整改措施|措施日期|责任领导|责任部门|整改时限|整改结果|公开范围',
          '1|甲|措施甲|2020-12-01|||长期坚持|整改中|不公开',
          '2|乙|措施乙|2021-12-01|||长期坚持|整改中|不公开',
          '3|丙|措施丙|2022-12-01|||长期坚持|整改中|不公开',
        ),
        '集中整改期（月） | 3',
      ),
    ).diagnostics,
    { lang, colors: palette(false), width: 100, verbose: false },
  );

describe('diagnostics on the screen', () => {
  it('what to do is said once for a group that needs the same', () => {
    const page = lines('zh').join('\n');
    const group = page.slice(page.indexOf('measure-before-inspection'));
    expect(group.match(/措施日期20\d\d-12-01/g)).toHaveLength(3);
    expect(group.match(/怎么改：换成反馈之后/g)).toHaveLength(1);
  });

  it('of many, the rest is looked for where it stands: in 校验结果, or nowhere but on the screen', () => {
    const of = (check: string, sheet: string | undefined): string => {
      const many = Array.from({ length: 10 }, (_, index) =>
        diagnostic(check, 'warning', String(index), {
          at: sheet === undefined ? {} : { sheet, row: index + 2 },
          message: text(`第${index}条`, `no. ${index}`),
          remedy: text('', ''),
        }),
      );
      return diagnosticLines(many, { lang: 'zh', colors: palette(false), width: 100, verbose: false }).join('\n');
    };
    expect(of('measure-before-inspection', '整改台账')).toContain('……还有2条，见“校验结果”表，或加 --verbose');
    expect(of('owned-cell-edited', '整改台账')).toContain('……还有2条，加 --verbose 看全部');
    expect(of('identity-lost', undefined)).toContain('……还有2条，加 --verbose 看全部');
  });

  it('English pages have English punctuation, and a hanging indent as wide as its lead', () => {
    const page = lines('en');
    expect(page.join('\n')).not.toMatch(/[、，。：]|（\d/u);
    const at = page.findIndex(
      line => line.startsWith('     fix: ') && page[page.indexOf(line) + 1]?.startsWith('      '),
    );
    expect(page[at + 1]).toMatch(/^ {10}\S/);
  });
});
