import { builtInDateKind, type DateKind, dateKind } from './number-formats.js';
import { attribute, child, childrenNamed, type XmlElement } from './xml-tree.js';

/** For each cell style (`s` of a cell), whether it shows a day, a month, or neither. */
export function dateKindsOfStyles(root: XmlElement): readonly DateKind[] {
  const formats = child(root, 'numFmts');
  const custom = new Map<number, DateKind>();
  for (const format of formats === undefined ? [] : childrenNamed(formats, 'numFmt')) {
    custom.set(Number(attribute(format, 'numFmtId')), dateKind(attribute(format, 'formatCode') ?? ''));
  }
  const list = child(root, 'cellXfs');
  return (list === undefined ? [] : childrenNamed(list, 'xf')).map(xf => {
    const id = Number(attribute(xf, 'numFmtId') ?? 0);
    return custom.get(id) ?? builtInDateKind(id);
  });
}
