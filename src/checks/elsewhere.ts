import type { Level } from '../model/diagnostic.js';
import { type Text, text } from '../model/text.js';

/**
 * What the program has to say beside the checks of a ledger: when a ledger and its mirror meet, about the text of a
 * notice, and about itself. Here stands what people read of them (`ledger explain`, the README, titles on the screen);
 * a test holds that every id used anywhere is described here or is a check.
 */
export type Described = {
  /** kebab-case, stable. */
  readonly id: string;
  readonly level: Level;
  readonly title: Text;
  /** What it demands. */
  readonly about: Text;
  readonly why: Text;
  readonly remedy: Text;
};

const mirror: readonly Described[] = [
  {
    id: 'conflict',
    level: 'error',
    title: text('台账和共享表都改了同一格', 'Changed on both sides'),
    about: text(
      '同一格在两次同步之间只由一边改动；两边都改了就停下，什么都不写。',
      'Between two syncs a cell is changed on one side only; when both changed it, nothing is written.',
    ),
    why: text('程序不知道谁对，随便取一个就会丢掉另一个。', 'The program cannot know who is right.'),
    remedy: text(
      '与对方核对后，以台账为准加 --on-conflict source，以共享表为准加 --on-conflict mirror；没有采用的内容留在“修改不一致”表里',
      'agree with the other side, then add --on-conflict source or mirror; what was not taken is kept in 修改不一致',
    ),
  },
  {
    id: 'mass-change',
    level: 'error',
    title: text('一下子改动太多', 'Too much changed at once'),
    about: text(
      '没有一边突然空了、少了两成以上（至少5行）的行，或整栏都变了。',
      'No side is suddenly empty, lost a fifth of its rows (5 at least), or had a whole column changed.',
    ),
    why: text(
      '多半是误删、误粘贴或排序只选了一栏；写过去就救不回来。',
      'Usually something was deleted, pasted or sorted by mistake.',
    ),
    remedy: text(
      '有意的，加 --accept-mass-change 再运行；不是有意的，先用 ledger restore 或共享表的版本记录恢复',
      'if it is meant, add --accept-mass-change; otherwise restore the ledger or the mirror first',
    ),
  },
  {
    id: 'owned-cell-edited',
    level: 'warning',
    title: text('改了别人填写的栏', 'A column of somebody else was edited'),
    about: text(
      '每一栏只有一个填写方：审核栏在共享表上由审核方填，其余由整改办在台账里填。',
      'Each column has one writer: the reviewer on the mirror, the office in the ledger.',
    ),
    why: text('各填各的，才说得清哪句话是谁说的。', 'So that it is clear who said what.'),
    remedy: text(
      '已恢复为填写方的内容，改动记在同步记录里；需要修改的，请填写方来改',
      'it was put back and the edit is in the journal; ask the column’s writer to change it',
    ),
  },
  {
    id: 'mirror-open',
    level: 'error',
    title: text('共享表对不该看的人开放', 'The mirror is open to others'),
    about: text(
      '共享表只对名单上的账号开放，不用“知道链接的人都能看”。',
      'The mirror is shared with named accounts only, never by link.',
    ),
    why: text('链接转一次就收不回来了。', 'A link that was passed on cannot be called back.'),
    remedy: text(
      '在共享设置里改为“受限”，去掉名单外的账号；ledger share --list 看现有名单',
      'restrict it in the share settings and remove who is not listed; ledger share --list shows them',
    ),
  },
  {
    id: 'protection-missing',
    level: 'error',
    title: text('共享表的保护不在了', 'Protection of the mirror is missing'),
    about: text(
      '共享表上审核栏以外的单元格都受保护，并且读回来核对过。',
      'Everything but the reviewer’s columns is protected on the mirror, and that is read back.',
    ),
    why: text('没有保护，谁都能改台账报上去的内容。', 'Without it anybody could change what the office reported.'),
    remedy: text(
      '请表格的所有者恢复保护，或让程序的账号有编辑权限后重新同步',
      'let the sheet’s owner restore it, or give the program’s account the right to edit and sync again',
    ),
  },
  {
    id: 'not-allowed-out',
    level: 'error',
    title: text('不许外传的内容', 'Not allowed to leave'),
    about: text(
      '只有 mirror.columns 列出的栏、mirror.rows 允许的行进入共享表；涉密内容一律不进。',
      'Only the listed columns and allowed rows travel; secret matter never does.',
    ),
    why: text('工作秘密和个人信息外传要追责。', 'Secrets and personal data must not get out.'),
    remedy: text(
      '涉密内容不要写进台账；确属误标的，改“公开范围”或去掉密级标志',
      'keep secret matter out of the ledger; correct the mark if it is wrong',
    ),
  },
  {
    id: 'mirror-own-row',
    level: 'info',
    title: text('共享表里多出来的行', 'Rows of the mirror’s own'),
    about: text('共享表上复制或新加的行不算台账的行，原样保留。', 'Rows added on the mirror are left alone.'),
    why: text('行由台账增减，审核方只填审核栏。', 'Rows come from the ledger.'),
    remedy: text(
      '要纳入台账的，在台账里加一行；不需要的请审核方删去',
      'add it to the ledger, or let the reviewer delete it',
    ),
  },
  {
    id: 'mirror-restored',
    level: 'warning',
    title: text('共享表被改动，已恢复', 'The mirror was put right'),
    about: text(
      '共享表的行、栏、表头、汇总、图表和下拉选项由台账决定；被删、被改、被合并盖住的，同步时补回。',
      'Rows, columns, headers, roll-up, chart and drop-downs of the mirror come from the ledger; what was taken out, renamed or merged over is put back.',
    ),
    why: text('少了行或栏，审核方看到的就不是全部。', 'Otherwise reviewers would not see all of it.'),
    remedy: text('需要删改的，请整改办改台账后同步', 'what is to go or to change is changed in the ledger'),
  },
  {
    id: 'mirror-changed',
    level: 'info',
    title: text('共享表有变动', 'Something changed on the mirror'),
    about: text(
      '审核方可以给工作表改名、排序、加栏；说一声，原样保留。',
      'Reviewers may rename the sheet, sort it and add columns; it is said once and left as it is.',
    ),
    why: text('让整改办知道共享表上发生了什么。', 'So that the office knows what happened there.'),
    remedy: text('不用处理', 'nothing to do'),
  },
  {
    id: 'mirror-text-cut',
    level: 'warning',
    title: text('文字太长，共享表放不下', 'A text too long for the mirror'),
    about: text(
      '一格文字超过共享表能放的长度时，只共享前面的部分，台账里的全文不动。',
      'Of a text longer than a cell of the mirror holds only the beginning travels; the ledger keeps all of it.',
    ),
    why: text(
      'Excel 的一格最多 32767 个字，Google 表格 50000 个。',
      'A cell of Excel holds 32,767 characters, one of Google Sheets 50,000.',
    ),
    remedy: text('请缩短，或另附文件', 'shorten it, or attach a file'),
  },
  {
    id: 'mirror-two-ledgers',
    level: 'warning',
    title: text('两份台账在同步同一张共享表', 'Two ledgers on one mirror'),
    about: text('一张共享表只由一份台账来同步。', 'A mirror is synced with one copy of the ledger only.'),
    why: text(
      '两份内容不同的地方，后同步的会盖掉先同步的；盖掉的内容在同步记录里。',
      'Where the two differ, each puts back the other’s; what was put back is in the journal.',
    ),
    remedy: text('请确定一份作准，只用它同步', 'settle on one copy and sync with that one only'),
  },
  {
    id: 'mirror-state-lost',
    level: 'info',
    title: text('没有上次同步的记录', 'The last sync is unknown'),
    about: text('.ledger 文件夹记着上次两边一致时的内容。', 'The folder .ledger holds what both sides last agreed on.'),
    why: text(
      '没有它，就分不清是谁改的，只好各栏以填写方为准。',
      'Without it nobody can tell who changed what; each column’s writer wins.',
    ),
    remedy: text('换电脑或换文件夹时，把 .ledger 一起带走', 'take .ledger along when the ledger moves'),
  },
];

/** What the lint of notices says; the config may set their levels as those of the checks. */
export const ofNotices: readonly Described[] = [
  {
    id: 'rate-mismatch',
    level: 'error',
    title: text('比率与个数对不上', 'A rate that does not follow'),
    about: text(
      '通报里写的完成率，等于写的完成数除以写的总数，按写出的小数位四舍五入。',
      'The rate stated in a notice is done ÷ all as stated, at its own decimals.',
    ),
    why: text('读者拿计算器一按就知道。', 'Any reader can divide.'),
    remedy: text(
      '改正比率，或核对分子分母；“基本完成”不算完成',
      'correct the rate or its figures; 基本完成 is not done',
    ),
  },
  {
    id: 'nested-count',
    level: 'error',
    title: text('包含的比总数还多', 'Included more than there is'),
    about: text(
      '“34项，含立行立改2项”：包含的数不大于总数。',
      'In “34, 2 of them at once” the included number is not the greater one.',
    ),
    why: text('多半是两个数写反了，或抄错一位。', 'Usually two figures were swapped or mistyped.'),
    remedy: text('核对两个数，改正其中一个', 'verify both and correct one'),
  },
  {
    id: 'claim-conflict',
    level: 'error',
    title: text('同一个数前后不一', 'One figure, two values'),
    about: text('反馈问题总数在全文里是同一个数。', 'The number of findings is the same wherever a notice states it.'),
    why: text('前言写25、总结写26，必有一处错了。', '25 here and 26 there: one of them is wrong.'),
    remedy: text('对照反馈意见，把各处改成一致', 'make all agree with the feedback'),
  },
  {
    id: 'status-conflict',
    level: 'error',
    title: text('结果与所在标题矛盾', 'Result and heading disagree'),
    about: text(
      '列在“已完成的整改事项”下面的问题，自己写的结果也是完成。',
      'What stands under 已完成的整改事项 says of itself that it is done.',
    ),
    why: text('同一个问题，上面说完成，下面说正在整改。', 'The same finding would be done and not done.'),
    remedy: text('改正结果，或移到对应的标题下', 'correct the result, or move it under the right heading'),
  },
  {
    id: 'unfinished-nowhere',
    level: 'warning',
    title: text('说到没完成的，却一个也没列', 'Unfinished, and nowhere listed'),
    about: text(
      '通报里说到“还没有完成整改的”，就要列出是哪些。',
      'A notice that speaks of unfinished findings lists them.',
    ),
    why: text('全部写“已完成”又说“未完成的抓紧”，前后矛盾。', 'All done, and some still to do: one of them is untrue.'),
    remedy: text(
      '列出没完成的并写明进展；都完成了就删去这句话',
      'list them with their progress, or take the sentence out',
    ),
  },
  {
    id: 'unplaced-line',
    level: 'info',
    title: text('没能归位的文字', 'Text that belongs to nothing'),
    about: text(
      '读通报时，每一行都归到问题、措施、成效数据或文件信息；归不到的按行号列出，不丢掉。',
      'Every line of a notice is placed; what cannot be placed is listed by line, never dropped.',
    ),
    why: text('漏读一行，可能就漏了一条措施。', 'A line not read may be a measure lost.'),
    remedy: text('看一眼原文：是问题或措施的，手工补上', 'look at the text and add by hand what belongs to a finding'),
  },
  {
    id: 'notice-finding-unknown',
    level: 'error',
    title: text('通报的问题台账里没有', 'A finding that the ledger lacks'),
    about: text('通报里的每个问题，台账里都有。', 'Every finding of the notice is in the ledger.'),
    why: text(
      '通报以台账为准；台账没有的，没有人负责，也没有佐证。',
      'What the ledger lacks has no owner and no evidence.',
    ),
    remedy: text(
      '在台账里登记，或从通报里删去；只是说法不同的，改成一致',
      'list it in the ledger, take it out, or word it the same',
    ),
  },
  {
    id: 'notice-finding-missing',
    level: 'error',
    title: text('该公开的问题通报里没有', 'A public finding is missing'),
    about: text(
      '台账里“社会公开”的问题，通报里都有。',
      'Every finding that the ledger marks 社会公开 is in the notice.',
    ),
    why: text('漏一个，就是选择性公开。', 'Leaving one out is choosing what to publish.'),
    remedy: text('补进通报；不公开的，在台账里改“公开范围”', 'add it, or change 公开范围 in the ledger'),
  },
  {
    id: 'notice-not-public',
    level: 'error',
    title: text('通报里有不公开的问题', 'Not for the public'),
    about: text('只有“社会公开”的问题进入公开的通报。', 'Only findings marked 社会公开 stand in a public notice.'),
    why: text('不该公开的公开了，收不回来。', 'What is out cannot be called back.'),
    remedy: text('从通报里删去；确可公开的，先在台账里改“公开范围”', 'take it out, or change 公开范围 first'),
  },
  {
    id: 'notice-status-differs',
    level: 'error',
    title: text('整改结果与台账不同', 'Another result than the ledger’s'),
    about: text('通报里每个问题的结果，与台账的“问题状态”相同。', 'Each result equals the ledger’s 问题状态.'),
    why: text('对外说完成、台账上没完成，就是虚假整改。', 'Done outside and open inside is a false report.'),
    remedy: text('改正通报；台账已经更新的，先同步台账', 'correct the notice, or update and sync the ledger first'),
  },
  {
    id: 'notice-amount-differs',
    level: 'error',
    title: text('金额与台账不同', 'Another amount than the ledger’s'),
    about: text(
      '通报里每个问题的应追缴、已追缴、未追缴，与台账一分不差。',
      'Money due, recovered and outstanding equal the ledger’s to the fen.',
    ),
    why: text('金额差一元，通报就不可信。', 'One yuan off and nothing is believed.'),
    remedy: text('对照凭证，改通报或改台账', 'compare with the vouchers and correct either'),
  },
  {
    id: 'notice-policy-unknown',
    level: 'warning',
    title: text('制度不在清单里', 'A rule document not listed'),
    about: text(
      '通报里说制定、修订的制度，都在台账的制度清单里。',
      'Rule documents named in the notice are in 制度清单.',
    ),
    why: text('清单里没有，就拿不出文件。', 'What is not listed cannot be produced.'),
    remedy: text(
      '登记到制度清单（名称、文号、印发日期），或改正名称',
      'list it with number and date, or correct its name',
    ),
  },
  {
    id: 'notice-figure-unknown',
    level: 'warning',
    title: text('台账里没有的数', 'A figure that the ledger lacks'),
    about: text(
      '通报里写做了几次、几人、多少份，台账对应的问题里查得到。',
      'Counts told under a finding can be found in the ledger under the same finding.',
    ),
    why: text('对外的每一个数都要说得出来处。', 'Every figure told outside must have a source.'),
    remedy: text('对照台账改正，或把这个数补进台账的整改进展', 'correct it, or add it to the ledger'),
  },
  {
    id: 'notice-date-differs',
    level: 'error',
    title: text('日期与台账不同', 'Another date than the ledger’s'),
    about: text(
      '通报里的巡察起止、反馈、截至日期，与基本信息相同。',
      'Inspection, feedback and as-of dates equal those of 基本信息.',
    ),
    why: text('日期错了，期限和先后都跟着错。', 'Deadlines follow from these dates.'),
    remedy: text('对照文件，改通报或改基本信息', 'compare with the documents and correct either'),
  },
];

const program: readonly Described[] = [
  {
    id: 'internal',
    level: 'error',
    title: text('校验没有运行完', 'A check did not finish'),
    about: text(
      '每个校验项都运行到底；一项出错，其余不受影响。',
      'Every check runs to its end; one that fails stops no other.',
    ),
    why: text('没有运行完的校验，不能说“没有问题”。', 'A check that did not finish found nothing out.'),
    remedy: text(
      '请把提示里的那句话发给程序维护人员；台账没有被改动',
      'please report the sentence; the ledger was not changed',
    ),
  },
  {
    id: 'not-a-ledger',
    level: 'error',
    title: text('不是台账', 'Not a ledger'),
    about: text(
      '工作簿里有一行表头，至少写着反馈问题、整改措施和整改结果。',
      'Some row is a header that names the finding, the measure and the result at least.',
    ),
    why: text('认不出表头，就不知道哪一栏是什么。', 'Without a header no column has a meaning.'),
    remedy: text(
      '选对文件；表样特殊的，用 ledger map 写一份映射',
      'choose the right file, or write a mapping with ledger map',
    ),
  },
];

/** In the order of the README: mirror, notice, the program itself. */
export const elsewhere: readonly Described[] = [...mirror, ...ofNotices, ...program];
