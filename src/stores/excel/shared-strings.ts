import type { Cell } from '../../model/grid.js';
import { Uint32List } from './number-list.js';
import { xmlFault } from './package.js';
import { refuse } from './refusals.js';
import { itemText } from './rich-text.js';
import { parseXml, XmlError } from './xml-tree.js';

/** The table of texts that cells refer to by number. */
export type SharedStrings = {
  /** The cell that holds this text; the same object every time, so that a text used in many rows costs one. */
  readonly cell: (index: number) => Cell;
};

/** A workbook without the part: any reference points nowhere. */
export function noSharedStrings(path: string): SharedStrings {
  return {
    cell: () => {
      throw refuse('missing-part', path, 'sharedStrings');
    },
  };
}

/**
 * Finds where each text stands; none is decoded before a cell asks for it. Counts that the part declares are ignored:
 * in the wild they are often wrong.
 */
export function readSharedStrings(bytes: Buffer, path: string, part: string): SharedStrings {
  const starts = new Uint32List();
  const ends = new Uint32List();
  try {
    findItems(bytes, starts, ends);
  } catch (error) {
    throw xmlFault(error, path, part);
  }
  const cells: (Cell | undefined)[] = new Array(starts.length);
  return {
    cell: index => {
      const known = cells[index];
      if (known !== undefined) return known;
      if (index >= starts.length) throw refuse('broken-sheet', path, `sharedStrings[${index}]`);
      const [start, end] = [starts.at(index), ends.at(index)];
      try {
        const cell: Cell = {
          kind: 'text',
          text: itemText(bytes, start, end),
        };
        cells[index] = cell;
        return cell;
      } catch (error) {
        throw xmlFault(error, path, part);
      }
    },
  };
}

function findItems(bytes: Buffer, starts: Uint32List, ends: Uint32List): void {
  const first = /<(?![?!])([^\s>/]*:)?sst[\s>/]/.exec(bytes.toString('latin1', 0, 4096));
  // The start tag alone, as XML: refuses document types and whatever is no table of strings.
  const prefix = first?.[1] ?? '';
  const rootTag = bytes.indexOf(`<${prefix}sst`, 0, 'latin1');
  const rootEnd = rootTag < 0 ? -1 : bytes.indexOf('>', rootTag, 'latin1') + 1;
  parseXml(bytes.toString('utf8', 0, Math.max(rootEnd, 0)), { openEnded: true });
  let at = rootEnd;
  if (rootEnd > 1 && bytes[rootEnd - 2] === SLASH) return;
  for (;;) {
    while (isSpace(bytes[at] ?? 0)) at++;
    if (matches(bytes, at, '<!--')) {
      at = behind(bytes, '-->', at);
      continue;
    }
    const item = matches(bytes, at, `<${prefix}si`) ? bytes[at + prefix.length + 3] : undefined;
    if (item !== GT && item !== SLASH && item !== SPACE) break;
    starts.push(at);
    at = item === SLASH ? behind(bytes, '>', at) : behind(bytes, `</${prefix}si>`, at);
    ends.push(at);
  }
  if (!matches(bytes, at, `</${prefix}sst`) && !matches(bytes, at, `<${prefix}extLst`)) {
    throw new XmlError('malformed', `string item expected at byte ${at}`);
  }
}

const GT = 0x3e;
const SLASH = 0x2f;
const SPACE = 0x20;

function isSpace(byte: number): boolean {
  return byte === SPACE || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function matches(bytes: Buffer, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    if (bytes[at + i] !== text.charCodeAt(i)) return false;
  }
  return true;
}

function behind(bytes: Buffer, mark: string, from: number): number {
  const found = bytes.indexOf(mark, from, 'latin1');
  if (found < 0) throw new XmlError('malformed', `${mark} is missing`);
  return found + mark.length;
}
