import { describe, expect, it } from 'vitest';
import { ledgerWith, placesOf, reports } from '../support/reports.js';

const rows = (...list: string[]) => ledgerWith('序号|反馈问题|具体问题|整改措施|整改结果', ...list);

describe('sub-findings and measures', () => {
  it('names the sub-findings that nothing answers', () => {
    const [one] = reports(
      'fewer-measures',
      rows('1|甲|站点不严|修订制度|整改中', '||请假不严||整改中', '||担当不够||整改中'),
    );
    expect(one?.message.zh).toContain('“请假不严”、“担当不够”');
    expect(one?.also).toHaveLength(1);
  });

  it('counts numbered items of both cells', () => {
    expect(
      placesOf(
        'fewer-measures',
        rows('1|甲|一是站点不严。二是请假不严。三是担当不够。|一是修订制度。二是明察暗访。|整改中'),
      ),
    ).toEqual(['warning 整改台账!D2']);
  });

  it('counts those in the finding itself where there are no sub-findings', () => {
    const source = ledgerWith(
      '序号|反馈问题|整改措施|整改结果',
      '1|管理不到位。一是站点不严。二是请假不严。三是担当不够。|修订制度|整改中',
      '|^|明察暗访|整改中',
    );
    expect(placesOf('fewer-measures', source)).toEqual(['warning 整改台账!C2']);
  });

  it.each([
    ['a merged measure answers all it spans', ['1|甲|站点不严|修订制度|整改中', '||请假不严|^|整改中']],
    [
      'numbered measures in one cell answer as many',
      ['1|甲|站点不严|一是修订制度。二是明察暗访。|整改中', '||请假不严||整改中'],
    ],
    ['lines in one cell count as several', ['1|甲|站点不严|修订制度\\n明察暗访|整改中', '||请假不严||整改中']],
    ['one unnumbered text may answer everything', ['1|甲|一是站点不严。二是请假不严。|修订制度并逐站检查|整改中']],
    [
      'more measures than sub-findings',
      ['1|甲|站点不严|修订制度|整改中', '|||明察暗访|整改中', '||请假不严|通报|整改中'],
    ],
    ['同上 is an answer', ['1|甲|站点不严|修订制度|整改中', '||请假不严|同上|整改中']],
    ['what is withdrawn needs none', ['1|甲|站点不严|修订制度|不再纳入', '||请假不严||不再纳入']],
  ])('%s', (_why, list) => {
    expect(placesOf('fewer-measures', rows(...list))).toEqual([]);
  });

  it('leaves a finding without any measure to no-measure', () => {
    const source = rows('1|甲|站点不严||整改中', '||请假不严||整改中');
    expect(placesOf('fewer-measures', source)).toEqual([]);
    expect(placesOf('no-measure', source)).toEqual(['error 整改台账!D1']);
  });
});
