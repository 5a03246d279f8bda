import { wordKey } from '../sheets/cells.js';
import { fold } from './fold.js';
import type { NoticeStatus } from './parsed.js';

/** Written word (as `wordKey` has it) → status: the table of the mapping in force, the same that reads 整改结果 in a ledger. */
export type StatusTable = ReadonlyMap<string, string>;

/** What a status was read as. */
export type StatusReading = { readonly status: NoticeStatus; readonly longTerm: boolean; readonly text: string };

const subject =
  '(?:截至目前|截至[^,。;]{2,12}|目前|现|现已|至此)?[,]?(?:(?:该|此|本|以上|上述|所有|全部)?(?:\\d{1,3}|[两二三四五六七八九十]{1,2})?(?:项|条|个)?(?:反馈)?(?:问题|工作|任务|事项|整改任务|项工作|整改工作|项整改)?)?(?:均|都|全部|基本上)?';
/** 未完成，继续清收: what is still being done about it may follow. */
const goesOn: ReadonlySet<NoticeStatus> = new Set(['not-started', 'in-progress', 'mostly-done']);
const andSo =
  '(?:,(?:下一?步|后续|计划|预计|拟|继续|正在|正|将|仍在|仍需|持续|加快|抓紧|进一步|剩余|还在|还需|尚需|尚待|待)[^。;]{1,24})?';

const patterns: readonly { readonly status: NoticeStatus; readonly longTerm?: true; readonly pattern: RegExp }[] = [
  rule(
    'done',
    '(?:已|已经)?(?:全部)?(?:完成|整改完成|整改到位|完成整改|整改|办结|完结|落实|到位|整改完毕|销号|整改销号|完成销号|完成整改销号|整改落实)(?:到位|完毕|完成)?(?:,|、|;)?(?:并|且|需|仍需|将)?(?:长期坚持|持续坚持|持续推进|持续巩固|长期落实|坚持常态化|常态化推进|持续落实|长期整改)',
    true,
  ),
  // Why it is not pursued any more is usually said with it.
  rule('withdrawn', '(?:不再纳入(?:整改)?|撤销|不属实(?:,不再整改)?)(?:\\([^()]{1,80}\\))?'),
  rule('not-started', '(?:尚未|暂未|未|没有)(?:启动|开始|整改|开展)(?:整改)?'),
  rule(
    'mostly-done',
    '(?:已)?(?:基本(?:上)?(?:完成|整改到位|到位|整改完成|完成整改|整改完毕)(?:整改)?|(?:已)?取得(?:了)?(?:明显|初步)?阶段性(?:成果|成效|进展)|阶段性(?:完成|成效)(?:整改)?|部分完成)(?:[,、并](?:正在|并|将|需)?(?:持续|长期)(?:整改|推进|深化|坚持))?',
  ),
  rule(
    'long-term',
    '(?:需|需要|须)?(?:长期(?:坚持|整改|推进|落实)|常态化(?:推进|坚持|整改|落实|开展)|纳入日常管理|持续坚持|长期坚持整改|立行立改,长期坚持|立行立改并长期坚持)(?:整改|推进|落实|抓好)?(?:[,、](?:并)?(?:久久为功|常抓不懈|常抓长管|持续用力|持续发力|巩固(?:提升|深化|成果)|不断深化))?',
  ),
  rule(
    'in-progress',
    '(?:未完成(?:整改)?|尚未(?:完成|整改到位|整改完成|办结)(?:整改)?|(?:正在|正)?(?:按序|有序|持续|加快|稳步|抓紧)?(?:推进|整改|落实|办理|实施|进行)(?:中|之中)|正在(?:按序|有序|持续|加快|稳步|抓紧)?(?:推进|整改|落实|办理|进行)(?:整改)?(?:工作)?|正(?:按序|有序)推进|持续(?:整改|推进)(?:中)?|进行中|部分整改|整改中|(?:正在|还在)改|否)',
  ),
  rule(
    'done',
    '(?:已|已经)?(?:全部|按期|按时|如期)?(?:完成|整改完成|整改到位|完成整改|整改|办结|完结|落实|落实到位|整改完毕|销号|整改销号|完成销号|对账销号|立行立改|整改落实到位|完成整改销号|整改落实|解决|纠正|改好|改完|改正|清退到位|整改并销号)(?:到位|完毕|完成)?(?:整改)?',
  ),
  rule('done', '(?:√|是|100%|整改率100%|完成率100%|整改完成率100%|整改率达?100%|完成率达100%)'),
];

function rule(status: NoticeStatus, text: string, longTerm?: true) {
  return {
    status,
    pattern: new RegExp(`^${subject}(?:${text})(?:了)?${goesOn.has(status) ? andSo : ''}$`),
    ...(longTerm === undefined ? {} : { longTerm }),
  };
}

const leadingSubject = new RegExp(`^${subject}`);

function inTable(folded: string, table: StatusTable): Omit<StatusReading, 'text'> | undefined {
  const found = table.get(wordKey(folded)) ?? table.get(wordKey(folded.replace(leadingSubject, '')));
  switch (found) {
    case 'done-long-term':
      return { status: 'done', longTerm: true };
    case 'closed':
      return { status: 'done', longTerm: false };
    case 'not-started':
    case 'in-progress':
    case 'mostly-done':
    case 'long-term':
    case 'done':
    case 'withdrawn':
      return { status: found, longTerm: false };
    default:
      return undefined;
  }
}

/**
 * A phrase that is a status and nothing else ("已完成", "该问题已整改到位", "已完成并长期坚持"). A longer sentence that
 * only contains such words tells something else and is undefined. The words of the table come first; what stands here
 * besides is how sentences put them.
 */
export function statusOf(phrase: string, table: StatusTable): StatusReading | undefined {
  const text = phrase.trim().replace(/[。；;，,.]+$/, '');
  const folded = fold(text)
    .replace(/[\s"“”]/g, '')
    .replace(/^[(【[](.*)[)】\]]$/, '$1');
  if (folded.length === 0 || folded.length > (folded.startsWith('不再纳入') ? 100 : 40)) return undefined;
  const known = inTable(folded, table);
  if (known !== undefined) return { ...known, text };
  // 90%，基本完成: the words say what the figure is called.
  const percent = /^(?:已?完成|进度|整改率|完成率)?(?:约|达)?(\d{1,2}(?:\.\d{1,2})?)%(?:[,、;(]?(.*))$/.exec(folded);
  if (percent !== null) {
    const words = (percent[2] ?? '').replace(/\)$/, '');
    if (words !== '') return statusOf(words, table);
    return { status: 'in-progress', longTerm: false, text };
  }
  for (const { status, pattern, longTerm } of patterns) {
    if (pattern.test(folded)) return { status, longTerm: longTerm === true, text };
  }
  return undefined;
}

/** As short as a status is; what is longer tells what was done. */
export function isShort(text: string): boolean {
  return fold(text).replace(/[\s。;,.]/g, '').length <= 10;
}

const headings: readonly { readonly status: NoticeStatus; readonly pattern: RegExp }[] = [
  {
    status: 'in-progress',
    pattern: /未完成|尚未(?:完成|整改)|[未待](?:销号|办结)|正在(?:整改|推进|实施)|推进中|整改中|未整改到位|仍在/,
  },
  { status: 'mostly-done', pattern: /基本完成|基本整改|阶段性/ },
  { status: 'long-term', pattern: /长期(?:坚持|整改|推进)|需(?:要)?(?:持续|长期)|持续(?:整改|推进|坚持)/ },
  {
    status: 'done',
    pattern:
      /已(?:经)?(?:全部)?(?:完成|整改|办结|销号)|(?:完成整改|整改到位|整改完成|立行立改)的|(?:完成|到位)的?(?:整改)?(?:事项|问题|任务)/,
  },
];

/** The status that a heading gives to all findings under it; none when it names two. */
export function statusOfHeading(title: string): StatusReading | undefined {
  const folded = fold(title).replace(/\s/g, '');
  if (/完成情况|整改完成情况/.test(folded) && !/已完成|未完成/.test(folded)) return undefined;
  const hits = headings.filter(({ pattern }) => pattern.test(folded));
  const [hit] = hits;
  if (hit === undefined) return undefined;
  // 未完成 contains 完成的…事项; the first hit explains it. Two separate ones leave it open.
  const others = hits
    .slice(1)
    .filter(({ status }) => !(status === 'done' && !/已(?:经)?(?:全部)?完成|已整改|整改到位/.test(folded)));
  if (others.length > 0 && !/已(?:基本)?完成/.test(folded)) return undefined;
  if (others.length > 0 && hit.status !== 'mostly-done') return undefined;
  return { status: hit.status, longTerm: false, text: title.trim() };
}
