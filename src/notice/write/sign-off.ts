import type PizZip from 'pizzip';
import { checkTitle } from '../../checks/titles.js';
import type { Examined } from '../../examine.js';
import { formatDayZh } from '../../model/day.js';
import { docxOf, paragraph, run, runProperties, styleIds } from './docx-package.js';
import type { Edition } from './edition.js';
import type { NoticeFigures } from './figures.js';
import type { Standing } from './gate.js';
import { fonts, size } from './gb-layout.js';
import { differing, signOffRows } from './sign-off-rows.js';

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

/** 16 mm above and below, 20 mm at the sides: the page must hold everything that is signed for. */
const sheetMargins = { top: 907, right: 1134, bottom: 907, left: 1134 } as const;
const widths = [1650, 1850, 1800, 1600, 1000, 1738] as const;

/** Exceptions and diagnostics named on the page; the rest are counted. */
const most = 5;

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
    ...head.map(words => paragraph(styleIds.sheetText, run(words), '<w:spacing w:after="40"/>')),
    figureTable(input),
    ...notes(input).map(words =>
      paragraph(styleIds.sheetText, run(words), '<w:spacing w:before="60" w:line="280" w:lineRule="exact"/>'),
    ),
    ...['填 报 人', '核 对 人', '分管领导', '主要负责人'].map(who =>
      paragraph(
        styleIds.sheetText,
        `${run(`${who}（签字）：`)}<w:r><w:tab/></w:r>${run('＿＿＿＿＿＿＿＿＿＿　　日期：＿＿＿＿年＿＿月＿＿日')}`,
        '<w:tabs><w:tab w:val="left" w:pos="2300"/></w:tabs><w:spacing w:before="160" w:line="300" w:lineRule="exact"/>',
      ),
    ),
  ].join('');
  return docxOf({ title: '签发核对表', body, pageNumbers: false, margins: sheetMargins });
}

function figureTable(input: SignOffInput): string {
  const cell = (words: string, index: number, bold: boolean) =>
    `<w:tc><w:tcPr><w:tcW w:w="${widths[index] ?? 1000}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>${paragraph(
      styleIds.sheetText,
      run(words, bold ? runProperties(fonts.first.name, size.five) : ''),
    )}</w:tc>`;
  const line = (cells: readonly string[], bold = false) =>
    `<w:tr><w:trPr><w:cantSplit/></w:trPr>${cells.map((words, index) => cell(words, index, bold)).join('')}</w:tr>`;
  const rows = signOffRows(input.examined, input.figures, input.edition).map(row =>
    line([row.name, row.printed, row.ledger, row.stated, row.verdict, row.from], row.strong === true),
  );
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
    )}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="60" w:type="dxa"/><w:bottom w:w="20" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>${widths
    .map(width => `<w:gridCol w:w="${width}"/>`)
    .join(
      '',
    )}</w:tblGrid>${line(['事项', '本通报', '台账全部', '通报数据填报', '核对', '来源'], true)}${rows.join('')}</w:tbl>`;
}

function notes({ examined, standing, journal }: SignOffInput): string[] {
  const list = examined.reconciliations;
  const agreeing = list.filter(one => one.ok === true).length;
  const wrong = list.filter(one => one.ok === false).length;
  const named = differing(examined);
  const waived = examined.diagnostics.filter(one => one.waived);
  const left = [...standing.blocking, ...standing.others];
  return [
    list.length === 0
      ? '填报与核算：通报数据没有填，没有可对照的数字。'
      : `填报与核算共核对${list.length}个数字：一致${agreeing}个，不一致${wrong}个，无从核对${list.length - agreeing - wrong}个。${
          named.length === 0 ? '' : `不一致的：${titles(named)}。`
        }`,
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
  const shown = different.slice(0, most);
  return `${shown.join('；')}${different.length > shown.length ? `等${different.length}类` : ''}`;
}
