import { wordKey } from '../sheets/cells.js';

/** What a claim states. Anything else is a part by its own name. */
export type ClaimKind =
  | 'findings-total'
  | 'sections'
  | 'sub-findings'
  | 'measures'
  | 'done'
  | 'mostly-done'
  | 'in-progress'
  | 'not-done'
  | 'long-term'
  | 'not-started'
  | 'withdrawn'
  | 'closed'
  | 'immediate'
  | 'rate'
  | 'closing-rate'
  | 'recovered'
  | 'losses'
  | 'policies'
  | 'actions'
  | 'meetings'
  | 'solved'
  | 'elsewhere';

/**
 * Words by which people name each kind in 事项. The longest word found decides: 未整改到位 before 整改到位. A word that
 * begins with = must be the whole text.
 */
const kindWords: { readonly [K in ClaimKind]: readonly string[] } = {
  'findings-total': [
    '反馈问题总数',
    '反馈问题数',
    '反馈问题',
    '反馈意见问题',
    '问题总数',
    '问题数',
    '问题个数',
    '问题数量',
    '指出问题',
    '发现问题',
    '=整改任务',
    '=整改事项',
    '=问题',
  ],
  sections: ['反馈方面', '方面数', '聚焦方面'],
  'sub-findings': ['具体问题', '具体事项'],
  measures: ['整改措施', '整改举措', '措施数', '举措数'],
  done: [
    '整改到位',
    '已完成',
    '完成整改',
    '整改完成',
    '已整改',
    '已办结',
    '办结',
    '完成问题',
    '完成数',
    '已落实',
    '全部完成',
    '整改完毕',
    '问题完成',
  ],
  'mostly-done': ['基本完成', '基本整改', '阶段性'],
  'in-progress': ['整改中', '正在整改', '正在推进', '推进中', '进行中', '持续整改', '持续推进'],
  'not-done': ['未完成', '尚未完成', '没有完成', '未整改到位', '未办结', '未销号'],
  'long-term': ['长期坚持', '长期整改', '需长期整改', '长期推进', '常态化'],
  'not-started': ['未启动', '未整改', '尚未整改', '未开始'],
  withdrawn: ['不再纳入', '不再纳入整改', '撤销事项', '撤销问题'],
  closed: ['已销号', '销号数', '销号', '完成销号', '销号问题'],
  immediate: ['立行立改', '立查立改', '即知即改', '立即整改'],
  rate: ['完成率', '整改率', '整改完成率', '到位率', '办结率', '整改到位率', '问题整改率'],
  'closing-rate': ['销号率'],
  recovered: [
    '追缴',
    '收缴',
    '清退',
    '退缴',
    '追回',
    '上缴',
    '收回',
    '退还',
    '清缴',
    '清收',
    '追偿',
    '违规资金',
    '违纪资金',
    '违规违纪资金',
  ],
  losses: ['挽回损失', '挽回经济损失', '避免损失', '避免经济损失'],
  policies: ['制度', '建章立制', '规章', '管理办法', '规范性文件'],
  actions: [
    '谈话',
    '约谈',
    '提醒',
    '批评教育',
    '诫勉',
    '处分',
    '组织处理',
    '问责',
    '处理人员',
    '免职',
    '停职',
    '调离',
    '通报批评',
    '书面检查',
    '移送',
  ],
  meetings: ['会议', '推进会', '调度会', '民主生活会', '党组会', '党委会', '领导小组会', '专题会', '座谈会', '现场会'],
  solved: ['解决问题', '解决实际问题', '帮助解决', '问题解决', '解决困难'],
  // Counted in registers that a rectification ledger does not have.
  elsewhere: ['问题线索', '信访', '满意度', '满意率', '测评'],
};

/** What is counted or summed: the words of 口径, or of 事项 where 口径 is blank. */
export type MoneyBasis = 'due' | 'recovered' | 'outstanding' | 'reduced';

const moneyBasisWords: { readonly [B in MoneyBasis]: readonly string[] } = {
  due: [
    '应追缴',
    '应收缴',
    '应清退',
    '应退',
    '应缴',
    '应上缴',
    '应追回',
    '应追',
    '应收',
    '需追缴',
    '须追缴',
    '待追缴',
    '拟追缴',
  ],
  recovered: [
    '已追缴',
    '已收缴',
    '已清退',
    '已退',
    '已缴',
    '已上缴',
    '已追回',
    '已收回',
    '已到账',
    '到账',
    '实际追缴',
    '实追缴',
    '已归还',
    '不存在',
  ],
  outstanding: [
    '未追缴',
    '尚未追缴',
    '未收缴',
    '未清退',
    '未退',
    '未缴',
    '未上缴',
    '未追回',
    '尚欠',
    '仍欠',
    '尚有',
    '剩余',
  ],
  reduced: ['核减', '核销', '审减', '减免'],
};

export type CountLevel = 'findings' | 'sub-findings' | 'measures';

const levelWords: { readonly [L in CountLevel]: readonly string[] } = {
  findings: ['问题', '反馈问题', '主要问题', '大问题'],
  'sub-findings': ['具体问题', '具体事项', '具体表现', '子问题', '问题表现'],
  measures: ['措施', '整改措施', '任务', '整改任务', '举措'],
};

/**
 * Forms of 谈话与处理, each with the words that stand for it in the register and in a claim. A claim of a group
 * (谈话, 处分) counts every form of it; 约谈 is not 提醒谈话.
 */
const actionForms = {
  reminder: ['提醒谈话', '谈话提醒', '提醒'],
  admonition: ['批评教育', '批评'],
  summons: ['约谈'],
  warning: ['诫勉谈话', '诫勉'],
  heart: ['谈心谈话', '谈心'],
  honesty: ['廉政谈话', '警示谈话', '集体谈话'],
  inspection: ['书面检查', '责令检查', '责令作出检查', '责令书面检查'],
  naming: ['通报批评', '通报'],
  reorganised: [
    '组织处理',
    '组织调整',
    '免职',
    '停职',
    '停职检查',
    '调离',
    '调整岗位',
    '调整职务',
    '责令辞职',
    '降职',
    '辞退',
    '解聘',
  ],
  party: ['党纪处分', '党内警告', '党内严重警告', '撤销党内职务', '留党察看', '开除党籍'],
  official: ['政务处分', '行政处分', '政务警告', '记过', '记大过', '降级', '撤职', '政务开除'],
  punished: ['处分', '警告', '严重警告', '开除'],
  transferred: ['移送', '立案'],
} as const satisfies { readonly [form: string]: readonly string[] };

export type ActionForm = keyof typeof actionForms;

/** Words for several forms at once. A party or official sanction written as 党纪政务处分 may be either. */
const actionGroups: readonly { readonly words: readonly string[]; readonly forms: readonly ActionForm[] }[] = [
  {
    words: ['谈话', '谈话函询'],
    forms: ['reminder', 'admonition', 'summons', 'warning', 'heart', 'honesty'],
  },
  { words: ['谈话约谈', '约谈谈话'], forms: ['reminder', 'summons', 'warning', 'heart', 'honesty'] },
  { words: ['党纪政务处分', '党政纪处分', '纪律处分'], forms: ['party', 'official', 'punished'] },
  { words: ['党纪处分'], forms: ['party'] },
  { words: ['政务处分'], forms: ['official'] },
  { words: ['处分'], forms: ['party', 'official', 'punished'] },
  {
    words: ['问责', '追责问责', '问责处理', '处理人员'],
    forms: [
      'reminder',
      'admonition',
      'summons',
      'warning',
      'inspection',
      'naming',
      'reorganised',
      'party',
      'official',
      'punished',
      'transferred',
    ],
  },
];

/** 方式 of a policy as a claim may restrict it. A word for making and one for changing together restrict nothing. */
export type PolicyManner = 'new' | 'changed';

const mannerWords: { readonly [M in PolicyManner]: readonly string[] } = {
  new: ['新建', '新制定', '新增', '建立', '制定', '出台'],
  changed: ['修订', '修改', '完善', '健全'],
};

const mostKinds = entriesOf(kindWords);
const mostBases = entriesOf(moneyBasisWords);
const mostLevels = entriesOf(levelWords);
const mostForms: readonly (readonly [string, readonly ActionForm[]])[] = [
  ...entriesOf(actionForms).map(([word, form]): readonly [string, readonly ActionForm[]] => [word, [form]]),
  ...actionGroups.flatMap(group =>
    group.words.map((word): readonly [string, readonly ActionForm[]] => [word, group.forms]),
  ),
];

function entriesOf<K extends string>(
  words: { readonly [P in K]: readonly string[] },
): readonly (readonly [string, K])[] {
  const list: (readonly [string, K])[] = [];
  for (const key in words) for (const word of words[key]) list.push([word, key]);
  return list;
}

/** The meaning of the longest known word in a text; of equally long ones the last in the table. */
function longest<T>(words: readonly (readonly [string, T])[], written: string): T | undefined {
  const key = wordKey(written);
  let best: readonly [string, T] | undefined;
  for (const entry of words) {
    const [word] = entry;
    const found = word.startsWith('=') ? key === word.slice(1) : key.includes(word);
    if (found && (best === undefined || word.length >= best[0].length)) best = entry;
  }
  return best?.[1];
}

export function claimKind(subject: string): ClaimKind | undefined {
  return longest(mostKinds, subject);
}

export function moneyBasis(written: string): MoneyBasis | undefined {
  return longest(mostBases, written);
}

export function countLevel(basis: string): CountLevel | undefined {
  return longest(mostLevels, basis);
}

/** The forms of 谈话与处理 that a word stands for; undefined when it names none. */
export function formsOf(written: string): readonly ActionForm[] | undefined {
  return longest(mostForms, written);
}

/** new or changed when the words say one of them only. */
export function policyManner(written: string): PolicyManner | undefined {
  const key = wordKey(written);
  const says = (manner: PolicyManner) => mannerWords[manner].some(word => key.includes(word));
  return says('new') === says('changed') ? undefined : says('new') ? 'new' : 'changed';
}

/** Kinds of meeting: 推进会 in 事项 counts the rows whose 类型 names it, 党工委会议 its own; 会议 counts all. */
export function sameMeeting(claimed: string, form: string): boolean {
  const [claim, row] = [wordKey(claimed), wordKey(form)];
  const named = kindWords.meetings.filter(word => word !== '会议' && claim.includes(word));
  if (named.length > 0) return named.some(word => row.includes(word) || word.includes(row));
  const own = claim
    .replace(/^(?:召开|组织|举行|各类|各种|有关|相关|专题|整改|工作)+/u, '')
    .replace(/会议?(?:次数|场次)?$/u, '');
  return own.length < 2 || row.includes(own);
}

const aroundName = new RegExp(
  `^(?:其中|包括|含|[一二三四五六七八九十]是|[0-9]+[.、)])*(?:${[
    ...Object.values(moneyBasisWords).flat(),
    '追缴',
    '收缴',
    '清退',
    '退缴',
    '追回',
    '上缴',
    '收回',
    '退还',
  ]
    .sort((a, b) => b.length - a.length)
    .join('|')})*[::]?`,
  'u',
);

/** The name of a sum of money without the words that say what became of it: 应追缴代缴养老保险 → 代缴养老保险. */
export function moneyName(written: string): string {
  return wordKey(written)
    .replace(aroundName, '')
    .replace(/\d[\d.,]*(?:元|万元|亿元)?$/u, '');
}
