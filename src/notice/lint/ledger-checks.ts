import type { Diagnostic, Level } from '../../model/diagnostic.js';
import { type Text, text } from '../../model/text.js';
import { moneyOf } from '../deeds.js';
import type { ParsedNotice } from '../parsed.js';

/** How a check of the ledger is used on the text of a notice. */
export type Use = {
  /** Instead of the check's own level. A text shows less than a ledger: what it cannot show is only a note. */
  readonly level?: Level;
  /** What to do about it in a text; the check's own remedy speaks of cells. */
  readonly remedy: Text;
  readonly message?: (found: Diagnostic) => Text;
  /** Whether the text gives enough to say it. */
  readonly applies?: (found: Diagnostic, parsed: ParsedNotice) => boolean;
};

const confirm = text(
  '正文里查不到它的来源，签发前请对照登记表核实；有台账的，加 --against 台账.xlsx 逐项对照',
  'the text does not show where it comes from; verify it against the registers, or compare with --against LEDGER.xlsx',
);

/**
 * The checks of the ledger that speak on a notice. What a notice never says (leaders, evidence, deadlines, when each
 * thing was done) is not asked of it; what can only be verified elsewhere is a note, not an alarm.
 */
export const uses: Readonly<Record<string, Use>> = {
  'finding-number': {
    remedy: text(
      '对照反馈意见补上；确属不公开事项的，请重新连续编号，并在正文写明公开了多少个',
      'complete it from the feedback; where matters are not published, number on and say how many are',
    ),
  },
  'copied-measure': { remedy: text('每个问题写自己的做法和结果', 'tell for each finding what was done about it') },
  'no-measure': {
    applies: (_, parsed) => parsed.kind === 'progress',
    remedy: text('补写这个问题做了什么', 'say what was done about it'),
  },
  'done-money-outstanding': {
    remedy: text(
      '结果改为“基本完成”或“正在整改”，写明还差多少、什么时候收回；钱已到账的，改正金额',
      'call it mostly done or in progress and say what is still owed; correct the amounts if it came in',
    ),
  },
  'done-not-delivered': {
    remedy: text(
      '已经出台的写明名称和时间；没有出台的，结果不能写“已完成”',
      'name it and its date if it was issued; if not, the finding is not done',
    ),
  },
  'done-on-old-measures': {
    remedy: text(
      '补写反馈之后做了什么；确实没有的，结果改为“正在整改”',
      'add what was done after the feedback; if nothing was, it is in progress',
    ),
  },
  'measure-before-inspection': {
    level: 'warning',
    remedy: text(
      '换成反馈之后的做法；日期写错的请改正；只是交代背景的，用“自……以来”写清',
      'tell what was done after the feedback, correct the date, or mark it as background',
    ),
  },
  'measure-before-feedback': {
    remedy: text(
      '换成反馈之后的做法；巡察期间立行立改的，写明“立行立改”',
      'tell what was done after the feedback; name what was put right during the inspection',
    ),
  },
  'recovery-before-feedback': {
    remedy: text(
      '反馈之前到账的，不算这次整改的成果',
      'money that came in before the feedback is no result of this round',
    ),
  },
  'after-as-of': {
    remedy: text('日期晚于“截至”日期：改正日期，或改“截至”', 'correct the date or the as-of date'),
  },
  'date-order': { remedy: text('对照文件改正日期', 'correct the dates from the documents') },
  overdue: {
    applies: (_, parsed) => parsed.inspection.asOf !== undefined,
    remedy: text('写明延期的原因和新的时限', 'say why it is late and the new deadline'),
  },
  'total-mismatch': {
    remedy: text('对照凭证逐项核对，改合计或改分项', 'compare with the vouchers; correct the total or a part'),
  },
  'recovered-exceeds-due': { remedy: text('核对应追缴和已追缴的金额', 'verify what was due and what came in') },
  'due-counted-as-recovered': {
    remedy: text(
      '已到账的写“已追缴”；没到账的从合计里拿出来，另写“尚有多少未追缴”',
      'say “recovered” of what came in; take the rest out of the total and state it as outstanding',
    ),
  },
  'untraced-money': { level: 'info', remedy: confirm },
  'unreported-outstanding': {
    applies: (_, parsed) => owesThoughDone(parsed),
    remedy: text('在成效数据里写明还有多少没有追缴', 'state in the headline what is still outstanding'),
  },
  'mixed-units': { remedy: text('同一个合计里统一用元或万元', 'use one unit inside a total') },
  'suspicious-scale': { remedy: text('核对是元还是万元', 'verify whether it is 元 or 万元') },
  'claim-mismatch': {
    remedy: text(
      '改正这个数，或补上漏列的；按别的口径统计的，在文中写明口径',
      'correct the figure or complete the list; name the basis if another one is meant',
    ),
  },
  'claim-untraceable': { level: 'info', remedy: confirm },
  'claim-missing': {
    applies: (_, parsed) => parsed.claims.some(claim => claim.of === '整改到位数' || claim.of === '完成率'),
    remedy: text('写明一共反馈了多少个问题', 'state how many findings were fed back'),
  },
  'effort-only': {
    remedy: text(
      '写明结果：批了没有、办成了什么；还没有结果的，结果改为“正在整改”',
      'say what came of it; if nothing did yet, it is in progress',
    ),
  },
  'promise-in-done': {
    remedy: text(
      '做完了的改写成结果；没做完的，结果改为“正在整改”或“基本完成”',
      'tell the result; if it is not done, do not call it done',
    ),
  },
  'nothing-verifiable': {
    level: 'info',
    remedy: text('写明几次、几人、什么时候、哪个文件', 'say how often, how many, when, which document'),
  },
  'result-repeats-measure': { remedy: text('写结果，不重抄措施', 'tell the result instead of repeating the measure') },
};

/** Money told as owed under a finding that is called done: under an unfinished one the text has reported it. */
function owesThoughDone(parsed: ParsedNotice): boolean {
  return parsed.sections
    .flatMap(section => section.findings)
    .some(finding => finding.status === 'done' && moneyOf(finding).some(amount => amount.kind === '未追缴'));
}

/** Words of the text itself, which stay as they are. The names of figures (“追缴资金”) are quoted as well. */
const quoted = /“[^“”]*”/gu;

/** The words of a check for the ledger, said of a text. */
export function inTextWords(said: Text): Text {
  const kept = said.zh.match(quoted) ?? [];
  let at = 0;
  const zh = said.zh
    .replace(quoted, '“”')
    .replaceAll('追缴资金和台账里都没有对应的行', '正文没有写到')
    .replaceAll('追缴资金中该项各行之和', '正文写到的合计')
    .replace(/通报数据有(\d+)个数，没有/u, '列了$1个数，没有写')
    .replaceAll('通报数据里没有一项说到', '成效数据里没有说')
    .replaceAll('通报数据“', '“')
    .replaceAll('通报数据', '数据')
    .replace(/(?:会议调度|谈话与处理|制度清单)(?:中|里)/gu, '正文里')
    .replace(/正文里登记了\d+条，没有这一类/gu, '正文没有逐次写到')
    .replace(/正文里登记的\d+条都没有填解决问题数/gu, '正文没有写到是哪些')
    .replaceAll('制度清单和进展里', '正文里')
    .replaceAll('一条也没有登记', '没有写到')
    .replaceAll('登记的', '写到的')
    .replaceAll('登记了', '写到')
    .replaceAll('台账还有', '正文里还有')
    .replaceAll('台账里', '文中')
    .replaceAll('台账是', '文中是')
    .replaceAll('台账', '正文')
    .replace(/“”/gu, () => kept[at++] ?? '');
  const en = said.en
    .replaceAll('the ledger', 'the text')
    .replaceAll('in 通报数据', 'in the headline')
    .replaceAll('通报数据', 'the headline');
  return text(zh, en);
}
