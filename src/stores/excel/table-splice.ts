import { type Area, areaText } from '../../model/grid.js';
import {
  appendInside,
  attribute,
  child,
  childrenNamed,
  escapeAttribute,
  type Splice,
  setAttribute,
  splice,
  wholeNumber,
  type XmlElement,
} from './xml-tree.js';

/**
 * A table part with columns added at its right edge, or undefined when a column of that name is there already: Excel
 * refuses tables with two columns of one name, so the table then stays as it is and the new column stands beside it.
 */
export function widenTable(xml: string, root: XmlElement, area: Area, headers: readonly string[]): string | undefined {
  const list = child(root, 'tableColumns');
  if (list === undefined) return undefined;
  const columns = childrenNamed(list, 'tableColumn');
  const names = new Set(columns.map(column => (attribute(column, 'name') ?? '').toLowerCase()));
  let id = 0;
  for (const column of columns) id = Math.max(id, wholeNumber(column, 'id') ?? 0);
  const p = root.prefix === '' ? '' : `${root.prefix}:`;
  let added = '';
  for (const header of headers) {
    if (header === '' || names.has(header.toLowerCase())) return undefined;
    names.add(header.toLowerCase());
    id += 1;
    added += `<${p}tableColumn id="${id}" name="${escapeAttribute(header)}"/>`;
  }
  const wide: Area = { ...area, right: area.right + headers.length };
  return splice(xml, [
    ...refSplices(root, wide),
    setAttribute(list, 'count', String(columns.length + headers.length)),
    appendInside(xml, list, added),
  ]);
}

/** The table part with its last `count` columns taken off again. */
export function narrowTable(xml: string, root: XmlElement, area: Area, count: number): string | undefined {
  const list = child(root, 'tableColumns');
  const columns = list === undefined ? [] : childrenNamed(list, 'tableColumn');
  if (list === undefined || columns.length <= count) return undefined;
  const last = columns.slice(columns.length - count);
  return splice(xml, [
    ...refSplices(root, { ...area, right: area.right - count }),
    setAttribute(list, 'count', String(columns.length - count)),
    ...last.map(column => ({ start: column.start, end: column.end, text: '' })),
  ]);
}

function refSplices(root: XmlElement, area: Area): readonly Splice[] {
  const splices = [setAttribute(root, 'ref', areaText(area))];
  const filter = child(root, 'autoFilter');
  if (filter !== undefined) {
    const totals = Number(attribute(root, 'totalsRowCount') ?? 0);
    splices.push(setAttribute(filter, 'ref', areaText({ ...area, bottom: area.bottom - totals })));
  }
  return splices;
}
