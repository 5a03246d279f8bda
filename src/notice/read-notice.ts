import { withoutForms } from './card-tables.js';
import { claimsIn } from './claims.js';
import { factsOf, isUnitName, meetingsIn, signatureOf, titleOfDocument } from './facts.js';
import type { YearContext } from './figures.js';
import { candidates, hasAnswer, ownLabels, rolesOfParts } from './finding-level.js';
import { fold, withoutEndMark } from './fold.js';
import { findingsAlike } from './habits.js';
import { withLegend } from './legend.js';
import { markerNumber } from './markers.js';
import {
  buildOutline,
  examine,
  isNode,
  isUnderLabel,
  nodesOf,
  type OutlineLine,
  type OutlineNode,
  sumsUp,
  textOf,
  titleOf,
} from './outline.js';
import type { Located, NoticeFinding, NoticeHeading, NoticePolicy, NoticeSection, ParsedNotice } from './parsed.js';
import { partLevels } from './parts.js';
import { policiesIn } from './policies.js';
import type { Source, SourceLine } from './source.js';
import { asHeading, splitProse, splitTight } from './split-prose.js';
import type { StatusTable } from './status-words.js';
import { findingsOfTables } from './tables.js';
import { pairedLists } from './two-lists.js';
import { aboutTitles, levelsWithoutLabels, standingTitles, unnumberedTitles } from './unnumbered.js';
import {
  looksLikeArea,
  looksLikeClosing,
  looksLikeContact,
  looksLikeGroup,
  type PartRole,
  roleOfHeading,
} from './words.js';

/**
 * Reads a notice or a feedback document. Pure: the same lines give the same result. Nothing about the layout is taken
 * for granted; see outline.ts (levels from numbering), finding-level.ts (which level carries findings) and findings.ts.
 * @param words the words for results of the mapping in force; without them only what sentences say is known
 */
export function readNotice(source: Source, words: StatusTable = new Map()): ParsedNotice {
  const statuses = withLegend(source.lines, words);
  const tables = findingsOfTables(source.lines, statuses);
  const lines = withoutForms(source.lines.filter(line => line.text.trim() !== '' && !tables.lines.has(line.number)));
  const located = lines.map(({ text, number }) => ({ text, line: number }));
  const title = titleOfDocument(located);
  const titleAt = Math.max(-1, ...(title?.lines ?? []).map(number => lines.findIndex(line => line.number === number)));
  const body = lines.slice(titleAt + 1);
  const { root, roles, findingNodes, beside } = structureOf(body, statuses);
  const kind = kindOf(title?.text ?? '', root, tables.answered);

  const placed = new Set<number>([...tables.lines]);
  for (const number of title?.lines ?? []) placed.add(number);
  const chosen = new Set([...findingNodes, ...beside]);
  for (const node of [...findingNodes, ...beside]) {
    for (const line of linesOf(node)) placed.add(line.line);
    for (let above = node.parent; above !== undefined; above = above.parent) if (above.own) placed.add(above.own.line);
  }

  const narrative = narrativeOf(root, roles, chosen, placed);
  // A feedback document is signed by those who inspected.
  const signature =
    kind === 'progress' ? signatureOf(body.map(({ text, number }) => ({ text, line: number }))) : undefined;
  const unit = title?.unit || (kind === 'feedback' ? addresseeOf(located) : signature?.unit) || '';
  const { inspection, facts } = factsOf(narrative.stating, title, signature);
  const years: YearContext = {
    year: yearOf(inspection.feedback ?? inspection.to ?? inspection.asOf),
    feedback: inspection.feedback,
    asOf: inspection.asOf,
  };
  const fromText = sectionsOf(findingNodes, kind, years, statuses);
  const fromTables = tables.sections.map(build => headed(build(years, statuses), root));
  const sections = [...fromText, ...fromTables].filter(section => section.findings.length > 0);
  const findings = sections.flatMap(section => section.findings);
  const contacts = located.filter(
    line => looksLikeContact(line.text) && !findings.some(finding => finding.line === line.line),
  );
  // What a page shows above its text: 当前位置：首页, 发布时间：…
  const above = titleAt < 0 ? [] : located.filter((line, index) => index < titleAt && looksLikeClosing(line.text));
  for (const line of [...narrative.stating, ...narrative.silent, ...contacts, ...above]) placed.add(line.line);
  return {
    kind,
    title: title?.text ?? '',
    unit,
    inspection,
    facts,
    sections,
    headings: headingsOf(root, chosen),
    claims: claimsIn(narrative.stating).filter(claim => kind === 'progress' || fedBack.has(claim.of)),
    policies: policiesOf(findings, narrative.stating),
    meetings: meetingsIn(narrative.stating, inspection.feedback, years.year),
    contacts,
    // The body that signs the notice is the one that its title names.
    unplaced: located.filter(line => !placed.has(line.line) && !isSignature(line.text, unit)),
  };
}

/** 某某局党委：, to whom a feedback document is written. */
function addresseeOf(lines: readonly Located[]): string | undefined {
  const found = lines.slice(0, 6).map(({ text }) => /^(.{4,40})[:：]$/u.exec(text.trim())?.[1] ?? '');
  return found.find(name => isUnitName(fold(name)));
}

/** What a feedback document counts of findings; its other figures are those of the inspection. */
const fedBack = new Set(['反馈问题总数', '反馈方面数']);

function isSignature(text: string, unit: string): boolean {
  const line = fold(text).replace(/\s/g, '');
  return unit !== '' && line !== '' && (line === unit || line === `中共${unit}` || `中共${line}` === unit);
}

type Structure = {
  readonly root: OutlineNode;
  readonly roles: ReadonlyMap<OutlineNode, PartRole>;
  readonly findingNodes: readonly OutlineNode[];
  /** A second list that is read with the findings: what was done about each, or their titles only. */
  readonly beside: readonly OutlineNode[];
};

function structureOf(typed: readonly SourceLine[], statuses: StatusTable): Structure {
  const lines = splitTight(typed);
  const read = examine(lines, statuses);
  const none = { withoutLabels: new Set<string>(), titles: new Map<number, number>() };
  const withoutLabels = levelsWithoutLabels(buildOutline(read, none));
  let root = buildOutline(read, { ...none, withoutLabels });
  const titles = unnumberedTitles(root, read);
  if (titles.size > 0) root = buildOutline(read, { withoutLabels, titles });
  const stated = statedCounts(read);
  let found = choose(root, stated, statuses);
  if (titles.size === 0) {
    const standing = standingTitles(read);
    const apart =
      standing.size > 0 ? choose(buildOutline(read, { withoutLabels, titles: standing }), stated, statuses) : found;
    if (areFiner(apart.findingNodes, found.findingNodes)) found = apart;
  }
  if (found.findingNodes.length === 0) {
    const about = aboutTitles(read);
    if (about.size > 0) found = choose(buildOutline(read, { withoutLabels, titles: about }), stated, statuses);
  }
  if (found.findingNodes.length === 0) {
    // Whole areas told in one paragraph each: 一、…方面。一是…的问题。…；二是…
    const pieces = examine(splitProse(lines), statuses).map(asHeading);
    found = choose(buildOutline(pieces, none), stated, statuses);
  }
  const lists = pairedLists(found.findingNodes);
  return lists === undefined ? found : { ...found, findingNodes: lists.findings, beside: lists.others };
}

function choose(root: OutlineNode, stated: ReadonlySet<number>, statuses: StatusTable): Structure {
  const roles = rolesOfParts(root);
  const [best] = candidates(root, roles, stated, statuses);
  if (best === undefined || best.score < 0.6) return { root, roles, findingNodes: [], beside: [] };
  const chosen = new Set(best.nodes.filter(node => !looksLikeGroup(titleOf(node)) || ownLabels(node).some(hasAnswer)));
  const nodes: OutlineNode[] = [];
  for (const top of root.children.filter(isNode)) {
    if (top.kind === 'label' || roles.get(top) !== 'findings') continue;
    for (const node of [top, ...nodesOf(top)]) {
      if (node.kind === 'label' || isUnderLabel(node) || hasAncestor(node, chosen)) continue;
      // A finding that stands one level off its like, answered under a label of its own.
      const apart = ownLabels(node).some(hasAnswer) && ![...nodesOf(node)].some(below => chosen.has(below));
      if (chosen.has(node) || apart) nodes.push(node);
    }
  }
  return { root, roles, findingNodes: nodes, beside: [] };
}

/** Titles without a number, of which each numbered fault holds several: the numbered ones are areas. */
function areFiner(standing: readonly OutlineNode[], numbered: readonly OutlineNode[]): boolean {
  return (
    standing.length > 0 &&
    standing.every(node => node.kind === 'line') &&
    standing.length >= numbered.length * 1.5 &&
    !numbered.some(node => ownLabels(node).some(hasAnswer))
  );
}

function hasAncestor(node: OutlineNode, chosen: ReadonlySet<OutlineNode>): boolean {
  for (let above = node.parent; above !== undefined; above = above.parent) if (chosen.has(above)) return true;
  return false;
}

/** Numbers of findings that the text states; a level with as many paragraphs is likelier to be theirs. */
function statedCounts(lines: readonly OutlineLine[]): ReadonlySet<number> {
  const found = new Set<number>();
  const pattern =
    /(?:反馈|指出|反映|查出|发现|提出)[^。;]{0,24}?([\d一二三四五六七八九十]{1,4})(?:个|项|条)(?:反馈|主要|突出)?问题|(?:反馈|指出|反映|查出|发现|提出)(?:的)?问题(?:共|共计)?([\d一二三四五六七八九十]{1,4})(?:个|项|条)/g;
  for (const line of lines) {
    for (const match of fold(line.text).matchAll(pattern)) {
      const number = markerNumber(match[1] ?? match[2] ?? '');
      if (number !== undefined) found.add(number);
    }
  }
  return found;
}

function kindOf(title: string, root: OutlineNode, tables: boolean): 'progress' | 'feedback' {
  let answers = 0;
  for (const node of nodesOf(root)) if (hasAnswer(node)) answers += 1;
  if (answers >= 2 || tables) return 'progress';
  if (/整改(?:工作)?(?:进展|落实|完成)?(?:的)?(?:情况|进展|结果|报告|通报)/.test(title)) return 'progress';
  if (/反馈|问题清单|存在(?:的)?(?:主要)?问题/.test(title)) return 'feedback';
  const opening = root.children.slice(0, 8);
  return opening.some(
    line => !isNode(line) && /(?:反馈|通报)如下[:：。]?$/u.test(line.text.trim()) && !/整改/.test(line.text.slice(-16)),
  )
    ? 'feedback'
    : 'progress';
}

function* linesOf(node: OutlineNode): Generator<OutlineLine> {
  if (node.own !== undefined) yield node.own;
  for (const child of node.children) if (!isNode(child)) yield child;
  for (const below of nodesOf(node)) {
    if (below.own !== undefined) yield below.own;
    for (const child of below.children) if (!isNode(child)) yield child;
  }
}

type Narrative = {
  /** Paragraphs that state how the rectification went: preamble, organisation, summary, headings. */
  readonly stating: readonly Located[];
  /** Paragraphs that are read and state nothing: next steps, advice, closing lines. */
  readonly silent: readonly Located[];
};

function narrativeOf(
  root: OutlineNode,
  roles: ReadonlyMap<OutlineNode, PartRole>,
  findings: ReadonlySet<OutlineNode>,
  placed: ReadonlySet<number>,
): Narrative {
  const stating: Located[] = [];
  const silent: Located[] = [];
  let begun = false;
  for (const child of root.children) {
    if (!isNode(child)) {
      const closing = child.closing || looksLikeClosing(child.text);
      if (closing) silent.push(child);
      else if (!begun) stating.push(child);
      else if (/^\s*(?:截至|截止|目前|通过|总的|综上|下一?步|今后)/.test(child.text)) {
        (/^\s*(?:下一?步|今后)/.test(child.text) ? silent : stating).push(child);
      }
      continue;
    }
    const role = child.kind === 'label' ? 'findings' : (roles.get(child) ?? 'findings');
    const holds = [...nodesOf(child), child].some(node => findings.has(node));
    begun ||= holds;
    // A part before the findings that holds none tells how the work was organised, whatever its heading says.
    if (role === 'findings' && !holds && !begun && child.kind !== 'label') {
      stating.push(...linesOf(child));
      continue;
    }
    if (role === 'findings') {
      // Its own words before the first group ("现将整改情况通报如下，共…") may state figures.
      if (!findings.has(child) && holds)
        for (const line of ownParagraphs(child, findings))
          if (!placed.has(line.line) || line === child.own) stating.push(line);
      continue;
    }
    // 整改总体成效及下一步安排: a part on what comes next may say first how far all of it is.
    const states = role === 'organisation' || role === 'summary';
    for (const line of [...linesOf(child)].sort((a, b) => a.line - b.line))
      (states || sumsUp(line) ? stating : silent).push(line);
  }
  return { stating: dedupe(stating), silent: dedupe(silent) };
}

function* ownParagraphs(node: OutlineNode, findings: ReadonlySet<OutlineNode>): Generator<OutlineLine> {
  if (node.own !== undefined) yield node.own;
  for (const child of node.children) {
    if (!isNode(child)) yield child;
    else if (findings.has(child) || child.kind === 'label') continue;
    else yield* ownParagraphs(child, findings);
  }
}

function dedupe(lines: readonly Located[]): readonly Located[] {
  const seen = new Set<number>();
  return lines
    .filter(line => !seen.has(line.line) && seen.add(line.line))
    .map(({ text, line }) => ({ text, line }))
    .sort((a, b) => a.line - b.line);
}

function sectionsOf(
  nodes: readonly OutlineNode[],
  kind: 'progress' | 'feedback',
  years: YearContext,
  statuses: StatusTable,
): readonly NoticeSection[] {
  const sections: { head: OutlineNode | undefined; findings: NoticeFinding[] }[] = [];
  const labelled = nodes.some(node => ownLabels(node).some(hasAnswer));
  const parts = kind === 'progress' ? partLevels(nodes) : new Set<string>();
  const found = findingsAlike(nodes, index => ({
    kind,
    years,
    labelled,
    ordinal: index + 1,
    statuses,
    parts,
  }));
  const settled = withSharedResults(found, nodes);
  nodes.forEach((node, index) => {
    const head = groupOf(node);
    const finding = settled[index];
    if (finding === undefined) return;
    const last = sections.at(-1);
    if (last !== undefined && last.head === head) last.findings.push(finding);
    else sections.push({ head, findings: [finding] });
  });
  return sections.map(({ head, findings }) => ({
    number: head?.number,
    title: head === undefined ? '' : withoutCount(withoutEndMark(titleOf(head) || textOf(head))),
    line: head?.own?.line ?? findings[0]?.line ?? 1,
    findings,
  }));
}

/** “以上2个问题均已完成整改。” behind the last of them is said of those before it too. */
function withSharedResults(
  findings: readonly NoticeFinding[],
  nodes: readonly OutlineNode[],
): readonly NoticeFinding[] {
  const settled = [...findings];
  findings.forEach((finding, index) => {
    const { status, statusText: text, statusLine: line } = finding;
    const shared = /^(?:以上|上述)(\d{1,3}|[两二三四五六七八九十])?/.exec(fold(text ?? '').trim());
    if (shared === null || status === undefined || text === undefined || line === undefined) return;
    const many = shared[1] === undefined ? undefined : markerNumber(shared[1]);
    for (let at = index - 1; at >= 0 && (many === undefined || at > index - many); at -= 1) {
      const before = settled[at];
      if (before === undefined || before.statusFrom === 'own') break;
      if (many === undefined && nodes[at]?.parent !== nodes[index]?.parent) break;
      settled[at] = {
        ...before,
        status,
        statusText: text,
        statusLine: line,
        statusFrom: 'heading',
        heading: { status, text, line },
        longTerm: finding.longTerm,
      };
    }
  });
  return settled;
}

/** A table without a banner or a column for its areas stands under the heading above it. */
function headed(section: NoticeSection, root: OutlineNode): NoticeSection {
  if (section.title !== '') return section;
  let above: OutlineNode | undefined;
  for (const node of nodesOf(root)) {
    if (node.kind === 'label' || node.own === undefined || isUnderLabel(node)) continue;
    if (node.own.line < section.line) above = node;
  }
  if (above?.own === undefined || roleOfHeading(titleOf(above)) !== 'findings') return section;
  return { ...section, number: above.number, title: withoutCount(withoutEndMark(textOf(above))), line: above.own.line };
}

/** 贯彻决策部署方面（共3个）: how many follow is no part of the name. */
function withoutCount(title: string): string {
  const name = /^[【[]([^【】[\]]+)[】\]]$/u.exec(title)?.[1] ?? title;
  return name.replace(/[（(]共?\s*\d{1,3}\s*[个项条](?:问题)?[)）]$/u, '').trim();
}

/** The focus area: the nearest heading above that names one, else the nearest heading. */
function groupOf(node: OutlineNode): OutlineNode | undefined {
  let nearest: OutlineNode | undefined;
  for (let above = node.parent; above !== undefined && above.kind !== 'root'; above = above.parent) {
    if (above.kind === 'label') continue;
    if (looksLikeArea(titleOf(above))) return above;
    nearest ??= above;
  }
  return nearest;
}

function policiesOf(findings: readonly NoticeFinding[], narrative: readonly Located[]): readonly NoticePolicy[] {
  const seen = new Set<string>();
  const found: NoticePolicy[] = [];
  const collect = (part: Located, finding: number | undefined) => {
    for (const policy of policiesIn(part.text)) {
      if (seen.has(policy.name)) continue;
      seen.add(policy.name);
      found.push({ name: policy.name, kind: policy.kind, line: part.line, finding });
    }
  };
  for (const finding of findings) {
    const reported = finding.reports.some(report => report.policies.length > 0);
    for (const part of finding.reports) collect(part, finding.number);
    // A plan that names no title (修订谈话制度) is answered by the one that its progress names.
    for (const part of finding.measures) if (!reported || part.text.includes('《')) collect(part, finding.number);
  }
  for (const part of narrative) collect(part, undefined);
  return found;
}

/** Numbered headings that hold no finding's own text; inside a finding the numbers are those of its items. */
function headingsOf(root: OutlineNode, findings: ReadonlySet<OutlineNode>): readonly NoticeHeading[] {
  const lists = new Map<OutlineNode, Map<string, number>>();
  const found: NoticeHeading[] = [];
  let count = 0;
  for (const node of nodesOf(root)) {
    const { kind, number, own, parent } = node;
    if (kind !== 'part' && kind !== 'cn' && kind !== 'cn-paren') continue;
    if (number === undefined || own === undefined || parent === undefined) continue;
    if (findings.has(node) || hasAncestor(node, findings) || isUnderLabel(node)) continue;
    const styles = lists.get(parent) ?? new Map<string, number>();
    lists.set(parent, styles);
    let list = styles.get(kind);
    if (list === undefined) {
      list = count;
      count += 1;
      styles.set(kind, list);
    }
    found.push({ list, style: kind, number, line: own.line, text: textOf(node) });
  }
  return found;
}

function yearOf(day: string | undefined): number | undefined {
  return day === undefined ? undefined : Number(day.slice(0, 4));
}
