import fc from 'fast-check';

/** A ledger as its writer means it; `workbookOf` writes it down as a text workbook. */
export type MeantFinding = {
  readonly title: string;
  readonly subFindings: readonly string[];
  readonly measures: readonly string[];
  /** Beside the measures, row by row; '' where only the measure is filled. */
  readonly progress: readonly string[];
  readonly status: string;
  readonly publicity: string;
  /** The second row is not published. */
  readonly partly: boolean;
  /** In fen; undefined: no money. */
  readonly money: MeantMoney | undefined;
  readonly reason: string;
  readonly deadline: string;
  readonly nextReview: string;
};
export type MeantMoney = {
  readonly due: number;
  readonly reduced: number;
  readonly recovered: number;
  /** Stands in 追缴资金, in two rows where it can be divided, instead of in the ledger’s own columns. */
  readonly listed: boolean;
};
export type MeantLedger = {
  readonly areas: readonly { readonly name: string; readonly findings: readonly MeantFinding[] }[];
  readonly policies: readonly { readonly finding: number; readonly name: string; readonly manner: string }[];
  readonly talks: readonly { readonly finding: number; readonly form: string; readonly times: number }[];
  readonly meetings: readonly {
    readonly form: string;
    readonly date: string;
    readonly topic: string;
    readonly solved: number;
  }[];
  readonly moneyUnit: '元' | '万元';
  readonly round: string;
  readonly asOf: string;
  /** Findings that were fed back, more than the ledger lists; 0: it lists all. */
  readonly fedBack: number;
};

const wrongs = [
  '理论学习不深入',
  '议事规则执行不严格',
  '公车管理不规范',
  '党费收缴不及时',
  '干部轮岗不到位',
  '合同审核把关不严',
  '“三重一大”制度落实不严格，大额资金使用未集体研究',
  '2022年度公务接待费超标准',
  '《公务接待管理办法》未及时修订',
  '落实“第一议题”制度有差距（2021年至2023年5次未开展）',
  '党支部“三会一课”不规范：一季度未召开党员大会',
];
const details = [
  '学习计划没有落实',
  '会议记录不完整',
  '台账登记不及时',
  '审批程序不规范',
  '监督检查流于形式',
  '2022年有3次支委会缺少原始记录',
  '应收未收租金，涉及4户',
];
const deeds = [
  '制定年度学习计划，每月集中学习一次',
  '修订《议事规则》并组织学习',
  '2023年9月26日，对相关股室负责人进行约谈',
  '开展专项检查2次，发现的问题全部改正',
  '按月公示，接受监督',
  '补签合同12份',
  '建立台账；逐户核对；按月通报',
  '召开专题会议研究。明确责任人和完成时间',
  '一是制定清单。二是逐项销号。',
  '1.重新签订合同\\n2.报主管部门备案',
  '对3个支部、12名党员开展谈心谈话36人次',
  '落实“两中心”融合共建要求，坚持“第一议题”制度',
  '对2019年以来的遗留事项逐一清理（共17件），8月至10月分三批整改',
  '召开“三重一大”专题会议2次，研究事项5个',
];
/** What was done with money, in words of its own beside the figures of the columns. */
const payments = [
  '9月18日已收回首批款项1.5万元，10月12日收回0.8万元',
  '2023年9月清退补贴8000元；10月清退补贴2000元',
  '款项已于9月28日缴入财政专户',
  '已退回2.35万元，其余正在催收',
];
const reports = [
  '9月20日印发通知，组织学习2次',
  '截至10月底，开展检查6次，发现问题14个，已改正12个',
  '已完成',
  '该项工作9月30日前全部完成，补齐记录41份。其中会议记录30份',
  '已谈心谈话6人；通报1次',
];
const areaNames = [
  '聚焦政治建设方面',
  '聚焦群众身边不正之风方面',
  '聚焦基层党组织建设方面',
  '巡察整改责任落实方面',
  '聚焦“两个维护”、履行党的领导职能责任方面',
];
const statuses = ['已完成', '已完成并长期坚持', '基本完成', '长期坚持', '整改中', '未启动', '不再纳入'];
const reasons = [
  '',
  '涉及历史遗留问题',
  '两家单位已注销，正在联系清算组',
  '需上级部门批复；已上报2次',
  '经巡察办同意，转入常态管理',
];

/** Sums down to the fen, and round ones that are said in 万元. */
const sums = fc.oneof(
  fc.integer({ min: 1, max: 90_000_000_00 }),
  fc.integer({ min: 100, max: 900_000 }).map(n => n * 10_000),
);

const money: fc.Arbitrary<MeantMoney | undefined> = fc.option(
  fc
    .record({
      due: sums,
      off: fc.constantFrom(0, 0, 0, 0.1),
      share: fc.constantFrom(0, 0.37, 0.8, 1, 1),
      listed: fc.boolean(),
    })
    .map(({ due, off, share, listed }) => {
      const reduced = Math.floor((due * off) / 10_000) * 10_000;
      const left = due - reduced;
      const recovered = share === 1 ? left : Math.floor(left * share);
      return { due, reduced, recovered, listed };
    }),
  { nil: undefined, freq: 3 },
);

function finding(
  publicities: readonly string[],
): fc.Arbitrary<Omit<MeantFinding, 'title'> & { readonly wrong: string }> {
  return fc
    .record({
      wrong: fc.constantFrom(...wrongs),
      subFindings: fc.uniqueArray(fc.constantFrom(...details), { maxLength: 3 }),
      measures: fc.uniqueArray(fc.constantFrom(...deeds), { minLength: 1, maxLength: 4 }),
      told: fc.array(fc.constantFrom('', '', ...reports), { minLength: 4, maxLength: 4 }),
      paid: fc.constantFrom('', '', '', ...payments),
      status: fc.constantFrom(...statuses),
      publicity: fc.constantFrom(...publicities),
      partly: fc.constantFrom(false, false, false, true),
      money,
      reason: fc.constantFrom(...reasons),
      deadline: fc.constantFrom('2023-12-31', '2023-09-30', '10月底前', '长期坚持', '立行立改', '集中整改期内'),
      nextReview: fc.constantFrom('', '2024-03-31'),
    })
    .map(({ told, paid, ...rest }) => ({
      ...rest,
      // Payments in words stand where there is money to pay.
      progress: rest.measures.map((_, at) =>
        at === 0 && rest.money !== undefined && paid !== '' ? paid : (told[at] ?? ''),
      ),
      // A register speaks of the whole finding; what is published in part has its money in its rows.
      money: rest.money === undefined || !rest.partly ? rest.money : { ...rest.money, listed: false },
    }));
}

/** Ledgers in an office's words; at least one finding is 社会公开. */
export function meantLedgers(
  publicities: readonly string[] = ['社会公开', '社会公开', '党内通报', '不公开'],
): fc.Arbitrary<MeantLedger> {
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
      grouped: fc.constantFrom(true, true, true, false),
      policies: fc.array(
        fc.record({ finding: fc.integer({ min: 1, max: 4 }), manner: fc.constantFrom('新建', '修订', '') }),
        { maxLength: 4 },
      ),
      talks: fc.array(
        fc.record({
          finding: fc.integer({ min: 0, max: 4 }),
          form: fc.constantFrom('提醒谈话', '约谈', '批评教育', '诫勉'),
          times: fc.integer({ min: 1, max: 30 }),
        }),
        { maxLength: 3 },
      ),
      meetings: fc.array(
        fc.record({
          form: fc.constantFrom('党组会', '推进会', '专题民主生活会'),
          date: fc.constantFrom('2023-08-05', '2023-08-25', '2023-09-12'),
          topic: fc.constantFrom(
            '',
            '研究整改工作',
            '质保金清退',
            '巡察整改专题民主生活会',
            '传达学习反馈意见、审议整改方案',
          ),
          solved: fc.integer({ min: 0, max: 5 }),
        }),
        { maxLength: 4 },
      ),
      moneyUnit: fc.constantFrom('元', '元', '万元'),
      round: fc.constantFrom('', '第四轮', '十三届县委第四轮巡察', '2023年'),
      asOf: fc.constantFrom('', '2023-10-30'),
      more: fc.constantFrom(0, 0, 0, 2),
    })
    .map(({ areas, grouped, policies, talks, meetings, more, ...rest }): MeantLedger => {
      let number = 0;
      const titled = areas.map(area => ({
        name: grouped ? area.name : '',
        findings: area.findings.map(({ wrong, ...told }) => {
          number += 1;
          // Two findings with the same words would be one finding.
          return { ...told, title: `${'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳'.charAt(number - 1)}单位${wrong}` };
        }),
      }));
      const existing = <T extends { readonly finding: number }>(list: readonly T[]) =>
        list.filter(one => one.finding <= number);
      return {
        ...rest,
        areas: titled,
        policies: existing(policies).map((one, index) => ({ ...one, name: `第${index + 1}号工作管理办法` })),
        talks: existing(talks),
        meetings,
        fedBack: more === 0 ? 0 : number + more,
      };
    })
    .filter(({ areas }) => areas.some(({ findings }) => findings.some(one => one.publicity === '社会公开')));
}

const numerals = ['一', '二', '三', '四'];

export function yuanOf(fen: number): string {
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
}

/** Decimal text of fen in a unit, every digit. */
function inUnit(fen: number, unit: MeantLedger['moneyUnit']): string {
  if (unit === '元') return yuanOf(fen);
  return `${Math.floor(fen / 1_000_000)}.${String(fen % 1_000_000).padStart(6, '0')}`;
}

export function workbookOf(meant: MeantLedger): string {
  const { areas, policies, talks, meetings, moneyUnit, round, asOf, fedBack } = meant;
  let number = 0;
  const recoveries: string[] = [];
  const amount = (fen: number) => inUnit(fen, moneyUnit);
  const rows = areas.flatMap((area, place) =>
    area.findings.flatMap(one => {
      number += 1;
      if (one.money?.listed === true) recoveries.push(...listedMoney(number, one.money, amount));
      return Array.from({ length: Math.max(1, one.subFindings.length, one.measures.length) }, (_, at) => {
        const focus = area.name === '' ? '' : `（${numerals[place]}）${area.name}`;
        const head = at === 0 ? [String(number), focus, one.title] : ['', '', ''];
        const paid =
          at === 0 && one.money !== undefined && !one.money.listed
            ? [
                amount(one.money.due),
                amount(one.money.recovered),
                one.money.reduced === 0 ? '' : amount(one.money.reduced),
              ]
            : ['', '', ''];
        const open = at === 1 && one.partly ? '不公开' : at === 0 || one.partly ? one.publicity : '';
        return `| ${[...head, one.subFindings[at] ?? '', one.measures[at] ?? '', '张某', '办公室', one.deadline, one.progress[at] ?? '', one.status, ...paid, '第1盒', open, one.reason, at === 0 ? one.nextReview : ''].join(' | ')} |`;
      });
    }),
  );
  return `
## 基本信息
| 被巡察党组织 | 甲市乙局党组 |
| 监督类型 | 巡察 |
| 轮次 | ${round} |
| 巡察开始 | 2023-03-15 |
| 巡察结束 | 2023-06-15 |
| 反馈日期 | 2023-07-28 |
| 整改方案日期 | 2023-08-20 |
| 集中整改期（月） | 3 |
| 统计截止日期 | ${asOf} |
| 反馈问题总数 | ${fedBack === 0 ? '' : fedBack} |
| 范围 | ${fedBack === 0 ? '' : '部分'} |
| 默认金额单位 | ${moneyUnit} |

## 整改台账
| 序号 | 聚焦方面 | 反馈问题 | 具体问题 | 整改措施 | 责任领导 | 责任部门 | 整改时限 | 整改进展 | 整改结果 | 应追缴金额 | 已追缴金额 | 核减金额 | 佐证材料 | 公开范围 | 未完成原因 | 下次回看日期 |
${rows.join('\n')}

## 追缴资金
| 问题序号 | 类别 | 项目 | 应追缴 | 已追缴 | 核减 | 核减依据 |
${recoveries.join('\n')}

## 制度清单
| 问题序号 | 制度名称 | 方式 | 印发日期 |
${policies.map(one => `| ${one.finding} | ${one.name} | ${one.manner} | 2023-09-20 |`).join('\n')}

## 谈话与处理
| 问题序号 | 形式 | 人次 | 日期 |
${talks.map(one => `| ${one.finding === 0 ? '全部' : one.finding} | ${one.form} | ${one.times} | 2023-09-01 |`).join('\n')}

## 会议调度
| 类型 | 日期 | 议题 | 解决问题数 |
${meetings.map(one => `| ${one.form} | ${one.date} | ${one.topic} | ${one.solved} |`).join('\n')}
`;
}

/** Two rows of one finding: what came in first, and the rest. */
function listedMoney(
  number: number,
  { due, reduced, recovered }: MeantMoney,
  amount: (fen: number) => string,
): string[] {
  const first = Math.floor(recovered / 2);
  const rows = [
    { due: first, recovered: first, reduced: 0 },
    { due: due - first, recovered: recovered - first, reduced },
  ];
  return rows
    .filter(row => row.due > 0)
    .map(
      (row, at) =>
        `| ${number} | 违规资金 | 第${at + 1}笔 | ${amount(row.due)} | ${amount(row.recovered)} | ${row.reduced === 0 ? '' : amount(row.reduced)} | ${row.reduced === 0 ? '' : '会议纪要〔2023〕5号'} |`,
    );
}
