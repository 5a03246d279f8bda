import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { leadingMarker } from './markers.js';
import type { SourceCell, SourceLine } from './source.js';

type HtmlNode = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

const silent = new Set([
  'script',
  'style',
  'head',
  'noscript',
  'template',
  'iframe',
  'object',
  'svg',
  'select',
  'button',
  'nav',
  'footer',
  'textarea',
]);
const block = new Set([
  'address',
  'article',
  'aside',
  'blockquote',
  'body',
  'center',
  'dd',
  'details',
  'div',
  'dl',
  'dt',
  'fieldset',
  'figcaption',
  'figure',
  'form',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'header',
  'hr',
  'html',
  'li',
  'main',
  'ol',
  'p',
  'pre',
  'section',
  'summary',
  'table',
  'tbody',
  'td',
  'tfoot',
  'th',
  'thead',
  'tr',
  'ul',
]);

/** Deeper nesting than this is no notice; what lies below is read as flat text. */
const deepest = 400;

/** The paragraphs of a page as a reader sees them. Scripts, styles, hidden elements and links are not followed. */
export function htmlLines(content: string): readonly SourceLine[] {
  const lines: SourceLine[] = [];
  let buffer = '';
  let lead = '';
  let leads = true;
  let heading: number | undefined;
  let prefix = '';
  let tables = 0;
  const flush = () => {
    const text = collapsed(buffer);
    const strong = collapsed(lead).length;
    buffer = '';
    lead = '';
    leads = true;
    if (text === '') return;
    lines.push({
      number: lines.length + 1,
      text: prefix + text,
      ...(heading === undefined ? {} : { heading }),
      ...(strong === 0 ? {} : { strong: prefix.length + strong }),
    });
    prefix = '';
  };

  const visit = (node: HtmlNode, depth: number, strong: boolean): void => {
    if ('value' in node) {
      buffer += node.value;
      leads &&= strong || node.value.trim() === '';
      if (leads) lead += node.value;
      return;
    }
    if (!('tagName' in node)) return;
    if (depth > deepest) {
      buffer += flatText(node);
      return;
    }
    const tag = node.tagName;
    if (silent.has(tag) || isHidden(node)) return;
    if (tag === 'br') {
      flush();
      return;
    }
    if (tag === 'table' && isDataTable(node)) {
      flush();
      tables += 1;
      const rows = rowsOf(node);
      for (const row of rows) {
        const text = row
          .map(cell => cell.text)
          .join('\t')
          .trim();
        if (text !== '') lines.push({ number: lines.length + 1, text, table: tables, cells: row });
      }
      return;
    }
    const isBlock = block.has(tag);
    if (isBlock) flush();
    const outer = heading;
    const level = /^h([1-6])$/.exec(tag)?.[1];
    if (level !== undefined) heading = Number(level);
    if (tag === 'li') prefix = listNumber(node);
    const inside = strong || isStrong(node);
    for (const child of node.childNodes) visit(child, depth + 1, inside);
    if (isBlock) {
      flush();
      heading = outer;
      if (tag === 'li') prefix = '';
    }
  };
  for (const child of parse(content).childNodes) visit(child, 0, false);
  flush();
  return lines;
}

function collapsed(text: string): string {
  return text.replace(/[ \t\r\n\u00A0]+/g, ' ').trim();
}

/** Bold, or in a type that headings are set in. */
function isStrong(element: Element): boolean {
  if (element.tagName === 'b' || element.tagName === 'strong') return true;
  const style = attribute(element, 'style') ?? '';
  return (
    /font-weight\s*:\s*(?:bold|[6-9]00)/i.test(style) ||
    /font-family\s*:[^;]*(?:黑体|楷体|小标宋|SimHei|KaiTi)/i.test(style)
  );
}

/** All text below an element, without recursion: pages can be nested deeper than a stack is. */
function flatText(element: Element): string {
  const pending: HtmlNode[] = [element];
  const parts: string[] = [];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if ('value' in node) parts.push(node.value);
    else if ('tagName' in node && !silent.has(node.tagName) && !isHidden(node)) {
      for (let at = node.childNodes.length - 1; at >= 0; at -= 1) {
        const child = node.childNodes[at];
        if (child !== undefined) pending.push(child);
      }
    }
  }
  return parts.join(' ');
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find(attr => attr.name === name)?.value;
}

function isHidden(element: Element): boolean {
  return (
    attribute(element, 'hidden') !== undefined ||
    /display\s*:\s*none|visibility\s*:\s*hidden/i.test(attribute(element, 'style') ?? '')
  );
}

/** The number or bullet that a browser prints before an item of a list; an item with a number of its own needs none. */
function listNumber(item: Element): string {
  const list = item.parentNode;
  if (list === null || !('tagName' in list)) return '';
  if (leadingMarker(textOf(item).slice(0, 40)) !== undefined) return '';
  if (list.tagName !== 'ol') return '●';
  const start = Number(attribute(list, 'start') ?? '1');
  let number = Number.isInteger(start) ? start : 1;
  for (const child of list.childNodes) {
    if (child === item) break;
    if ('tagName' in child && child.tagName === 'li') number += 1;
  }
  return `${number}.`;
}

function textOf(node: HtmlNode, depth = 0): string {
  if ('value' in node) return node.value;
  if (!('tagName' in node) || silent.has(node.tagName) || isHidden(node) || depth > deepest) return '';
  if (node.tagName === 'br') return '\n';
  const inner = node.childNodes.map(child => textOf(child, depth + 1)).join('');
  return block.has(node.tagName) && node.tagName !== 'td' && node.tagName !== 'th' ? `${inner}\n` : inner;
}

/** A table with several columns in several rows; one that only frames the page holds other tables or long prose. */
function isDataTable(table: Element): boolean {
  const rows = [...elements(table, 'tr')];
  if (rows.length < 2 || [...elements(table, 'table')].length > 0) return false;
  const widths = rows.map(row => cellsOf(row).length);
  // Two columns are a table where row after row has both.
  return widths.filter(width => width >= 3).length >= 2 || (rows.length >= 3 && widths.every(width => width === 2));
}

function* elements(node: Element, tag: string, depth = 0): Generator<Element> {
  if (depth > deepest) return;
  for (const child of node.childNodes) {
    if (!('tagName' in child)) continue;
    if (child.tagName === tag) yield child;
    yield* elements(child, tag, depth + 1);
  }
}

function cellsOf(row: Element): readonly Element[] {
  return row.childNodes.filter(
    (child): child is Element => 'tagName' in child && (child.tagName === 'td' || child.tagName === 'th'),
  );
}

/** Rows with row and column spans laid out: a cell that reaches down continues in the rows below it. */
function rowsOf(table: Element): readonly (readonly SourceCell[])[] {
  const reaching = new Map<number, number>();
  return [...elements(table, 'tr')].map(row => {
    const cells: SourceCell[] = [];
    let column = 0;
    const continueDown = () => {
      for (let left = reaching.get(column) ?? 0; left > 0; left = reaching.get(column) ?? 0) {
        cells.push({ text: '', span: 1, continues: true });
        reaching.set(column, left - 1);
        column += 1;
      }
    };
    for (const cell of cellsOf(row)) {
      continueDown();
      const span = Math.min(50, Math.max(1, Number(attribute(cell, 'colspan') ?? '1') || 1));
      const down = Math.min(2000, Math.max(1, Number(attribute(cell, 'rowspan') ?? '1') || 1));
      const text = textOf(cell)
        .replace(/[ \t\r\u00A0]+/g, ' ')
        .replace(/ ?\n+ ?/g, '\n')
        .trim();
      cells.push({ text, span, continues: false });
      if (down > 1) reaching.set(column, down - 1);
      column += span;
    }
    continueDown();
    return cells;
  });
}
