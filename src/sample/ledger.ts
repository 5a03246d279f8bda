import type { NewRow, NewWorkbook } from '../stores/excel/author.js';

/**
 * A ledger with the kind of faults that published notices have: a total one yuan above its parts, two findings that are
 * not there, a finding declared done with millions still owed, measures dated before the inspection. The unit, the places
 * and the persons are invented.
 */

type Measure = { readonly text: string; readonly date?: string };

type SampleFinding = {
  readonly number: number;
  readonly title: string;
  /** The group that begins with this finding. */
  readonly focus?: string;
  readonly subFindings: readonly string[];
  /** In the order of the sub-findings they answer; `answers` of a row says which, by position. */
  readonly measures: readonly (Measure & { readonly answers?: readonly number[] })[];
  readonly due?: string;
  readonly recovered?: string;
};

const findings: readonly SampleFinding[] = [
  {
    number: 1,
    focus: '（一）聚焦贯彻落实党的路线方针政策和上级决策部署方面',
    title: '理论学习有差距',
    subFindings: ['学习不系统，不够经常', '学用结合不紧'],
    measures: [
      { text: '修订《党组理论学习中心组学习制度》，明确学习的时间和环节', answers: [0] },
      { text: '围绕党的二十大精神开展专题学习三次', answers: [0] },
      { text: '班子成员结合分管业务撰写并发表署名文章两篇', answers: [1] },
    ],
  },
  {
    number: 2,
    title: '意识形态工作和统战工作不够主动',
    subFindings: [],
    measures: [
      { text: '制定《意识形态和舆情分析研判制度》' },
      { text: '班子成员个人述职报告、民主生活会对照检查材料均按规定写入意识形态内容' },
      { text: '落实“第一议题”制度，每次党组会先学习后议事' },
      { text: '开展统战联谊活动，建立党外人士联系名册' },
    ],
  },
  {
    number: 3,
    title: '落实上级决策部署有偏差',
    subFindings: [
      '对新媒体发展的新形势谋划不多、协调不够',
      '机构改革不彻底',
      '未推动出台《乡镇广播管理办法》',
      '新媒体平台作用发挥不够',
      '民生新闻影响力不够',
    ],
    measures: [
      { text: '就成立公司一事向市委、市政府汇报三次，召开改革发展协调会四次', answers: [0] },
      { text: '向市委编办书面请示，将乡镇编制的112人转隶', date: '2022年12月', answers: [1] },
      { text: '就乡镇广播管理办法向市委、市政府汇报三次', answers: [2] },
      { text: '宣传部门下发通知，把客户端推广情况纳入各镇各单位意识形态考核', date: '2020-12-01', answers: [3] },
      {
        text: '新招聘的8名大学生全部安排到采编播岗位，每周一次新闻例会，每月一次业务培训',
        date: '2022-10-07',
        answers: [4],
      },
    ],
  },
  {
    number: 4,
    title: '内部管理不到位',
    subFindings: ['对镇广播机构管理不到位', '请销假制度执行不严', '干部担当作为有差距'],
    measures: [
      { text: '修订《职工考勤和请销假管理制度》，制定《领导班子及部门负责人目标管理考核办法》', answers: [0] },
      { text: '由督查部门对考勤考纪明察暗访，通报考核处理结果', answers: [1, 2] },
    ],
  },
  {
    number: 5,
    title: '以人民为中心的发展理念树得不牢',
    subFindings: ['客户端没有打通服务群众的“最后一公里”', '镇广播站服务意识不强', '驻村工作队联系群众不紧密'],
    measures: [
      { text: '政务服务、就业咨询、水费电费缴纳等服务接入客户端', answers: [0] },
      { text: '制定《乡镇广播机构管理制度》《应急广播运维人员管理制度》', answers: [1] },
      { text: '两名副科级干部带队驻村，进村入户了解情况，建立工作台账', answers: [2] },
    ],
  },
  {
    number: 6,
    title: '“两中心”融合共建需要加强',
    subFindings: ['平台功能不完善', '争取经费保障不够', '工作合力不强'],
    measures: [
      { text: '重新设计的窗口页面和功能版块已上线', answers: [0] },
      { text: '向省、市财政部门递交经费报告', answers: [1] },
      { text: '市两办下发“两中心”融合共建试点工作方案', answers: [2] },
      { text: '组织镇（街道）业务培训班2次、从业人员培训班3次', answers: [2] },
    ],
  },
  {
    number: 7,
    title: '保密基础工作有欠缺',
    subFindings: ['没有召开专题会议研究保密工作', '涉密计算机防护薄弱', '部分涉密人员没有签订当年的保密承诺书'],
    measures: [
      { text: '党组扩大会专题学习保密法1次，对涉密人员培训1次', answers: [0] },
      { text: '完善《保密工作制度》，规范涉密文件和计算机的使用管理', answers: [1] },
      { text: '所有涉密人员均已签订保密承诺书', answers: [2] },
    ],
  },
  {
    number: 10,
    focus: '（三）聚焦基层党组织建设和组织力方面',
    title: '“三重一大”制度落实不规范',
    subFindings: [],
    measures: [{ text: '修订《“三重一大”决策制度》，组织学习并按制度执行' }],
  },
  {
    number: 11,
    title: '执行党的组织纪律不严肃',
    subFindings: [
      '组织生活会制度落实不力',
      '民主生活会制度落实有差距',
      '“三会一课”制度落实有差距',
      '党建基础工作不扎实',
    ],
    measures: [
      { text: '组织党组成员、支部委员学习党章、基层组织工作条例和党费管理规定', answers: [0] },
      { text: '党组会专题研究党建工作2次', answers: [1] },
      { text: '下属各党支部足额收缴党费', answers: [3] },
      { text: '党组书记就组织生活制度落实不力约谈分管领导和四个党支部书记', date: '2023-09-26', answers: [2] },
    ],
  },
  {
    number: 12,
    title: '选人用人不规范',
    subFindings: ['政工、财务岗位干部长期不交流', '违规借调抽调人员'],
    measures: [
      { text: '党组专题会议研究，对两名长期未交流的干部调整岗位', answers: [0] },
      { text: '借调抽调人员补齐手续，没有手续的全部返回原岗位', answers: [1] },
    ],
  },
  {
    number: 13,
    title: '上轮巡视巡察整改不到位：截留原停薪留职人员工资，尚未全部退缴',
    subFindings: [],
    measures: [
      { text: '建立专门台账，明确责任部门和人员，确保在规定时间内全部整改到位' },
      { text: '向市委、市政府和财政部门汇报，衔接处理剩余的503.3万元' },
      { text: '党组班子成员对整改不到位的问题作深刻反思' },
    ],
    due: '1173.3',
    recovered: '670',
  },
];

/** One row per measure; a measure that answers several sub-findings is merged over their rows. */
function rowsOf(finding: SampleFinding): NewRow<'ledger'>[] {
  const rows: NewRow<'ledger'>[] = [];
  for (const measure of finding.measures) {
    const answers = measure.answers?.map(at => finding.subFindings[at] ?? '') ?? [''];
    for (const [index, subFinding] of answers.entries()) {
      const first = rows.length === 0;
      const spanned = index > 0;
      rows.push({
        ...(first ? { seq: { number: String(finding.number) }, finding: finding.title, publicity: '社会公开' } : {}),
        ...(first && finding.focus !== undefined ? { focus: finding.focus } : {}),
        subFinding,
        measure: spanned ? { above: true } : measure.text,
        result: spanned ? { above: true } : '已完成',
        ...(measure.date === undefined || spanned ? {} : { measureDate: dateOrText(measure.date) }),
        ...(first && finding.due !== undefined && finding.recovered !== undefined
          ? { due: { number: finding.due }, recovered: { number: finding.recovered }, unit: '万元' }
          : {}),
      });
    }
  }
  return rows;
}

function dateOrText(written: string): { readonly date: string } | string {
  return /^\d{4}-\d{2}-\d{2}$/.test(written) ? { date: written } : written;
}

const claim = (
  code: string,
  subject: string,
  value: string,
  unit: string,
  basis = '',
  parent = '',
): NewRow<'claims'> => ({
  code,
  subject,
  value: { number: value },
  unit,
  basis,
  parent,
});

const policy = (finding: number, name: string, manner: '新建' | '修订' | '完善'): NewRow<'policies'> => ({
  reference: { number: String(finding) },
  name,
  manner,
  state: '已印发',
});

const meeting = (date: string, form: string, topic: string): NewRow<'meetings'> => ({ form, date: { date }, topic });

/** The sample ledger. */
export const sample: NewWorkbook = {
  full: true,
  title: '甲市融媒体中心党组巡察整改台账（示例）',
  facts: {
    unit: '甲市融媒体中心党组',
    supervision: '巡察',
    inspectionFrom: { date: '2023-03-15' },
    inspectionTo: { date: '2023-06-15' },
    feedback: { date: '2023-07-28' },
    statedAsOf: { date: '2023-10-30' },
    scope: '全部',
    moneyUnit: '元',
  },
  rows: {
    ledger: findings.flatMap(rowsOf),
    recoveries: [
      {
        reference: { number: '13' },
        category: '上缴财政',
        item: '原停薪留职人员工资',
        due: { number: '1173.3' },
        recovered: { number: '670' },
        unit: '万元',
        date: '2022年3月',
        account: '财政',
        note: '上轮巡视巡察反馈；其余503.3万元尚未退缴',
      },
    ],
    policies: [
      policy(1, '党组理论学习中心组学习制度', '修订'),
      policy(2, '意识形态和舆情分析研判制度', '新建'),
      policy(4, '职工考勤和请销假管理制度', '修订'),
      policy(4, '领导班子及部门负责人目标管理考核办法', '新建'),
      policy(5, '乡镇广播机构管理制度', '新建'),
      policy(5, '应急广播运维人员管理制度', '新建'),
      policy(7, '保密工作制度', '完善'),
      policy(10, '“三重一大”决策制度', '修订'),
    ],
    actions: [
      {
        reference: { number: '11' },
        form: '约谈',
        persons: { number: '5' },
        times: { number: '5' },
        date: { date: '2023-09-26' },
        by: '党组书记',
      },
    ],
    meetings: [
      meeting('2023-07-28', '党组会', '研究巡察反馈意见，成立整改领导小组'),
      meeting('2023-08-05', '党组会', '研究整改责任分工'),
      meeting('2023-08-07', '党组会', '研究整改责任分工'),
      meeting('2023-10-30', '专题民主生活会', '巡察整改专题民主生活会'),
    ],
    claims: [
      claim('1', '整改到位数', '13', '个', '问题'),
      claim('2', '追缴资金', '521993.5', '元', '已追缴'),
      claim('2-1', '代缴养老保险', '285358.5', '元', '应追缴', '2'),
      claim('2-2', '代缴医疗保险', '49672.12', '元', '应追缴', '2'),
      claim('2-3', '关心下一代工作经费', '18000', '元', '已追缴', '2'),
      claim('2-4', '职工大病互助', '154000', '元', '已追缴', '2'),
      claim('2-5', '加油卡', '14961.88', '元', '已追缴', '2'),
      claim('3', '制度', '8', '项'),
      claim('4', '谈话', '19', '人次', '提醒谈话'),
      claim('5', '推进会', '4', '次'),
      claim('6', '解决问题数', '6', '个'),
    ],
  },
};
