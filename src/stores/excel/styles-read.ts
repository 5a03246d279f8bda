import { builtInDateKind, type DateKind, dateKind } from './number-formats.js';
import { attribute, child, childrenNamed, wholeNumber, type XmlElement } from './xml-tree.js';

/** For each cell style (`s` of a cell), whether it shows a day, a month, or neither. */
export function dateKindsOfStyles(root: XmlElement): readonly DateKind[] {
  const formats = child(root, 'numFmts');
  const custom = new Map<number, DateKind>();
  for (const format of formats === undefined ? [] : childrenNamed(formats, 'numFmt')) {
    const id = wholeNumber(format, 'numFmtId');
    if (id !== undefined) custom.set(id, dateKind(attribute(format, 'formatCode') ?? ''));
  }
  const list = child(root, 'cellXfs');
  return (list === undefined ? [] : childrenNamed(list, 'xf')).map(xf => {
    const id = wholeNumber(xf, 'numFmtId') ?? 0;
    return custom.get(id) ?? builtInDateKind(id);
  });
}
