import { text } from '../../model/text.js';
import { fold } from '../fold.js';
import { type Linting, type Remark, remark } from './linting.js';

const speaksOfUnfinished =
  /(?:还|尚|仍|暂)(?:没有|未)(?:全部|彻底)?(?:完成|整改)(?:整改|到位)*的|对(?:于)?未(?:完成|整改到位|整改完成|办结)(?:整改)?的|(?:未完成|尚未完成|正在推进|正在整改|仍在推进|仍在整改|没有完成)(?:整改)?的?(?:问题|事项|任务|工作任务)/u;

/** The text speaks of unfinished findings and lists none: they are in neither a finished nor an unfinished part. */
export function* unfinishedNowhere(linting: Linting): Iterable<Remark> {
  const findings = linting.parsed.sections.flatMap(section => section.findings);
  if (findings.length === 0 || !findings.every(finding => finding.status === 'done' && !finding.longTerm)) return;
  const [first] = findings;
  const told = new Set(
    findings.flatMap(finding => [
      finding.line,
      ...finding.subFindings.map(sub => sub.line),
      ...finding.measures.map(measure => measure.line),
      ...finding.progress.map(part => part.line),
    ]),
  );
  const places = linting.source.lines.flatMap(line => {
    const match = told.has(line.number) ? null : speaksOfUnfinished.exec(fold(line.text));
    return match === null || denies(fold(line.text), match.index) ? [] : [{ line: line.number, words: match[0] }];
  });
  const [place, ...others] = places;
  if (place === undefined || first === undefined) return;
  yield remark(linting, 'unfinished-nowhere', 'warning', String(place.line), {
    line: place.line,
    words: place.words,
    also: others.map(one => one.line),
    found: place.words,
    message: text(
      `这里说到“${place.words}”，可是列出的${findings.length}个问题全部写“已完成”`,
      `“${place.words}” is spoken of here, but all ${findings.length} findings listed are done`,
    ),
    remedy: text(
      '有没完成的，把它们列出来并写明进展；全部完成了的，删去这句话',
      'list the unfinished ones with their progress, or take the sentence out',
    ),
  });
}

/** 没有尚未完成的问题, 不存在未完成的事项, 未完成问题0个. */
function denies(folded: string, at: number): boolean {
  return /(?:没有|不存在|无|杜绝|防止|避免)[^。;,]{0,6}$/u.test(folded.slice(Math.max(0, at - 10), at));
}
