import { fold } from './fold.js';
import { labelsOf } from './labels.js';
import { leadingMarker } from './markers.js';
import { rowsOfTables, type SourceCell, type SourceLine } from './source.js';

/**
 * Tables that are forms, one for each finding, with 反馈问题, 整改措施, 整改结果 in the cells on the left: each row becomes
 * the lines that it would be without a frame, its label with a colon. All other tables stay as they are.
 */
export function withoutForms(lines: readonly SourceLine[]): readonly SourceLine[] {
  const forms = new Set([...rowsOfTables(lines)].filter(([, rows]) => isForm(rows)).map(([table]) => table));
  if (forms.size === 0) return lines;
  return lines.flatMap(line => (line.table !== undefined && forms.has(line.table) ? asLabelled(line) : [line]));
}

function isForm(rows: readonly SourceLine[]): boolean {
  const pairs = rows.flatMap(pairsOf);
  const named = pairs.filter(([label]) => isName(label)).length;
  return rows.length >= 2 && pairs.length >= 2 && named * 5 >= pairs.length * 3;
}

/** What stands left and right in a row, two by two; empty cells are no part of it. */
function pairsOf(line: SourceLine): readonly (readonly [string, string])[] {
  const cells = (line.cells ?? []).filter((cell: SourceCell) => !cell.continues).map(cell => cell.text.trim());
  const pairs: (readonly [string, string])[] = [];
  for (let at = 0; at < cells.length; at += 2) pairs.push([cells[at] ?? '', cells[at + 1] ?? '']);
  return pairs;
}

function isName(text: string): boolean {
  const name = fold(text).replace(/[\s:]+$/, '');
  if (name === '' || name.length > 12) return false;
  return labelsOf(`${name}:`, 0)[0]?.end === name.length + 1 || leadingMarker(`${name}:`)?.kind === 'issue';
}

function asLabelled(line: SourceLine): readonly SourceLine[] {
  return pairsOf(line).flatMap(([label, text]) => {
    const whole = isName(label) ? `${label.replace(/[\s:：]+$/u, '')}：${text}` : `${label}${text}`;
    return whole
      .split('\n')
      .map(part => ({ number: line.number, text: part.trim() }))
      .filter(part => part.text !== '');
  });
}
