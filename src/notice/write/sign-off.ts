import type PizZip from 'pizzip';
import { checkTitle } from '../../checks/titles.js';
import type { Examined } from '../../examine.js';
import { formatDayZh } from '../../model/day.js';
import { grouped, yuan } from '../../model/money.js';
import type { Reconciliation } from '../../reconcile/claim.js';
import type { Figure } from '../../reconcile/state.js';
import { docxOf, paragraph, run, runProperties, styleIds } from './docx-package.js';
import type { Edition } from './edition.js';
import type { NoticeFigures } from './figures.js';
import type { Standing } from './gate.js';
import { fonts, size } from './gb-layout.js';

export type SignOffInput = {
  readonly examined: Examined;
  readonly figures: NoticeFigures;
  readonly edition: Edition;
  readonly standing: Standing;
  /** Name of the notice's file. */
  readonly notice: string;
  /** Name of the ledger's file. */
  readonly source: string;
  /** Number and hash of the journal's last line; undefined before the first sync. */
  readonly journal: { readonly seq: number; readonly hash: string } | undefined;
};

type SignOffRow = {
  readonly name: string;
  readonly printed: string;
  readonly ledger: string;
  /** The claim in 通报数据 that states it. */
  readonly claim?: string;
  readonly from: string;
  readonly strong?: boolean;
};

/** 20 mm all round: the page must hold everything that is signed for. */
const sheetMargins = { top: 1134, right: 1134, bottom: 1134, left: 1134 } as const;
const widths = [2050, 1800, 1800, 1600, 850, 1538] as const;

/** Exceptions and diagnostics named on the page; the rest are counted. */
const named = 5;

/**
 * 签发核对表: one page beside the notice. Each figure, where it comes from, whether what the unit stated agrees, what is still
 * owed, what was verified, and lines to sign.
 */
export function signOffSheet(input: SignOffInput): PizZip {
  const { examined, figures, edition } = input;
  const { values } = examined.ledger.facts;
  const head = [
    `单位：${values.unit ?? '（未填）'}　　通报：${input.notice}（${edition === 'public' ? '社会公开版' : '党内版'}）`,
    `台账：${input.source}　　统计截止：${formatDayZh(figures.asOf)}　　生成：${formatDayZh(examined.asOf)}`,
  ];
  const body = [
    paragraph(styleIds.sheetTitle, run('签发核对表')),
    ...head.map(words => paragraph(styleIds.sheetText, run(words))),
    figureTable(input),
    ...notes(input).map(words =>
      paragraph(styleIds.sheetText, run(words), '<w:spacing w:before="60" w:line="280" w:lineRule="exact"/>'),
    ),
    ...['填 报 人', '核 对 人', '分管领导', '主要负责人'].map(who =>
      paragraph(
        styleIds.sheetText,
        run(`${who}（签字）：＿＿＿＿＿＿＿＿＿＿　　日期：＿＿＿＿年＿＿月＿＿日`),
        '<w:spacing w:before="200" w:line="300" w:lineRule="exact"/>',
      ),
    ),
  ].join('');
  return docxOf({ title: '签发核对表', body, pageNumbers: false, margins: sheetMargins });
}

function rowsOf({ examined, figures }: SignOffInput): SignOffRow[] {
  const { summary } = examined;
  const { all, money } = summary;
  const { by } = figures;
  const rest = ['mostly-done', 'long-term', 'in-progress', 'not-started', 'withdrawn'] as const;
  const actions = figures.actions.map(({ form, n, noun }) => `${form}${n === 'unknown' ? '未计算' : `${n}${noun}`}`);
  const meetings = figures.meetings.map(({ form, n }) => `${form}${n}次`);
  const rate = (written: string | undefined) => (written === undefined ? '—' : `${written}%`);
  return [
    {
      name: '反馈问题（个）',
      printed: String(figures.fedBack),
      ledger: String(all.findings),
      claim: 'findings-total',
      from: '整改台账：反馈问题',
    },
    { name: '本通报公开（个）', printed: String(figures.printed), ledger: '—', from: '整改台账：公开范围' },
    {
      name: '已完成（个）',
      printed: String(figures.done),
      ledger: String(all.done),
      claim: 'done',
      from: '整改结果、审核状态',
    },
    {
      name: '基本完成／长期坚持／正在整改／未启动／不再纳入',
      printed: rest.map(by).join('／'),
      ledger: rest.map(status => all.by[status]).join('／'),
      from: '整改结果',
    },
    {
      name: '完成率',
      printed: rate(figures.rate),
      ledger: rate(all.completionRate),
      claim: 'rate',
      from: '已完成÷（全部－不再纳入）',
    },
    {
      name: '具体问题／整改措施',
      printed: `${figures.subFindings}／${figures.measures}`,
      ledger: `${summary.subFindings}／${summary.measures}`,
      from: '具体问题、整改措施',
    },
    { name: '应追缴（元）', printed: amount(figures.money.due), ledger: amount(money.due), from: '整改台账、追缴资金' },
    {
      name: '核减（元）',
      printed: amount(figures.money.reduced),
      ledger: amount(money.reduced),
      from: '整改台账、追缴资金',
    },
    {
      name: '已追缴（元）',
      printed: amount(figures.money.recovered),
      ledger: amount(money.recovered),
      claim: 'recovered',
      from: '整改台账、追缴资金',
    },
    {
      name: '尚未追缴（元）',
      printed: amount(figures.money.outstanding),
      ledger: amount(money.outstanding),
      from: '应追缴－核减－已追缴',
      strong: true,
    },
    {
      name: '建立完善制度（项）',
      printed: String(figures.policies.all),
      ledger: '—',
      claim: 'policies',
      from: '制度清单',
    },
    {
      name: '谈话与处理',
      printed: actions.length === 0 ? '0' : actions.join('、'),
      ledger: '—',
      claim: 'actions',
      from: '谈话与处理',
    },
    {
      name: '会议',
      printed: meetings.length === 0 ? '0' : meetings.join('、'),
      ledger: '—',
      claim: 'meetings',
      from: '会议调度',
    },
    ...(figures.solved === undefined
      ? []
      : [
          {
            name: '解决实际问题（个）',
            printed: String(figures.solved),
            ledger: '—',
            claim: 'solved',
            from: '会议调度',
          },
        ]),
  ];
}

function amount(figure: Figure): string {
  return figure === undefined ? '0.00' : figure === 'unknown' ? '未计算' : grouped(figure);
}

function figureTable(input: SignOffInput): string {
  const claims = new Map<string, Reconciliation>();
  for (const one of input.examined.reconciliations)
    if (one.level === 'claim' && !claims.has(one.claim)) claims.set(one.claim, one);
  const cell = (words: string, index: number, bold: boolean) =>
    `<w:tc><w:tcPr><w:tcW w:w="${widths[index] ?? 1000}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>${paragraph(
      styleIds.sheetText,
      run(words, bold ? runProperties(fonts.first.name, size.five) : ''),
    )}</w:tc>`;
  const line = (cells: readonly string[], bold = false) =>
    `<w:tr><w:trPr><w:cantSplit/></w:trPr>${cells.map((words, index) => cell(words, index, bold)).join('')}</w:tr>`;
  const rows = rowsOf(input).map(row => {
    const claim = row.claim === undefined ? undefined : claims.get(row.claim);
    return line(
      [
        row.name,
        row.printed,
        row.ledger,
        claim === undefined ? '—' : stated(claim),
        row.claim === undefined ? '—' : verdict(claim),
        row.from,
      ],
      row.strong === true,
    );
  });
  const edge = (side: string) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>`;
  return `<w:tbl><w:tblPr><w:tblW w:w="${widths.reduce((sum, width) => sum + width, 0)}" w:type="dxa"/><w:tblBorders>${[
    'top',
    'left',
    'bottom',
    'right',
    'insideH',
    'insideV',
  ]
    .map(edge)
    .join(
      '',
    )}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="60" w:type="dxa"/><w:bottom w:w="30" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>${widths
    .map(width => `<w:gridCol w:w="${width}"/>`)
    .join(
      '',
    )}</w:tblGrid>${line(['事项', '本通报', '台账全部', '通报数据填报', '核对', '来源'], true)}${rows.join('')}</w:tbl>`;
}

function stated({ stated, unit }: Reconciliation): string {
  return `${unit === '元' ? grouped(yuan(stated)) : stated}${unit}`;
}

function verdict(claim: Reconciliation | undefined): string {
  if (claim === undefined) return '未填报';
  return claim.ok === undefined ? '无从核对' : claim.ok ? '一致' : '不一致';
}

function notes({ examined, standing, journal }: SignOffInput): string[] {
  const list = examined.reconciliations;
  const agreeing = list.filter(one => one.ok === true).length;
  const differing = list.filter(one => one.ok === false).length;
  const waived = examined.diagnostics.filter(one => one.waived);
  const left = [...standing.blocking, ...standing.others];
  return [
    list.length === 0
      ? '填报与核算：通报数据没有填，没有可对照的数字。'
      : `填报与核算共核对${list.length}个数字：一致${agreeing}个，不一致${differing}个，无从核对${list.length - agreeing - differing}个。`,
    waived.length === 0
      ? '已核实说明：无。'
      : `已核实说明${waived.length}条：${titles(waived.map(one => `${checkTitle(one.check).zh}${one.finding === undefined ? '' : `（问题${one.finding}）`}`))}。`,
    left.length === 0
      ? '校验提示：没有未处理的提示。'
      : `校验提示：影响通报的${standing.blocking.length}条，其他${standing.others.length}条${
          standing.blocking.length === 0
            ? ''
            : `。影响通报的：${titles(standing.blocking.map(one => checkTitle(one.check).zh))}`
        }。`,
    journal === undefined || journal.hash === ''
      ? '修改记录：还没有（台账未同步过）。'
      : `修改记录最后一条：第${journal.seq}条，校验码 ${journal.hash}`,
  ];
}

function titles(list: readonly string[]): string {
  const different = [...new Set(list)];
  const shown = different.slice(0, named);
  return `${shown.join('；')}${different.length > shown.length ? `等${different.length}类` : ''}`;
}
