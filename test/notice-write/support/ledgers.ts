import fc from 'fast-check';

/** A ledger as its writer means it; `workbookOf` writes it down as a text workbook. */
export type MeantFinding = {
  readonly title: string;
  readonly subFindings: readonly string[];
  readonly measures: readonly string[];
  readonly status: string;
  readonly publicity: string;
  /** In fen; undefined: no money. */
  readonly money: { readonly due: number; readonly recovered: number } | undefined;
  readonly reason: string;
};
export type MeantLedger = {
  readonly areas: readonly { readonly name: string; readonly findings: readonly MeantFinding[] }[];
  readonly policies: readonly { readonly finding: number; readonly name: string; readonly manner: string }[];
  readonly talks: readonly { readonly finding: number; readonly form: string; readonly times: number }[];
  readonly meetings: readonly { readonly form: string; readonly date: string; readonly solved: number }[];
};

const wrongs = [
  '理论学习不深入',
  '议事规则执行不严格',
  '公车管理不规范',
  '党费收缴不及时',
  '干部轮岗不到位',
  '合同审核把关不严',
];
const details = ['学习计划没有落实', '会议记录不完整', '台账登记不及时', '审批程序不规范', '监督检查流于形式'];
const deeds = [
  '制定年度学习计划，每月集中学习一次',
  '修订《议事规则》并组织学习',
  '2023年9月26日，对相关股室负责人进行约谈',
  '开展专项检查2次，发现的问题全部改正',
  '按月公示，接受监督',
  '补签合同12份',
];
const areaNames = ['聚焦政治建设方面', '聚焦群众身边不正之风方面', '聚焦基层党组织建设方面', '巡察整改责任落实方面'];
const statuses = ['已完成', '已完成并长期坚持', '基本完成', '长期坚持', '整改中', '未启动', '不再纳入'];

const money = fc.option(
  fc
    .tuple(fc.integer({ min: 1, max: 90_000_000_00 }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([due, share]) => ({ due, recovered: share < 0.3 ? 0 : share > 0.6 ? due : Math.floor(due * share) })),
  { nil: undefined, freq: 3 },
);

function finding(
  publicities: readonly string[],
): fc.Arbitrary<Omit<MeantFinding, 'title'> & { readonly wrong: string }> {
  return fc.record({
    wrong: fc.constantFrom(...wrongs),
    subFindings: fc.uniqueArray(fc.constantFrom(...details), { maxLength: 3 }),
    measures: fc.uniqueArray(fc.constantFrom(...deeds), { minLength: 1, maxLength: 4 }),
    status: fc.constantFrom(...statuses),
    publicity: fc.constantFrom(...publicities),
    money,
    reason: fc.constantFrom('', '涉及历史遗留问题'),
  });
}

/** Ledgers in an office's words; at least one finding is 社会公开. */
export function meantLedgers(publicities: readonly string[] = ['社会公开', '社会公开', '党内通报', '不公开']) {
  return fc
    .record({
      areas: fc.uniqueArray(fc.constantFrom(...areaNames), { minLength: 1, maxLength: 4 }).chain(names =>
        fc.tuple(
          ...names.map(name =>
            fc.record({
              name: fc.constant(name),
              findings: fc.array(finding(publicities), { minLength: 1, maxLength: 4 }),
            }),
          ),
        ),
      ),
      policies: fc.array(
        fc.record({ finding: fc.integer({ min: 1, max: 4 }), manner: fc.constantFrom('新建', '修订') }),
        { maxLength: 4 },
      ),
      talks: fc.array(
        fc.record({
          finding: fc.integer({ min: 1, max: 4 }),
          form: fc.constantFrom('提醒谈话', '约谈'),
          times: fc.integer({ min: 1, max: 30 }),
        }),
        { maxLength: 3 },
      ),
      meetings: fc.array(
        fc.record({
          form: fc.constantFrom('党组会', '推进会'),
          date: fc.constantFrom('2023-08-05', '2023-08-25', '2023-09-12'),
          solved: fc.integer({ min: 0, max: 5 }),
        }),
        { maxLength: 4 },
      ),
    })
    .map(({ areas, policies, talks, meetings }): MeantLedger => {
      let number = 0;
      const titled = areas.map(area => ({
        name: area.name,
        findings: area.findings.map(({ wrong, ...rest }) => {
          number += 1;
          // Two findings with the same words would be one finding.
          return { ...rest, title: `${'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳'.charAt(number - 1)}单位${wrong}` };
        }),
      }));
      const existing = <T extends { readonly finding: number }>(list: readonly T[]) =>
        list.filter(one => one.finding <= number);
      return {
        areas: titled,
        policies: existing(policies).map((one, index) => ({ ...one, name: `第${index + 1}号工作管理办法` })),
        talks: existing(talks),
        meetings,
      };
    })
    .filter(({ areas }) => areas.some(({ findings }) => findings.some(one => one.publicity === '社会公开')));
}

const numerals = ['一', '二', '三', '四'];

export function yuanOf(fen: number): string {
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
}

export function workbookOf({ areas, policies, talks, meetings }: MeantLedger): string {
  let number = 0;
  const rows = areas.flatMap((area, place) =>
    area.findings.flatMap(one => {
      number += 1;
      return Array.from({ length: Math.max(1, one.subFindings.length, one.measures.length) }, (_, at) => {
        const head = at === 0 ? [String(number), `（${numerals[place]}）${area.name}`, one.title] : ['', '', ''];
        const paid =
          at === 0 && one.money !== undefined ? [yuanOf(one.money.due), yuanOf(one.money.recovered)] : ['', ''];
        return `| ${[...head, one.subFindings[at] ?? '', one.measures[at] ?? '', '张某', '办公室', '2023-12-31', one.status, ...paid, '第1盒', at === 0 ? one.publicity : '', one.reason].join(' | ')} |`;
      });
    }),
  );
  return `
## 基本信息
| 被巡察党组织 | 甲市乙局党组 |
| 监督类型 | 巡察 |
| 巡察开始 | 2023-03-15 |
| 巡察结束 | 2023-06-15 |
| 反馈日期 | 2023-07-28 |
| 整改方案日期 | 2023-08-20 |
| 集中整改期（月） | 3 |
| 默认金额单位 | 元 |

## 整改台账
| 序号 | 聚焦方面 | 反馈问题 | 具体问题 | 整改措施 | 责任领导 | 责任部门 | 整改时限 | 整改结果 | 应追缴金额 | 已追缴金额 | 佐证材料 | 公开范围 | 未完成原因 |
${rows.join('\n')}

## 制度清单
| 问题序号 | 制度名称 | 方式 | 印发日期 |
${policies.map(one => `| ${one.finding} | ${one.name} | ${one.manner} | 2023-09-20 |`).join('\n')}

## 谈话与处理
| 问题序号 | 形式 | 人次 | 日期 |
${talks.map(one => `| ${one.finding} | ${one.form} | ${one.times} | 2023-09-01 |`).join('\n')}

## 会议调度
| 类型 | 日期 | 议题 | 解决问题数 |
${meetings.map(one => `| ${one.form} | ${one.date} | 研究整改工作 | ${one.solved} |`).join('\n')}
`;
}
