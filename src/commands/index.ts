import { text } from '../model/text.js';
import type { Argument, CommandSpec, Flag } from './command.js';

const file: Argument = {
  name: text('台账', 'FILE'),
  about: text(
    '台账文件（.xlsx、.xlsm），或 google:表格编号；不写就用配置里的',
    'the ledger (.xlsx, .xlsm) or google:<id>; default: the one in the config',
  ),
  required: false,
};

/** Flags that every command understands. */
export const commonFlags: readonly Flag[] = [
  {
    name: 'as-of',
    value: text('日期', 'DATE'),
    about: text('按这一天计算逾期（默认今天）', 'compute deadlines as of this day (default today)'),
  },
  {
    name: 'mapping',
    value: text('映射', 'MAPPING'),
    about: text(
      '读取别家表样的映射：文件路径或随附映射的名称',
      'a mapping for another layout: a file, or the name of a shipped one',
    ),
  },
  {
    name: 'config',
    value: text('文件', 'FILE'),
    about: text(
      '配置文件（默认台账旁的 ledger.config.json）',
      'the configuration (default ledger.config.json beside the ledger)',
    ),
  },
  {
    name: 'key-file',
    value: text('文件', 'FILE'),
    about: text('登录 Google 用的密钥文件', 'the key file with which to sign in to Google'),
  },
  {
    name: 'lang',
    value: text('语言', 'LANG'),
    choices: ['zh', 'en'],
    about: text('界面语言：zh 或 en', 'language: zh or en'),
  },
  { name: 'quiet', short: 'q', about: text('只说必须说的', 'say only what must be said') },
  { name: 'verbose', short: 'v', about: text('多说一些：核对一致的也列出来', 'say more: list what agrees, too') },
  { name: 'no-color', about: text('不用颜色', 'no colours') },
  { name: 'json', developer: true, about: text('标准输出只给一份 JSON', 'one JSON document on standard output') },
];

const reads = text('只读，不改动文件', 'reads only');

/** The commands, in the order of the help page. A new one is one file and one entry. */
export const commands: readonly CommandSpec[] = [
  {
    name: 'init',
    about: text(
      '新建标准台账；或把现有台账纳入管理（--from，不动原有单元格）',
      'make a standard ledger, or adopt an existing workbook as it is',
    ),
    args: [
      {
        name: text('台账', 'FILE'),
        about: text('新台账的文件名（默认 整改台账.xlsx）', 'name of the new ledger'),
        required: false,
      },
    ],
    flags: [
      { name: 'full', about: text('带上追缴资金、制度清单、谈话与处理等登记表', 'with the registers too') },
      { name: 'sample', about: text('做一本填好的示例台账', 'a filled-in sample') },
      {
        name: 'from',
        value: text('旧台账', 'OLD'),
        about: text(
          '现有的台账；另存为新文件，只添加基本信息表',
          'an existing workbook; kept as it is, 基本信息 is added',
        ),
      },
    ],
    load: () => import('./init.js'),
  },
  {
    name: 'map',
    about: text('看每一栏被读成什么；写出映射文件', 'how each column is read; writes a mapping'),
    args: [file],
    flags: [
      {
        name: 'output',
        short: 'o',
        value: text('映射文件', 'MAPPING'),
        about: text('把读法写成映射文件', 'write the mapping'),
      },
    ],
    load: () => import('./map.js'),
  },
  {
    name: 'check',
    about: text(`读取、校验、核对（${reads.zh}）`, `read, check and reconcile (${reads.en})`),
    args: [file],
    flags: [
      {
        name: 'output',
        short: 'o',
        value: text('副本', 'COPY'),
        about: text('把结果写进一份副本', 'write the results into a copy'),
      },
    ],
    load: () => import('./check.js'),
  },
  {
    name: 'sync',
    about: text(
      '主要工作：校验、核对、写回台账、更新汇总、更新共享表',
      'the main job: check, reconcile, write back, roll up, mirror',
    ),
    args: [file],
    flags: [
      {
        name: 'dry-run',
        about: text('只列出将要改动的每个单元格，不写', 'print every cell that would change, write nothing'),
      },
      {
        name: 'mirror',
        value: text('地址', 'ADDRESS'),
        about: text('共享表：google:编号，或一个 .xlsx 路径', 'the mirror: google:<id> or an .xlsx path'),
      },
      {
        name: 'on-conflict',
        value: text('办法', 'HOW'),
        choices: ['stop', 'source', 'mirror'],
        about: text(
          '两边都改了同一格时：停下（stop）、以台账为准（source）、以共享表为准（mirror）',
          'when both sides changed a cell',
        ),
      },
      { name: 'accept-mass-change', about: text('确认大批行被删或整栏被改是有意的', 'the mass change is meant') },
      {
        name: 'plan-out',
        value: text('文件', 'FILE'),
        developer: true,
        about: text('把计划写进文件，不执行', 'write the plan to a file, do nothing'),
      },
      {
        name: 'plan',
        value: text('文件', 'FILE'),
        developer: true,
        about: text('执行先前写下的计划；台账变过就拒绝', 'carry out a saved plan; refused when the ledger moved on'),
      },
    ],
    load: () => import('./sync.js'),
  },
  {
    name: 'status',
    about: text('一页看清：各方面进度、资金、逾期', 'a page: progress, money, overdue'),
    args: [file],
    flags: [],
    load: () => import('./status.js'),
  },
  {
    name: 'explain',
    about: text('一条提示是什么意思、为什么、怎么改', 'what a check demands, why, how to fix'),
    args: [
      {
        name: text('提示名称', 'CHECK'),
        about: text(
          '提示的名称（可以只写几个字）；不写就列出全部',
          'id or title of a check, or part of the title; none: list all',
        ),
        required: false,
      },
    ],
    flags: [],
    load: () => import('./explain.js'),
  },
  {
    name: 'clean',
    about: text(
      '另存一份不含系统栏和系统表的台账，用于报送',
      'a copy without the program’s columns and sheets, for submission',
    ),
    args: [file],
    flags: [
      {
        name: 'output',
        short: 'o',
        value: text('副本', 'COPY'),
        about: text('副本的文件名（必写）', 'the copy (required)'),
      },
    ],
    load: () => import('./clean.js'),
  },
  {
    name: 'log',
    about: text('谁在什么时候把哪一格从什么改成什么', 'who changed what when'),
    args: [file],
    flags: [
      { name: 'row', value: text('行标识', 'ID'), about: text('只看这一行', 'this row only') },
      { name: 'verify', about: text('核对记录是否被改动过', 'verify that the journal is whole') },
    ],
    load: () => import('./log.js'),
  },
  {
    name: 'restore',
    about: text('列出备份；恢复其中一份', 'list backups, restore one'),
    args: [file],
    flags: [
      { name: 'to', value: text('编号', 'N'), about: text('恢复第几份（1 是最近的）', 'which one (1 is the newest)') },
    ],
    load: () => import('./restore.js'),
  },
  {
    name: 'share',
    about: text('把共享表开放给指定的人，或列出名单', 'give a named account access to the mirror, or list'),
    args: [{ name: text('邮箱', 'EMAIL'), about: text('对方的账号', 'the account'), required: false }],
    flags: [
      {
        name: 'as',
        value: text('身份', 'ROLE'),
        choices: ['reviewer', 'reader'],
        about: text('reviewer 审核人（可填审核栏）或 reader 只读', 'reviewer or reader'),
      },
      { name: 'list', about: text('列出现有名单', 'list who has access') },
      {
        name: 'create',
        about: text('用本人的 Google 账号新建一张空的共享表', 'make an empty sheet with your own account (OAuth)'),
      },
      { name: 'mirror', value: text('地址', 'ADDRESS'), about: text('共享表地址（默认用配置里的）', 'the mirror') },
    ],
    load: () => import('./share.js'),
  },
  {
    name: 'unshare',
    about: text('收回某人的共享权限', 'take an account’s access back'),
    args: [{ name: text('邮箱', 'EMAIL'), about: text('对方的账号', 'the account'), required: true }],
    flags: [
      { name: 'mirror', value: text('地址', 'ADDRESS'), about: text('共享表地址（默认用配置里的）', 'the mirror') },
    ],
    load: () => import('./unshare.js'),
  },
  {
    name: 'import',
    about: text('把公开的通报或反馈意见读成一本标准台账', 'a notice or feedback document → a standard workbook'),
    args: [
      { name: text('通报', 'NOTICE'), about: text('通报文件：.txt .md .docx .html', 'the document'), required: true },
    ],
    flags: [
      {
        name: 'output',
        short: 'o',
        value: text('台账', 'FILE'),
        about: text('写成的台账文件（默认放在通报旁边）', 'the workbook to write (default: beside the notice)'),
      },
    ],
    load: () => import('./import.js'),
  },
  {
    name: 'lint',
    about: text(
      '逐行检查通报稿；可与台账逐数对照',
      'check a draft notice line by line, by itself and against the ledger',
    ),
    args: [
      { name: text('通报稿', 'NOTICE'), about: text('通报稿：.txt .md .docx .html', 'the draft'), required: true },
    ],
    flags: [
      { name: 'against', value: text('台账', 'FILE'), about: text('与这本台账对照', 'compare with this ledger') },
      {
        name: 'edition',
        value: text('版本', 'EDITION'),
        choices: ['public', 'internal'],
        about: text(
          '对照时按 public 社会公开版（默认）还是 internal 党内版',
          'what the notice may tell: public (default) or internal',
        ),
      },
      {
        name: 'output',
        short: 'o',
        value: text('标注稿', 'HTML'),
        about: text('另存一份标注好的网页', 'a marked-up HTML copy'),
      },
    ],
    load: () => import('./lint.js'),
  },
  {
    name: 'notice',
    about: text(
      '由台账写出通报（.docx）和签发核对表',
      'the notice (.docx) and its sign-off sheet, written from the ledger',
    ),
    args: [file],
    flags: [
      {
        name: 'output',
        short: 'o',
        value: text('通报', 'DOCX'),
        about: text('写成的通报文件（必写）', 'the document to write (required)'),
      },
      {
        name: 'draft',
        about: text('有错误也写，每页标“草稿”', 'write in spite of errors, marked DRAFT on every page'),
      },
      {
        name: 'edition',
        value: text('版本', 'EDITION'),
        choices: ['public', 'internal'],
        about: text('public 社会公开版（默认）或 internal 党内版', 'public (default) or internal'),
      },
      { name: 'template', value: text('模板', 'DOCX'), about: text('改过的模板', 'your own template') },
    ],
    load: () => import('./notice.js'),
  },
  {
    name: 'report',
    about: text(
      '一个可以打开、打印的网页：进度、资金、逾期、提示',
      'a page to look at: progress, money, overdue, diagnostics',
    ),
    args: [file],
    flags: [
      {
        name: 'output',
        short: 'o',
        value: text('网页', 'HTML'),
        about: text('写成的网页文件（必写）', 'the page to write (required)'),
      },
    ],
    load: () => import('./report.js'),
  },
  {
    name: 'doctor',
    about: text('检查这台电脑上哪些能用、哪些不能、怎么办', 'what works here, what does not, and what to do'),
    args: [file],
    flags: [],
    load: () => import('./doctor.js'),
  },
];
