import { type Text, text } from '../model/text.js';

/** One line of 基本信息: 项目 | 内容. */
export type Fact = {
  readonly key: string;
  readonly header: Text;
  readonly aliases: readonly string[];
  readonly kind: 'text' | 'date' | 'count' | 'amount' | 'unit' | 'scope';
  readonly owner: 'office' | 'program';
  readonly help: Text;
  readonly choices?: readonly string[];
};

export const factsSheetName = text('基本信息', 'Facts');
export const factsSheetAliases = ['基本情况', '台账信息', 'facts'] as const;

/** 基本信息: what holds for the ledger as a whole. */
export const facts = [
  {
    key: 'unit',
    header: text('被巡察党组织', 'Inspected unit'),
    aliases: ['被巡察单位', '被巡视党组织', '被巡视单位', '责任单位', '单位名称', '被审计单位'],
    kind: 'text',
    owner: 'office',
    help: text('单位党组织的全称。', 'The inspected Party organisation.'),
  },
  {
    key: 'supervision',
    header: text('监督类型', 'Kind of supervision'),
    aliases: ['监督来源', '来源', '问题来源'],
    kind: 'text',
    owner: 'office',
    choices: ['巡视', '巡察', '审计', '专项检查'],
    help: text('巡视、巡察、审计、专项检查。', 'Inspection, audit, special check.'),
  },
  {
    key: 'round',
    header: text('轮次', 'Round'),
    aliases: ['巡察轮次', '巡视轮次'],
    kind: 'text',
    owner: 'office',
    help: text('如“第三轮”。', 'Such as 第三轮.'),
  },
  {
    key: 'inspectionFrom',
    header: text('巡察开始', 'Inspection from'),
    aliases: ['巡察开始日期', '巡视开始', '检查开始', '审计开始', '进驻日期'],
    kind: 'date',
    owner: 'office',
    help: text('巡察进驻的日期。', 'First day of the inspection.'),
  },
  {
    key: 'inspectionTo',
    header: text('巡察结束', 'Inspection to'),
    aliases: ['巡察结束日期', '巡视结束', '检查结束', '审计结束'],
    kind: 'date',
    owner: 'office',
    help: text('巡察结束的日期。', 'Last day of the inspection.'),
  },
  {
    key: 'feedback',
    header: text('反馈日期', 'Feedback'),
    aliases: ['反馈时间', '反馈意见日期', '巡察反馈日期'],
    kind: 'date',
    owner: 'office',
    help: text('反馈巡察意见的日期；整改期从这天起算。', 'Day of the feedback; the period counts from it.'),
  },
  {
    key: 'planDate',
    header: text('整改方案日期', 'Plan date'),
    aliases: ['方案印发时间', '整改方案印发日期', '方案日期'],
    kind: 'date',
    owner: 'office',
    help: text('整改方案印发的日期。', 'When the plan was issued.'),
  },
  {
    key: 'planNumber',
    header: text('整改方案文号', 'Plan number'),
    aliases: ['方案文号'],
    kind: 'text',
    owner: 'office',
    help: text('整改方案的文号。', 'The plan’s document number.'),
  },
  {
    key: 'periodMonths',
    header: text('集中整改期（月）', 'Rectification period (months)'),
    aliases: ['集中整改期限', '集中整改期', '整改期限（月）'],
    kind: 'count',
    owner: 'office',
    choices: ['2', '3', '6'],
    help: text('几个月，常见 2、3、6，以本地规定为准。', 'Months; 2, 3 or 6 as locally ruled.'),
  },
  {
    key: 'statedAsOf',
    header: text('统计截止日期', 'Figures as of'),
    aliases: ['截止日期', '统计截止', '截至日期'],
    kind: 'date',
    owner: 'office',
    help: text('通报数据统计到哪一天。', 'The day up to which the claims count.'),
  },
  {
    key: 'statedFindings',
    header: text('反馈问题总数', 'Findings in all'),
    aliases: ['反馈问题数', '问题总数'],
    kind: 'count',
    owner: 'office',
    help: text('反馈意见一共指出几个问题。', 'How many findings the feedback has.'),
  },
  {
    key: 'scope',
    header: text('范围', 'Scope'),
    aliases: ['台账范围'],
    kind: 'scope',
    owner: 'office',
    choices: ['全部', '部分'],
    help: text('本台账列的是全部问题还是部分问题。', 'Whether the ledger lists all findings.'),
  },
  {
    key: 'moneyUnit',
    header: text('默认金额单位', 'Unit of money'),
    aliases: ['金额单位', '单位'],
    kind: 'unit',
    owner: 'office',
    choices: ['元', '万元'],
    help: text('没有写单位的金额按它读。', 'Unit of amounts that name none.'),
  },
  {
    key: 'tolerance',
    header: text('允许差额', 'Tolerance'),
    aliases: ['容差'],
    kind: 'amount',
    owner: 'office',
    help: text('金额核对允许的差额，默认 0；填了必须写理由。', 'Allowed difference; 0 unless a reason is given.'),
  },
  {
    key: 'toleranceReason',
    header: text('差额理由', 'Reason of tolerance'),
    aliases: ['容差理由'],
    kind: 'text',
    owner: 'office',
    help: text('允许差额的理由；不写则按 0 核对。', 'Without a reason the tolerance is 0.'),
  },
  {
    key: 'firstResponsible',
    header: text('第一责任人', 'First responsible'),
    aliases: ['主要负责人', '党组书记', '党委书记'],
    kind: 'text',
    owner: 'office',
    help: text('整改第一责任人。', 'Who answers first.'),
  },
  {
    key: 'template',
    header: text('模板标识', 'Template'),
    aliases: [],
    kind: 'text',
    owner: 'program',
    help: text('系统填写。', 'Filled by the program.'),
  },
  {
    key: 'templateVersion',
    header: text('模板版本', 'Template version'),
    aliases: [],
    kind: 'text',
    owner: 'program',
    help: text('系统填写。', 'Filled by the program.'),
  },
] as const satisfies readonly Fact[];

export type FactKey = (typeof facts)[number]['key'];

/** Written into 基本信息 of every workbook that `init` makes. */
export const templateId = 'ledger-standard';
export const templateVersion = '1';
