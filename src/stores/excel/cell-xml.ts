import { dayToSerial, isDay } from '../../model/day.js';
import { a1, type Cell } from '../../model/grid.js';
import type { Content } from '../../model/plan.js';
import { encodeCellText, MAX_CELL_TEXT, storableText } from './cell-text.js';
import { escapeText } from './xml-tree.js';

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * One cell as the sheet part holds it. Texts stand in the cell itself (inline strings), so that the table of shared
 * strings is never touched; numbers are the decimal text as it came, never a float.
 * `prefix` with its colon; `style` 0 is the workbook's default and not written.
 */
export function cellXml(
  prefix: string,
  row: number,
  col: number,
  style: number,
  content: Content,
  date1904: boolean,
): string {
  const p = prefix;
  const open = `<${p}c r="${a1(row, col)}"${style > 0 ? ` s="${style}"` : ''}`;
  switch (content.kind) {
    case 'blank':
      return `${open}/>`;
    case 'text':
      return `${open} t="inlineStr"><${p}is><${p}t${keepsSpace(content.text)}>${textXml(content.text)}</${p}t></${p}is></${p}c>`;
    case 'number':
      return `${open}><${p}v>${decimal(content.text)}</${p}v></${p}c>`;
    case 'date':
      return `${open}><${p}v>${serialOf(content.text, date1904)}</${p}v></${p}c>`;
    case 'formula': {
      const { cached } = content;
      const value = cached.kind === 'number' ? decimal(cached.text) : textXml(cached.text);
      return `${open}${cached.kind === 'text' ? ' t="str"' : ''}><${p}f>${escapeText(bare(content.formula))}</${p}f><${p}v>${value}</${p}v></${p}c>`;
    }
  }
}

/** What a cell with this content gives when it is read again; undefined for nothing. */
export function asRead(content: Content): Cell | undefined {
  switch (content.kind) {
    case 'blank':
      return undefined;
    case 'text':
      return { kind: 'text', text: normalText(content.text) };
    case 'formula':
      return {
        kind: content.cached.kind,
        text: content.cached.kind === 'text' ? normalText(content.cached.text) : content.cached.text,
        formula: bare(content.formula),
      };
    default:
      return { kind: content.kind, text: content.text };
  }
}

/** Whether the content is a number for Excel, and so must not stand under a date format. */
export function isNumeric(content: Content): boolean {
  return content.kind === 'number' || (content.kind === 'formula' && content.cached.kind === 'number');
}

function normalText(text: string): string {
  return storableText(text);
}

/** Blanks at its ends, and line breaks, stay only where the text asks for it. */
function keepsSpace(text: string): string {
  return /^\s|\s$|\n/.test(text) ? ' xml:space="preserve"' : '';
}

/** What may need another form in a sheet part; most texts have none of it. */
const WORTH_ENCODING = /[&<>_\u0000-\u001f\ud800-\udfff\ufffe\uffff]/;

function textXml(text: string): string {
  if (text.length <= MAX_CELL_TEXT && !WORTH_ENCODING.test(text)) return text;
  return escapeText(encodeCellText(storableText(text)));
}

function bare(formula: string): string {
  return formula.startsWith('=') ? formula.slice(1) : formula;
}

function decimal(text: string): string {
  if (!DECIMAL.test(text)) throw new Error(`not a number: ${text}`);
  return text;
}

function serialOf(text: string, date1904: boolean): number {
  if (!isDay(text)) throw new Error(`not a day: ${text}`);
  return dayToSerial(text, date1904);
}
