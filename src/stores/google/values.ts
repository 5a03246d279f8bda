import type { sheets_v4 } from '@googleapis/sheets';
import { canonicalDecimal } from '../../model/decimal-text.js';
import type { Cell } from '../../model/grid.js';
import type { Content, Style } from '../../model/plan.js';

/** Day 0 of a serial number: 1899-12-30, as a count of days since 1970-01-01. */
const EPOCH_DAYS = -25_569;
/** Characters that the service lets a cell hold. */
export const LONGEST_TEXT = 50_000;

const MS_PER_DAY = 86_400_000;

/** Google's names of error values → what the cell shows. */
const ERROR_TEXT: Readonly<Record<string, string>> = {
  NULL_VALUE: '#NULL!',
  DIVIDE_BY_ZERO: '#DIV/0!',
  VALUE: '#VALUE!',
  REF: '#REF!',
  NAME: '#NAME?',
  NUM: '#NUM!',
  N_A: '#N/A',
  LOADING: '#LOADING!',
};

/**
 * A double as its shortest decimal text, never in exponent form: 1e21 → 1000000000000000000000.
 * Google keeps numbers as doubles, so the shortest text that gives the same double is what was typed.
 */
export function decimalText(value: number): string {
  const text = String(value);
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (match === null) return text === '-0' ? '0' : text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/**
 * A calculated double as the sheet itself shows it, to 15 significant digits: 0.1+0.2 is 0.3 to everybody who looks
 * at the cell, and money is not to fail over the seventeenth digit.
 */
function calculatedText(value: number): string {
  return decimalText(Number(value.toPrecision(15)));
}

/** `YYYY-MM-DD` of a serial number; a time of day is cut off. */
export function dayOfSerial(serial: number): string | undefined {
  const date = new Date((Math.floor(serial) + EPOCH_DAYS) * MS_PER_DAY);
  const year = date.getUTCFullYear();
  if (Number.isNaN(year) || year < 1 || year > 9999) return undefined;
  return date.toISOString().slice(0, 10);
}

/** Serial number of `YYYY-MM-DD` or `YYYY-MM` (its first day). */
export function serialOfDay(day: string): number | undefined {
  const match = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(day);
  if (match === null) return undefined;
  const ms = Date.parse(`${match[1]}-${match[2]}-${match[3] ?? '01'}T00:00:00Z`);
  return Number.isNaN(ms) ? undefined : ms / MS_PER_DAY - EPOCH_DAYS;
}

/** A cell as the service gives it → the cell of a grid; undefined when it holds nothing. */
export function cellOf(data: sheets_v4.Schema$CellData): Cell | undefined {
  const entered = data.userEnteredValue?.formulaValue;
  const formula = typeof entered === 'string' ? entered.replace(/^=/, '') : undefined;
  const value = data.effectiveValue;
  const plain = value ? plainCell(value, data.effectiveFormat?.numberFormat, formula !== undefined) : undefined;
  if (formula === undefined) return plain;
  // The service calculates at once: a formula without a value is one that shows nothing.
  return { ...(plain ?? { kind: 'text', text: '' }), formula };
}

/** What was entered in a cell as it was read, to be entered again. */
export function enteredValue(data: sheets_v4.Schema$CellData | undefined): sheets_v4.Schema$ExtendedValue {
  const formula = data?.userEnteredValue?.formulaValue;
  if (typeof formula === 'string') return { formulaValue: formula };
  const { errorValue: _calculated, ...entered } = data?.effectiveValue ?? {};
  return entered;
}

function plainCell(
  value: sheets_v4.Schema$ExtendedValue,
  format: sheets_v4.Schema$NumberFormat | undefined,
  calculated: boolean,
): Cell | undefined {
  if (typeof value.numberValue === 'number') {
    const number = value.numberValue;
    if (format?.type === 'DATE' || format?.type === 'DATE_TIME') {
      const day = dayOfSerial(number);
      if (day !== undefined) return { kind: 'date', text: showsDay(format.pattern) ? day : day.slice(0, 7) };
    }
    return { kind: 'number', text: calculated ? calculatedText(number) : decimalText(number) };
  }
  if (typeof value.stringValue === 'string') {
    return value.stringValue === '' ? undefined : { kind: 'text', text: value.stringValue };
  }
  if (typeof value.boolValue === 'boolean') return { kind: 'boolean', text: value.boolValue ? 'TRUE' : 'FALSE' };
  if (value.errorValue) return { kind: 'error', text: ERROR_TEXT[value.errorValue.type ?? ''] ?? '#ERROR!' };
  return undefined;
}

/** Does a date pattern show the day? Text in quotes and after a backslash does not count; no pattern is the locale's own. */
export function showsDay(pattern: string | null | undefined): boolean {
  return !pattern || /d/i.test(pattern.replaceAll(/"[^"]*"|\\./g, ''));
}

const DATE_FORMAT: sheets_v4.Schema$NumberFormat = { type: 'DATE', pattern: 'yyyy-mm-dd' };
const MONTH_FORMAT: sheets_v4.Schema$NumberFormat = { type: 'DATE', pattern: 'yyyy-mm' };

/**
 * What is written for a content: a typed value, never text to be interpreted, so that a text beginning with `=` stays
 * text; and the number format without which the service would give the value back as something else.
 */
export function typedValue(content: Content): {
  readonly value: sheets_v4.Schema$ExtendedValue;
  readonly format?: sheets_v4.Schema$NumberFormat;
} {
  switch (content.kind) {
    case 'blank':
      return { value: {} };
    case 'text':
      return content.text === '' ? { value: {} } : { value: { stringValue: content.text } };
    case 'formula':
      return { value: { formulaValue: `=${content.formula}` } };
    case 'number': {
      const number = Number(content.text);
      // A double cannot hold every decimal: 18-digit numbers would lose digits, so they travel as text.
      if (!Number.isFinite(number) || canonicalDecimal(decimalText(number)) !== canonicalDecimal(content.text)) {
        return { value: { stringValue: content.text } };
      }
      return { value: { numberValue: number } };
    }
    case 'date': {
      const serial = serialOfDay(content.text);
      if (serial === undefined) return { value: { stringValue: content.text } };
      return { value: { numberValue: serial }, format: content.text.length === 7 ? MONTH_FORMAT : DATE_FORMAT };
    }
  }
}

/** Our style as the service's cell format, with the exact mask of what it sets. */
export function cellFormat(style: Style): { readonly format: sheets_v4.Schema$CellFormat; readonly fields: string[] } {
  const format: sheets_v4.Schema$CellFormat = {};
  const fields: string[] = [];
  const text: sheets_v4.Schema$TextFormat = {};
  if (style.bold !== undefined) text.bold = style.bold;
  if (style.italic !== undefined) text.italic = style.italic;
  if (style.underline !== undefined) text.underline = style.underline;
  if (style.size !== undefined) text.fontSize = Math.round(style.size);
  if (style.color !== undefined) text.foregroundColorStyle = colorStyle(style.color);
  if (Object.keys(text).length > 0) {
    format.textFormat = text;
    fields.push('textFormat');
  }
  if (style.fill !== undefined) {
    format.backgroundColorStyle = colorStyle(style.fill);
    fields.push('backgroundColorStyle');
  }
  if (style.border !== undefined) {
    const side = { style: 'SOLID', colorStyle: colorStyle(style.border) };
    format.borders = { top: side, bottom: side, left: side, right: side };
    fields.push('borders');
  }
  if (style.align !== undefined) {
    format.horizontalAlignment = style.align.toUpperCase();
    fields.push('horizontalAlignment');
  }
  if (style.vertical !== undefined) {
    format.verticalAlignment = style.vertical === 'center' ? 'MIDDLE' : style.vertical.toUpperCase();
    fields.push('verticalAlignment');
  }
  if (style.wrap !== undefined) {
    format.wrapStrategy = style.wrap ? 'WRAP' : 'OVERFLOW_CELL';
    fields.push('wrapStrategy');
  }
  if (style.indent !== undefined) {
    format.padding = { left: 3 + style.indent * 9, right: 3, top: 2, bottom: 2 };
    fields.push('padding');
  }
  if (style.format !== undefined) {
    format.numberFormat = numberFormat(style.format);
    fields.push('numberFormat');
  }
  return { format, fields };
}

/** An Excel number format; the patterns we use mean the same in both. */
export function numberFormat(pattern: string): sheets_v4.Schema$NumberFormat {
  if (pattern === '@') return { type: 'TEXT' };
  if (/[ymd]/i.test(pattern.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]/g, ''))) return { type: 'DATE', pattern };
  if (pattern.includes('%')) return { type: 'PERCENT', pattern };
  return { type: 'NUMBER', pattern };
}

/** `RRGGBB` → fractions, as the service wants them. */
export function colorStyle(hex: string): sheets_v4.Schema$ColorStyle {
  const channel = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return { rgbColor: { red: channel(0), green: channel(2), blue: channel(4) } };
}
