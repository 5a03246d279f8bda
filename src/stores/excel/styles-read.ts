import { builtInDateKind, type DateKind, dateKind } from './number-formats.js';
import { attribute, child, childrenNamed, wholeNumber, type XmlElement, XmlError } from './xml-tree.js';

/** For each cell style (`s` of a cell), whether it shows a day, a month, or neither. */
export function dateKindsOfStyles(root: XmlElement): readonly DateKind[] {
  // Another part in its place would say that no number is a day.
  if (root.local !== 'styleSheet') throw new XmlError('malformed', 'styleSheet');
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
