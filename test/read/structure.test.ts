import { describe, expect, it } from 'vitest';
import { examined, ledgerOf, workbook } from '../support/workbook.js';

const read = (source: string) => ledgerOf(workbook(source).grid);
const titles = (source: string) => read(source).main.findings.map(finding => `${finding.label} ${finding.title}`);
/** Findings with their rows, sub-findings and measures. */
const shape = (source: string) =>
  read(source).main.findings.map(finding => [
    finding.label,
    finding.rows.length,
    finding.subFindings.length,
    finding.measures,
  ]);

describe('what stands below the table', () => {
  const rowsOf = (...lines: string[]) =>
    read(['## 台账', '| 序号 | 反馈问题 | 整改措施 | 责任领导 | 整改结果 |', ...lines].join('\n')).main.rows.map(
      row => row.number,
    );
  const first = '| 1 | 学习不深入 | 每月学习一次 | 张某 | 整改中 |';

  it.each([
    ['a numbered note', ['', '| 说明：1.每月更新。 |', '| 2.金额单位为元。 |', '| 3.由办公室填写。 |']],
    ['a remark directly below', ['| 以上数据截至10月底 |']],
    ['who made it', ['', '| 制表：张某 | | | 审核：李某 |']],
    ['a lone remark in the column of measures', ['', '| | | 以上措施均经党组会研究 |']],
  ])('%s is no row', (_case, lines) => expect(rowsOf(first, ...lines)).toEqual([2]));

  it('a measure with its leader and result after a blank row is a row all the same', () => {
    expect(rowsOf(first, '', '| | | 每季检查一次 | 张某 | 整改中 |')).toEqual([2, 4]);
  });
});

describe('the table is found', () => {
  it('below a title block', () => {
    const { main } = read(`
      ## Sheet1
      | 甲川市融媒体中心巡察整改台账 | < | < | < |
      | 填报单位：办公室 | | 填报日期：2023年10月30日 | |
      | | | | |
      | 序号 | 反馈问题 | 整改措施 | 整改结果 |
      | 1 | 学习不深入 | 每月学习一次 | 整改中 |`);
    expect([main.header.row, main.header.rows, main.rows.length]).toEqual([4, 1, 1]);
  });

  it('where it does not start at A1', () => {
    const { main } = read(`
      ## Sheet1

      | | | 巡察整改台账 |

      | | | 序号 | 反馈问题 | 整改措施 | 整改结果 |
      | | | 1 | 学习不深入 | 每月学习一次 | 整改中 |`);
    expect(main.header.columns.get('finding')?.col).toBe(4);
    expect(main.findings.map(finding => finding.number)).toEqual([1]);
  });

  it('under a header of two rows', () => {
    const { main } = read(`
      ## 台账
      | 序号 | 反馈问题 | 整改情况 | < | < | 追缴金额（万元） | < |
      | ^ | ^ | 整改措施 | 整改进展 | 整改结果 | 应追缴 | 已追缴 |
      | 1 | 违规发放补贴 | 清退补贴 | 已清退 | 已完成 | 1.8 | 1.8 |
      | 2 | 学习不深入 | 每月学习一次 | 已学习三次 | 整改中 | | |`);
    expect([main.header.row, main.header.rows]).toEqual([1, 2]);
    expect([...main.header.columns.keys()].sort()).toEqual([
      'due',
      'finding',
      'measure',
      'progress',
      'recovered',
      'result',
      'seq',
    ]);
    expect(main.rows[0]?.data.due?.yuan.toString()).toBe('18000.00');
  });

  it('among several sheets: the one that names the most fields, not a hidden one', () => {
    const { main } = read(`
      ## 说明
      | 本工作簿填报说明 |
      ## 通讯录
      | 序号 | 责任部门 | 联系人 | 备注 |
      | 1 | 办公室 | 张某 | |
      ## 2023年台账
      | 序号 | 反馈问题 | 整改措施 | 责任部门 | 整改结果 |
      | 1 | 学习不深入 | 每月学习一次 | 办公室 | 整改中 |`);
    expect(main.header.sheet.name).toBe('2023年台账');
  });

  it('under other names', () => {
    expect(
      titles(`
      ## 问题清单
      | 编号 | 存在问题 | 主要措施 | 牵头领导 | 牵头部门 | 完成时限 | 进展情况 | 是否完成 |
      | 1 | 学习不深入 | 每月学习一次 | 张某 | 办公室 | 2023年10月 | 正按序推进 | 否 |`),
    ).toEqual(['1 学习不深入']);
  });

  it('in English', () => {
    const { main } = read(`
      ## Corrective actions
      | Ref No | Audit finding | Corrective action | Action owner | Due date | Status |
      | 1 | No stock count was held | Count every quarter | B. Smith | 2023-10-31 | In progress |
      | 2 | Keys are not signed for | Keep a register | A. Jones | 2023-09-30 | Closed - Implemented |`);
    expect(main.rows.map(row => row.data.result?.status)).toEqual(['in-progress', 'done']);
  });
});

describe('data is told from the rest', () => {
  it('小计 and 合计 are sums, 填表说明 and 注 are notes', () => {
    expect(
      shape(`
      ## 整改台账
      | 序号 | 反馈问题 | 整改措施 | 应追缴金额（元） | 整改结果 |
      | 1 | 学习不深入 | 每月学习一次 | | 整改中 |
      | 小计 | | | 0 | |
      | 2 | 违规发放补贴 | 清退补贴 | 18000 | 整改中 |
      | 合 计 | | | 18000 | |
      | 填表说明：1.本表由各部门填写。 | | | | |
      | 注：金额单位为元。 | | | | |`),
    ).toEqual([
      ['1', 1, 0, 1],
      ['2', 1, 0, 1],
    ]);
  });

  it('a remark after a gap is no data', () => {
    expect(
      shape(`
      ## 整改台账
      | 序号 | 反馈问题 | 整改措施 | 整改结果 |
      | 1 | 学习不深入 | 每月学习一次 | 整改中 |

      | | | 请各部门于每月5日前报送 | |
      | | | 联系人另行通知 | |`),
    ).toEqual([['1', 1, 0, 1]]);
  });

  it('banner rows are focus areas', () => {
    const { main } = read(`
      ## 整改台账
      | 序号 | 反馈问题 | 整改措施 | 整改结果 |
      | （一）聚焦贯彻落实决策部署方面 | < | < | < |
      | 1 | 学习不深入 | 每月学习一次 | 整改中 |
      | 二、聚焦群众身边腐败问题 | | | |
      | 2 | 违规发放补贴 | 清退补贴 | 整改中 |`);
    expect(main.focuses.map(focus => [focus.ordinal, focus.row])).toEqual([
      [1, 2],
      [2, 4],
    ]);
    expect(main.findings.map(finding => finding.focus?.ordinal)).toEqual([1, 2]);
  });

  it('hidden and filtered rows count', () => {
    expect(
      titles(`
      ## 整改台账
      | 序号 | 反馈问题 | 整改措施 | 整改结果 |
      | 1 | 学习不深入 | 每月学习一次 | 整改中 |
      ~| 2 | 制度不健全 | 修订三项制度 | 整改中 |`),
    ).toEqual(['1 学习不深入', '2 制度不健全']);
  });

  it('signatures, a lone 说明 and labels beside each other are no data', () => {
    expect(
      shape(`
      ## 整改台账
      | 序号 | 反馈问题 | 整改措施 | 整改结果 |
      | 1 | 学习不深入 | 每月学习一次 | 整改中 |
      | 说明 | | | |
      | 2 | 制度不健全 | 修订三项制度 | 整改中 |
      | 制表人：张某 | | 审核人：李某 | 联系电话：无 |`),
    ).toEqual([
      ['1', 1, 0, 1],
      ['2', 1, 0, 1],
    ]);
  });

  it('the header again on the next page, and numbers of columns, are no data', () => {
    expect(
      shape(`
      ## 整改台账
      | 序号 | 反馈问题 | 整改措施 | 整改结果 |
      | （1） | （2） | （3） | （4） |
      | 1 | 学习不深入 | 每月学习一次 | 整改中 |
      | 序号 | 反馈问题 | 整改措施 | 整改结果 |
      | 2 | 制度不健全 | 修订三项制度 | 整改中 |`),
    ).toEqual([
      ['1', 1, 0, 1],
      ['2', 1, 0, 1],
    ]);
  });

  it('a finding that is called 合计 something is data', () => {
    expect(
      titles(`
      ## 整改台账
      | 反馈问题 | 整改措施 | 整改结果 |
      | 合计报账不规范，票据未逐笔附后 | 逐笔附票据 | 整改中 |`),
    ).toEqual(['1 合计报账不规范，票据未逐笔附后']);
  });
});

describe('cells are filled down, never across a finding', () => {
  it('finding, focus area and sub-finding, blank or merged', () => {
    const source = `
      ## 整改台账
      | 序号 | 聚焦方面 | 反馈问题 | 具体问题 | 整改措施 | 整改结果 |
      | 1 | （一）学习方面 | 学习不深入 | 次数不够 | 每月学习一次 | 整改中 |
      | | | | | 每季检查一次 | 整改中 |
      | | | | 记录不全 | 专人记录 | 整改中 |
      | 2 | | 制度不健全 | | 修订三项制度 | 整改中 |`;
    expect(shape(source)).toEqual([
      ['1', 3, 2, 3],
      ['2', 1, 0, 1],
    ]);
    expect(read(source).main.rows.map(row => row.data.subFinding)).toEqual([
      '次数不够',
      '次数不够',
      '记录不全',
      undefined,
    ]);
    expect(read(source).main.findings[1]?.focus?.title).toBe('（一）学习方面');
  });

  it('merged groups in any column', () => {
    expect(
      shape(`
      ## 整改台账
      | 序号 | 反馈问题 | 具体问题 | 整改措施 | 责任领导 | 整改结果 |
      | 1 | 学习不深入 | 次数不够 | 每月学习一次 | 张某 | 整改中 |
      | ^ | ^ | 记录不全 | ^ | ^ | ^ |
      | 2 | 制度不健全 | | 修订三项制度 | 李某 | 整改中 |`),
    ).toEqual([
      ['1', 2, 2, 1],
      ['2', 1, 0, 1],
    ]);
  });

  it('leader, department and deadline come from the finding’s first row, not from the finding above', () => {
    const { main } = read(`
      ## 整改台账
      | 序号 | 反馈问题 | 整改措施 | 责任领导 | 责任部门 | 整改时限 | 整改结果 |
      | 1 | 学习不深入 | 每月学习一次 | 张某 | 办公室 | 10月底前 | 整改中 |
      | | | 每季检查一次 | | | | 整改中 |
      | 2 | 制度不健全 | 修订三项制度 | | | | 整改中 |`);
    expect(main.rows.map(row => row.data.leader)).toEqual(['张某', '张某', undefined]);
    expect(main.rows.map(row => row.data.deadline?.text)).toEqual(['10月底前', '10月底前', undefined]);
  });

  it('status and evidence only inside a merge', () => {
    const { main } = read(`
      ## 整改台账
      | 序号 | 反馈问题 | 整改措施 | 整改结果 | 佐证材料 |
      | 1 | 学习不深入 | 每月学习一次 | 已完成 | 记录.pdf |
      | | | 每季检查一次 | ^ | |`);
    expect(main.rows.map(row => [row.data.result?.status, row.data.evidence])).toEqual([
      ['done', '记录.pdf'],
      ['done', undefined],
    ]);
  });

  it('money never: a merged amount counts once', () => {
    const { states } = examined(`
      ## 整改台账
      | 序号 | 反馈问题 | 整改措施 | 应追缴金额（元） | 整改结果 |
      | 1 | 违规发放补贴 | 清退补贴 | 18000 | 整改中 |
      | | | 通报批评 | ^ | 整改中 |`);
    expect(String(states[0]?.money.due)).toBe('18000.00');
  });

  it('a full stop more or less makes no other finding, a number in brackets does', () => {
    expect(
      titles(`
      ## 整改台账
      | 反馈问题 | 整改措施 | 整改结果 |
      | 学习不深入 | 每月学习一次 | 整改中 |
      | 学习不深入。 | 每季检查一次 | 整改中 |
      | 管理不到位（一） | 修订三项制度 | 整改中 |
      | 管理不到位（二） | 明察暗访 | 整改中 |`),
    ).toEqual(['1 学习不深入', '2 管理不到位（一）', '3 管理不到位（二）']);
  });

  it('rows of one finding may stand apart', () => {
    expect(
      shape(`
      ## 整改台账
      | 序号 | 反馈问题 | 整改措施 | 责任部门 | 整改结果 |
      | 1 | 学习不深入 | 每月学习一次 | 办公室 | 整改中 |
      | 2 | 制度不健全 | 修订三项制度 | 政工股 | 整改中 |
      | 1 | 学习不深入 | 每季检查一次 | 政工股 | 整改中 |`),
    ).toEqual([
      ['1', 2, 0, 2],
      ['2', 1, 0, 1],
    ]);
  });
});

describe('the numbering is found before gaps are looked for', () => {
  const numbering = (source: string) => read(source).main.numbering;

  it('through the ledger', () => {
    expect(
      numbering(`
      ## 整改台账
      | 序号 | 反馈问题 | 整改措施 | 整改结果 |
      | 1 | 学习不深入 | 每月学习一次 | 整改中 |
      | | | 每季检查一次 | 整改中 |
      | 2 | 制度不健全 | 修订三项制度 | 整改中 |`),
    ).toBe('global');
  });

  it('from 1 in each focus area', () => {
    const source = `
      ## 整改台账
      | 序号 | 聚焦方面 | 反馈问题 | 整改措施 | 整改结果 |
      | 1 | （一）学习方面 | 学习不深入 | 每月学习一次 | 整改中 |
      | 2 | | 记录不全 | 专人记录 | 整改中 |
      | 1 | （二）作风方面 | 走访不够 | 按季走访 | 整改中 |`;
    expect(numbering(source)).toBe('section');
    expect(read(source).main.findings.map(finding => finding.label)).toEqual(['1-1', '1-2', '2-1']);
  });

  it('every row its own', () => {
    expect(
      numbering(`
      ## 整改台账
      | 序号 | 反馈问题 | 整改措施 | 整改结果 |
      | 1 | 学习不深入 | 每月学习一次 | 整改中 |
      | 2 | 学习不深入 | 每季检查一次 | 整改中 |
      | 3 | 制度不健全 | 修订三项制度 | 整改中 |`),
    ).toBe('row');
  });

  it('1-1, 1-2: the finding’s number and the row’s', () => {
    const source = `
      ## 整改台账
      | 序号 | 反馈问题 | 整改措施 | 整改结果 |
      | '1-1 | 学习不深入 | 每月学习一次 | 整改中 |
      | '1-2 | | 每季检查一次 | 整改中 |
      | '2-1 | 制度不健全 | 修订三项制度 | 整改中 |`;
    expect(numbering(source)).toBe('global');
    expect(read(source).main.findings.map(finding => [finding.number, finding.rows.length])).toEqual([
      [1, 2],
      [2, 1],
    ]);
  });

  it('in the finding itself', () => {
    expect(
      titles(`
      ## 整改台账
      | 反馈问题 | 整改措施 | 整改结果 |
      | 1.学习不深入 | 每月学习一次 | 整改中 |
      | 问题2：制度不健全 | 修订三项制度 | 整改中 |`),
    ).toEqual(['1 学习不深入', '2 制度不健全']);
  });

  it('none at all', () => {
    const source = `
      ## 整改台账
      | 反馈问题 | 整改措施 | 整改结果 |
      | 学习不深入 | 每月学习一次 | 整改中 |
      | 制度不健全 | 修订三项制度 | 整改中 |`;
    expect(numbering(source)).toBe('none');
    expect(read(source).main.findings.map(finding => [finding.number, finding.label])).toEqual([
      [undefined, '1'],
      [undefined, '2'],
    ]);
  });

  it('written as text, full-width, in Chinese, with a point', () => {
    const { main } = read(`
      ## 整改台账
      | 序号 | 反馈问题 | 整改措施 | 整改结果 |
      | "1." | 学习不深入 | 每月学习一次 | 整改中 |
      | ２ | 制度不健全 | 修订三项制度 | 整改中 |
      | 三 | 走访不够 | 按季走访 | 整改中 |
      | （4） | 台账不全 | 补登台账 | 整改中 |`);
    expect([main.numbering, ...main.findings.map(finding => finding.number)]).toEqual(['global', 1, 2, 3, 4]);
  });
});

describe('a row that a sort has put under another finding', () => {
  const source = `
    ## 台账
    | 序号 | 反馈问题 | 具体问题 | 整改措施 | 责任领导 | 整改结果 |
    | 1 | 学习不深入 | 次数不够 | 每月学习一次 | 张某 | 已完成 |
    | 2 | 制度不健全 | 制度过时 | 修订三项制度 | 李某 | 已完成 |
    | | | | 专人负责记录 | | 整改中 |
    | | | | 汇编制度 | | 已完成 |`;
  const { grid } = workbook(source);
  const asItStands = ledgerOf(grid);
  const [home] = asItStands.main.findings;

  it('counts where it belongs, with that finding’s leader; what follows it stays where it is', () => {
    expect(home).toBeDefined();
    if (home === undefined) return;
    const { findings, rows } = ledgerOf(grid, '2023-10-30', new Map([[4, home]])).main;
    expect(findings.map(finding => [finding.label, finding.rows.map(row => row.number)])).toEqual([
      ['1', [2, 4]],
      ['2', [3, 5]],
    ]);
    const moved = rows.find(row => row.number === 4);
    expect([moved?.data.leader, moved?.data.subFinding, moved?.data.finding]).toEqual([
      '张某',
      undefined,
      '学习不深入',
    ]);
    expect(rows.find(row => row.number === 5)?.data).toMatchObject({ leader: '李某', subFinding: '制度过时' });
  });

  it('never speaks for the finding, though it stands above it', () => {
    const upside = workbook(`
      ## 台账
      | 序号 | 反馈问题 | 整改措施 | 责任领导 | 整改结果 |
      | 2 | 制度不健全 | 修订三项制度 | 李某 | 已完成 |
      | | | 专人负责记录 | | 整改中 |
      | 1 | 学习不深入 | 每月学习一次 | 张某 | 已完成 |`).grid;
    const learning = ledgerOf(upside).main.findings.find(finding => finding.number === 1);
    expect(learning).toBeDefined();
    if (learning === undefined) return;
    const { findings } = ledgerOf(upside, '2023-10-30', new Map([[3, learning]])).main;
    expect(findings.map(finding => [finding.number, finding.first.number, finding.rows.length])).toEqual([
      [2, 2, 1],
      [1, 4, 2],
    ]);
  });
});
