import { fold, protectedMask } from './fold.js';

/** A rule document that a text says was made or changed. */
export type FoundPolicy = { readonly name: string; readonly kind: '新建' | '修订'; readonly at: number };

const verbs =
  '(?:重新|新|已|共|及时|研究|起草|先后|进一步|相继|分别|并|又|还|再|牵头|组织|全面|逐步|探索|讨论)*(?:制定|制订|出台|修订|修改|修改完善|完善|建立|新建|健全|印发|重新修订|补充|优化|建立健全|更新|编制|下发|颁布|审议通过)(?:(?:、|和|并|与|及)?(?:制定|制订|出台|修订|修改|完善|建立|新建|健全|印发|实施|执行|下发|发布))*(?:了|完善了)?';
const verb = new RegExp(verbs, 'g');
/** What a rule document is called at the end of its name. */
const ending = '制度|办法|规定|细则|规则|条例|规程|准则|规范|守则|公约|章程';
/** In a book title further kinds of document count as rules, notices and plans do not. */
const titled = new RegExp(
  `(?:${ending}|机制|清单|指引|指南|手册|标准|流程|禁令|意见|措施|预案|办法\\(试行\\)|\\(试行\\)|\\(暂行\\))(?:\\([^)]{1,12}\\))?$`,
);
const notRules = /(?:通知|方案|计划|报告|请示|承诺书|责任书|通报|函|纪要|台账|问题清单|任务清单|责任清单|合同|协议)$/;
const bareName = new RegExp(`^(?:[^,。;:、《》]{0,60}?)(?:${ending})`);
/** 各项制度, 相关制度, 8项制度, 长效机制: no name at all. */
const vague =
  /^(?:了|的|一)?(?:各项?|相关|有关|多项|一系列|系列|规章|管理|长效|内部|内控|工作|新的?|等|其他|配套|若干|\d+[项个]?|[一二两三四五六七八九十]+[项个])*(?:管理|规章|内控|工作|长效)*(?:制度|办法|规定|细则|规则|规范|规章制度|体系)$/;

/**
 * Rule documents with the verb that makes them: 制定《甲》《乙》, 修订、完善丙制度. A rule that is only read, obeyed or
 * reported on is none; nor is a notice, a plan or a list of lists.
 */
export function policiesIn(text: string): readonly FoundPolicy[] {
  if (!/制度|办法|规定|细则|规则|条例|规程|准则|规范|守则|公约|章程|《/.test(text)) return [];
  const folded = fold(text);
  const mask = protectedMask(folded);
  const found: FoundPolicy[] = [];
  const seen = new Set<string>();
  let last = -1;
  for (const match of folded.matchAll(verb)) {
    const at = match.index;
    const end = at + match[0].length;
    if (mask[at] === 1 || at < last) continue;
    // 学习修订的条例, 未制定…: somebody else's doing, or nobody's.
    if (
      /(?:未|没有|不|应|需|要求|尚未|拟|将|正在|待|督促.{0,6}|报请.{0,6})$/.test(folded.slice(Math.max(0, at - 8), at))
    )
      continue;
    const kind = kindOf(match[0]);
    let cursor = end;
    for (let names = 0; names < 30; names += 1) {
      const name = nameAt(folded, cursor);
      if (name === undefined) break;
      cursor = name.end;
      if (name.text !== '' && !seen.has(name.text)) {
        seen.add(name.text);
        found.push({ name: text.slice(name.from, name.to), kind, at: name.from });
      }
      const joint =
        /^(?:\([^)]{0,30}\))?(?:等)?[、,和及与]?(?=《)|^[、]|^(?:和|及|与|以及)(?=[^,。;]{2,40}(?:制度|办法|规定|细则|规则))/.exec(
          folded.slice(cursor, cursor + 60),
        );
      if (joint === null) break;
      cursor += joint[0].length;
    }
    last = cursor;
  }
  return found;
}

function kindOf(words: string): '新建' | '修订' {
  if (/修订|修改|更新|补充|优化|重新/.test(words)) return '修订';
  return /制定|制订|出台|建立|新建|编制|印发|下发|颁布|通过/.test(words) ? '新建' : '修订';
}

type Name = { readonly text: string; readonly from: number; readonly to: number; readonly end: number };

function nameAt(folded: string, from: number): Name | undefined {
  const rest = folded.slice(from, from + 160);
  const opened = /^[^《》。;,、]{0,24}《/.exec(rest);
  if (opened !== null) {
    const start = from + opened[0].length;
    const end = closing(folded, start);
    if (end === undefined) return undefined;
    const inner = folded.slice(start, end);
    const stripped = inner.replace(/^关于(?:印发|转发)[〈<《]?/, '').replace(/[〉>》]?的通知$/, '');
    const rule = !notRules.test(stripped) && titled.test(stripped);
    // 制定出台本单位考勤管理制度,《通知》…: the words before a title are a name of their own.
    return { text: rule ? inner : '', from: start, to: end, end: end + 1 };
  }
  const bare = bareName.exec(rest);
  if (bare === null) return undefined;
  const name = bare[0];
  const lead = /^(?:了|的|并|本单位|我单位|我局|单位)*/.exec(name)?.[0].length ?? 0;
  const text = name.slice(lead);
  const tail = rest.slice(name.length, name.length + 2);
  const good =
    !vague.test(text) &&
    text.length >= 4 &&
    !/^(?:[的地]|不|情况|执行|落实)/.test(tail) &&
    !/^(?:落实|执行|按照|根据|违反|严格|贯彻)|(?:情况|事项|问题|工作)的/.test(text);
  return { text: good ? text : '', from: from + lead, to: from + name.length, end: from + name.length };
}

/** The 》 that closes a title, inner 《…》 or 〈…〉 counted. */
function closing(folded: string, from: number): number | undefined {
  let depth = 1;
  for (let at = from; at < Math.min(folded.length, from + 200); at += 1) {
    if (folded[at] === '《') depth += 1;
    if (folded[at] === '》') depth -= 1;
    if (depth === 0) return at;
  }
  return undefined;
}
