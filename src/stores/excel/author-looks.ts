import type { Borders, Style } from 'exceljs';
import type { Owner } from '../../sheets/column.js';

/** Excel number formats of new workbooks. */
export const formats = { money: '#,##0.00', date: 'yyyy-mm-dd' } as const;

const FONT = '微软雅黑';
const solid = (rgb: string): Style['fill'] => ({ type: 'pattern', pattern: 'solid', fgColor: { argb: `FF${rgb}` } });
const ink = (rgb: string) => ({ argb: `FF${rgb}` });

export const edge: Partial<Borders> = {
  top: { style: 'thin', color: ink('D9D9D9') },
  left: { style: 'thin', color: ink('D9D9D9') },
  bottom: { style: 'thin', color: ink('D9D9D9') },
  right: { style: 'thin', color: ink('D9D9D9') },
};

/** Fill of a conditional format, which takes its colour from the background. */
export const grey: NonNullable<Style['fill']> = { type: 'pattern', pattern: 'solid', bgColor: ink('F7F7F7') };

const headerAlignment = { horizontal: 'center', vertical: 'middle', wrapText: true } as const;

/** How the columns of each writer look, so that nobody types into somebody else's. */
export const ownerLooks: {
  readonly [O in Owner]: { readonly who: string; readonly header: Partial<Style>; readonly body: Partial<Style> };
} = {
  office: {
    who: '整改办',
    header: {
      font: { name: FONT, size: 10, bold: true, color: ink('FFFFFF') },
      fill: solid('1F4E79'),
      border: edge,
      alignment: headerAlignment,
    },
    body: { font: { name: FONT, size: 10, color: ink('262626') } },
  },
  reviewer: {
    who: '纪检监察机关（巡察办）',
    header: {
      font: { name: FONT, size: 10, bold: true, color: ink('7F4F00') },
      fill: solid('FFE2A8'),
      border: edge,
      alignment: headerAlignment,
    },
    body: { font: { name: FONT, size: 10, color: ink('7F4F00') } },
  },
  program: {
    who: '系统',
    header: {
      font: { name: FONT, size: 10, bold: true, italic: true, color: ink('7F7F7F') },
      fill: solid('EDEDED'),
      border: edge,
      alignment: headerAlignment,
    },
    body: { font: { name: FONT, size: 10, italic: true, color: ink('7F7F7F') } },
  },
};

export const authored = {
  title: { font: { name: FONT, size: 18, bold: true, color: ink('1F4E79') }, alignment: { vertical: 'middle' } },
  legend: { font: { name: FONT, size: 10, color: ink('7F7F7F') }, alignment: { vertical: 'middle' } },
  factLabel: {
    font: { name: FONT, size: 10, bold: true, color: ink('1F4E79') },
    fill: solid('F3F7FB'),
    border: edge,
    alignment: { horizontal: 'left', vertical: 'middle', indent: 1 },
  },
  factValue: {
    font: { name: FONT, size: 10, color: ink('262626') },
    border: edge,
    alignment: { vertical: 'middle', horizontal: 'left', indent: 1, wrapText: true },
  },
  programText: { font: { name: FONT, size: 10, italic: true, color: ink('7F7F7F') }, fill: solid('F2F2F2') },
} as const satisfies { readonly [name: string]: Partial<Style> };
