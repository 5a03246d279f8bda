import { type Text, text } from '../../model/text.js';

export type Placeholder = {
  readonly name: string;
  /** A block `{#name}…{/name}` that is printed once for each of its items, or a single text. */
  readonly kind: 'text' | 'block';
  /** The block in which it may stand; undefined: anywhere. */
  readonly within?: string;
  readonly about: Text;
};

/**
 * What may stand in templates/notice.docx between { and }. The one list: the text is filled from it, a template is checked
 * against it, the README prints it.
 */
export const placeholders = [
  { name: '单位', kind: 'text', about: text('被巡察党组织的全称', 'the inspected unit') },
  { name: '标题', kind: 'text', about: text('关于巡察整改进展情况的通报', 'the title') },
  { name: '开头', kind: 'text', about: text('巡察时间、反馈时间和通报依据', 'inspection, feedback, occasion') },
  { name: '组织情况', kind: 'block', about: text('第一部分的各段', 'paragraphs of part one') },
  {
    name: '小标题',
    kind: 'text',
    within: '组织情况',
    about: text('（一）……。 用楷体', 'its heading, （一） included'),
  },
  { name: '正文', kind: 'text', within: '组织情况', about: text('小标题后的文字', 'what follows the heading') },
  {
    name: '总体情况',
    kind: 'text',
    about: text('截至何日，问题、进展、资金、制度、谈话的数字', 'the headline: all figures'),
  },
  {
    name: '部分',
    kind: 'block',
    about: text('已完成、尚未完成、不再纳入的事项，各为一个部分', 'the parts on findings: done, open, withdrawn'),
  },
  { name: '部分标题', kind: 'text', within: '部分', about: text('二、……', 'heading of the part') },
  { name: '方面', kind: 'block', within: '部分', about: text('该部分的各聚焦方面', 'its focus areas') },
  { name: '方面标题', kind: 'block', within: '方面', about: text('有聚焦方面时才有', 'only where there is one') },
  { name: '方面名称', kind: 'text', within: '方面', about: text('（一）聚焦……方面', 'name of the focus area') },
  { name: '问题', kind: 'block', within: '方面', about: text('该方面的各问题', 'its findings') },
  { name: '编号', kind: 'text', within: '问题', about: text('全文连续编号', 'number, running on') },
  {
    name: '问题内容',
    kind: 'text',
    within: '问题',
    about: text('问题及具体问题', 'the finding with its sub-findings'),
  },
  {
    name: '措施',
    kind: 'block',
    within: '问题',
    about: text('台账另有整改进展时才有', 'only where the ledger gives progress, too'),
  },
  { name: '整改措施', kind: 'text', within: '问题', about: text('一是……二是……', 'measures') },
  {
    name: '进展',
    kind: 'block',
    within: '问题',
    about: text('写了措施、进展或资金时才有', 'only where there is anything to tell'),
  },
  { name: '整改进展', kind: 'text', within: '问题', about: text('做了什么，含追缴资金', 'what was done, with money') },
  { name: '整改结果', kind: 'text', within: '问题', about: text('已完成、整改中……', 'the result') },
  {
    name: '责任领导',
    kind: 'text',
    within: '问题',
    about: text('随附模板不用；要公开才加', 'not in the shipped template'),
  },
  { name: '责任部门', kind: 'text', within: '问题', about: text('随附模板不用', 'not in the shipped template') },
  { name: '责任人', kind: 'text', within: '问题', about: text('随附模板不用', 'not in the shipped template') },
  { name: '整改时限', kind: 'text', within: '问题', about: text('随附模板不用', 'not in the shipped template') },
  { name: '下一步标题', kind: 'text', about: text('最后一部分的标题，序号自动', 'heading of the last part') },
  { name: '下一步', kind: 'block', about: text('最后一部分的各段', 'paragraphs of the last part') },
  { name: '安排标题', kind: 'text', within: '下一步', about: text('（一）……。 用楷体', 'heading') },
  { name: '安排', kind: 'text', within: '下一步', about: text('小标题后的文字', 'what follows it') },
  {
    name: '联系方式',
    kind: 'block',
    about: text(
      '默认不印；要印就在模板里把这一段换成本单位公开的电话和邮箱',
      'empty; to print one, replace its paragraph by the office’s public telephone and mailbox',
    ),
  },
  { name: '署名', kind: 'text', about: text('落款单位', 'the unit, as signature') },
  { name: '成文日期', kind: 'text', about: text('落款日期', 'the day, as signature') },
] as const satisfies readonly Placeholder[];

export type PlaceholderName = (typeof placeholders)[number]['name'];
