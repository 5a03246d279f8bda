import { fold, sentences } from './fold.js';
import type { Label, LabelKind } from './labels.js';
import { type MarkerKind, structural } from './markers.js';
import type { OutlineLine } from './outline.js';
import { roleOfHeading, stanceOf } from './words.js';

/** Which label it is, wherever it is said. */
export function labelKey(label: Label): string {
  return `${label.kind} ${label.words}`;
}

/** Whether a line begins with its label; a number before it and blanks are no words. */
export function leads(line: OutlineLine, label: Label): boolean {
  return line.text.slice(0, label.at).trim().length <= Math.max(line.ignored, line.marker?.length ?? 0);
}

/** A label that is the whole line, with something numbered below it. */
export function standsAlone(line: OutlineLine, next: OutlineLine | undefined): boolean {
  const [label] = line.labels;
  if (label === undefined || !leads(line, label)) return false;
  return line.text.slice(label.end).trim() === '' && next?.marker !== undefined && structural.has(next.marker.kind);
}

/**
 * Labels below which, more often than not, a numbered fault stands: such an "整改情况" is a heading over findings, not
 * the beginning of what was done.
 */
export function overFaults(lines: readonly OutlineLine[]): ReadonlySet<string> {
  const seen = new Map<string, { all: number; faults: number }>();
  lines.forEach((line, index) => {
    const [label] = line.labels;
    const next = lines[index + 1];
    if (label === undefined || label.kind === 'problem' || label.kind === 'other' || !standsAlone(line, next)) return;
    const count = seen.get(labelKey(label)) ?? { all: 0, faults: 0 };
    seen.set(labelKey(label), count);
    count.all += 1;
    const text = next?.text.slice(next.marker?.length ?? 0, next.labels[0]?.at) ?? '';
    if (stanceOf(sentences(text)[0]?.text ?? text) === 'problem') count.faults += 1;
  });
  return new Set([...seen].filter(([, count]) => count.faults * 2 > count.all).map(([name]) => name));
}

/**
 * "反馈问题：" on a line of its own, said once, with a list below it that begins at 1, is a heading over all faults, unless it
 * is answered once as well.
 */
export function saidOnceOverAList(lines: readonly OutlineLine[]): ReadonlySet<OutlineLine> {
  const said = new Map<string, number>();
  const once = new Set<LabelKind>();
  for (const { labels } of lines)
    for (const label of labels) said.set(labelKey(label), (said.get(labelKey(label)) ?? 0) + 1);
  for (const { labels } of lines)
    for (const label of labels)
      if (said.get(labelKey(label)) === 1 && roleOfHeading(label.words) !== 'advice') once.add(label.kind);
  const answeredOnce = once.has('progress') || once.has('measure') || once.has('effect');
  const found = lines.filter((line, index) => {
    const [label] = line.labels;
    const next = lines[index + 1];
    if (label === undefined || line.marker !== undefined || said.get(labelKey(label)) !== 1) return false;
    if (!standsAlone(line, next) || next?.marker?.number !== 1) return false;
    return label.kind === 'problem' && !answeredOnce;
  });
  return new Set(found);
}

/** A name and nothing else: no stop, no figure but how many follow. */
const name = /^[\p{Script=Han}“”"、]{2,20}(?:\(共?\d{1,3}[个项条](?:问题)?\))?$/u;

/**
 * Names on lines of their own that part a numbered list into groups (办公室（2个）, 计财科 …): several of them, the first
 * above its 1, the others between n and n + 1 or above 1 again, and fewer of them than of what they part.
 */
export function namesBetween(lines: readonly OutlineLine[]): readonly OutlineLine[] {
  const groups = new Map<string, { readonly names: OutlineLine[]; readonly first: number; all: number }>();
  const last = new Map<string, number>();
  lines.forEach((line, index) => {
    const { marker } = line;
    if (marker === undefined || marker.number === undefined || !structural.has(marker.kind)) return;
    const group = groups.get(marker.kind);
    if (group !== undefined) group.all += 1;
    const before = lines[index - 1];
    const inTurn = marker.number === 1 || marker.number === (last.get(marker.kind) ?? 0) + 1;
    last.set(marker.kind, marker.number);
    if (before === undefined || !inTurn || !isBareName(before)) return;
    if (group !== undefined) group.names.push(before);
    else groups.set(marker.kind, { names: [before], first: marker.number, all: 1 });
  });
  return [...groups.values()]
    .filter(({ names, first, all }) => names.length >= 2 && first === 1 && all * 2 >= names.length * 3)
    .flatMap(({ names }) => names);
}

function isBareName(line: OutlineLine): boolean {
  if (line.marker !== undefined || line.labels.length > 0 || line.closing || line.heading !== undefined) return false;
  const text = fold(line.text).trim();
  return name.test(text) && stanceOf(text.replace(/\(.*$/, '')) === 'neutral';
}

/**
 * "整改要求：" or "针对发现的问题，提出如下整改意见：" behind several numbered faults, with 1. again below it: it asks for
 * something in the end and answers no fault.
 */
export function outlooks(lines: readonly OutlineLine[]): ReadonlySet<OutlineLine> {
  const said = new Map<string, number>();
  for (const { labels } of lines) for (const { words } of labels) said.set(words, (said.get(words) ?? 0) + 1);
  const found = new Set<OutlineLine>();
  const before = new Map<MarkerKind, number>();
  lines.forEach((line, index) => {
    if (line.marker !== undefined) {
      before.set(line.marker.kind, (before.get(line.marker.kind) ?? 0) + 1);
      return;
    }
    const next = lines[index + 1]?.marker;
    if (line.closing || next?.number !== 1 || !structural.has(next.kind) || (before.get(next.kind) ?? 0) < 3) return;
    if (line.text.length > 60 || !/[:：]\s*$/u.test(line.text) || (said.get(line.labels[0]?.words ?? '') ?? 0) > 1)
      return;
    const role = roleOfHeading(line.text);
    if (role === 'advice' || role === 'next') found.add(line);
  });
  return found;
}
