import { fold, sentences, withoutEndMark } from './fold.js';
import { type StatusReading, type StatusTable, statusOf } from './status-words.js';

/** How far a finding is, said at the end of what was done about it, and what the text is without that. */
export type LastClause = {
  readonly text: string;
  readonly reading: StatusReading;
  /** 由于部分案件仍在执行程序中: why it is no further. */
  readonly reason: string | undefined;
};

const reasonStart = /^(?:由于|因为?|鉴于|受.{1,20}影响|但|目前)/;
const predicate = /^(?:已|需|须|正|仍|尚|基本|取得|全部|均|将长期|要长期)/;

/**
 * "…，整改取得阶段性成效。" and "干部队伍建设需长期坚持。": a last clause that says of its matter how far it is. Plain
 * sentences end like that as well (厕所改造已完成): only for texts that are known to state their results so.
 */
export function statusInLastClause(text: string, table: StatusTable): LastClause | undefined {
  const sentence = sentences(text, /[。!?]/).at(-1);
  if (sentence === undefined) return undefined;
  const words = withoutEndMark(sentence.text);
  const folded = fold(words);
  const comma = folded.lastIndexOf(',');
  const reading = saidOf(words.slice(comma + 1), table);
  if (reading === undefined) return undefined;
  const before = words.slice(0, Math.max(0, comma));
  if (before === '') return { text: text.slice(0, sentence.at), reading, reason: undefined };
  if (reasonStart.test(fold(before).trim())) return { text: text.slice(0, sentence.at), reading, reason: before };
  return { text: `${text.slice(0, sentence.at)}${before}`, reading, reason: undefined };
}

/** A status, or a short name of the matter and a status. */
function saidOf(clause: string, table: StatusTable): StatusReading | undefined {
  const words = clause.trim();
  const whole = statusOf(words, table);
  if (whole !== undefined) return whole;
  for (let at = 2; at <= Math.min(14, words.length - 3); at += 1) {
    if (!/^[\p{Script=Han}“”"]+$/u.test(words.slice(0, at))) return undefined;
    const rest = words.slice(at);
    const reading = predicate.test(fold(rest)) ? statusOf(rest, table) : undefined;
    if (reading !== undefined) return reading;
  }
  return undefined;
}
