import { add, equals, fromUnit, inUnit, type Money } from '../model/money.js';
import { findAmounts } from '../read/typed/amount.js';
import { chineseNumber } from '../read/typed/numerals.js';
import { amountKind } from './figures.js';
import { fold, protectedMask, trimmed } from './fold.js';
import { partName } from './money-names.js';
import type { Located, NoticeClaim } from './parsed.js';

type Family = 'problem' | 'money' | 'policy' | 'person' | 'rate' | 'other';
type Figure = {
  readonly at: number;
  readonly end: number;
  readonly value: string;
  readonly unit: string;
  readonly type: 'amount' | 'percent' | 'count';
};
type Draft = Omit<NoticeClaim, 'id' | 'parent' | 'includedIn'> & {
  readonly family: Family;
  /** Index of the total it stands under, and whether the parts are meant to add up to it. */
  readonly total: number | undefined;
  readonly subset: boolean;
};

/**
 * The figures that a notice states in public, outside its findings: how many findings, how many done, money, rules,
 * talks. What follows 其中 is a part of the total before it; what is only 含 (included) is a subset and need not add up.
 */
export function claimsIn(paragraphs: readonly Located[]): readonly NoticeClaim[] {
  const drafts: Draft[] = [];
  for (const paragraph of paragraphs) claimsOfParagraph(paragraph, drafts);
  const kept = withoutRepeats(wholesOfMoney(drafts));
  const partsOf = new Map<number, number>();
  for (const { draft } of kept) {
    if (draft.total !== undefined && !draft.subset) partsOf.set(draft.total, (partsOf.get(draft.total) ?? 0) + 1);
  }
  const ids = new Map(kept.map(({ index }, position) => [index, `c${position + 1}`]));
  return kept.map(({ draft, index }) => {
    const { family: _family, total, subset, ...claim } = draft;
    // A single part cannot be meant to make up the whole.
    const isPart = total !== undefined && !subset && (partsOf.get(total) ?? 0) >= 2;
    const owner = total === undefined ? undefined : ids.get(total);
    return {
      id: ids.get(index) ?? '',
      ...claim,
      parent: isPart ? owner : undefined,
      includedIn: isPart ? undefined : owner,
    };
  });
}

/**
 * 涉及追缴资金247万元，已到账232万元，尚有15万元: what is split up into what came in and what did not is what is due,
 * whatever verb it has.
 */
function wholesOfMoney(drafts: readonly Draft[]): readonly Draft[] {
  return drafts.map((draft, index) => {
    const [paid, owed] = drafts.slice(index + 1, index + 3);
    if (draft.kind !== '已追缴' || paid?.kind !== '已追缴' || owed?.kind !== '未追缴') return draft;
    if (draft.line !== owed.line || draft.total !== undefined || paid.total !== undefined) return draft;
    const [whole, came, left] = [draft, paid, owed].map(moneyOf);
    const splits = whole !== undefined && came !== undefined && left !== undefined && equals(whole, add(came, left));
    return splits ? { ...draft, kind: '应追缴' } : draft;
  });
}

function moneyOf({ value, unit }: Draft): Money | undefined {
  return unit === '元' || unit === '万元' || unit === '亿元' ? fromUnit(value, unit) : undefined;
}

/** The same figure said twice (in the preamble and again in part one) is one claim. */
function withoutRepeats(drafts: readonly Draft[]): readonly { readonly draft: Draft; readonly index: number }[] {
  const seen = new Set<string>();
  const kept: { draft: Draft; index: number }[] = [];
  drafts.forEach((draft, index) => {
    const key = [draft.of, Number(draft.value), draft.unit, draft.kind ?? ''].join('|');
    if (draft.total === undefined && seen.has(key)) return;
    seen.add(key);
    kept.push({ draft, index });
  });
  return kept;
}

function claimsOfParagraph(paragraph: Located, drafts: Draft[]): void {
  const folded = fold(paragraph.text);
  if (!/[\d一二三四五六七八九十两零无]/.test(folded)) return;
  const figures = figuresOf(folded);
  const headline = figures.length >= 3 && /截至|截止|目前|累计|通过整改|整改期间|集中整改|共/.test(folded);
  let total: number | undefined;
  let subset = false;
  let previousEnd = 0;
  figures.forEach((figure, index) => {
    const gap = folded.slice(previousEnd, figure.at);
    if (/[。!?]/.test(gap) || (/;/.test(gap) && !/其中/.test(gap))) total = undefined;
    const opens = /^\((?!\))|其中|分别(?:是|为)|包括|包含|\(含|,含|内含|含有?(?=[^,。]{0,10}$)/.exec(gap);
    if (opens !== null && drafts.length > 0 && !/[。!?]/.test(gap.slice(opens.index))) {
      // Parts of parts: a second 其中 in the sentence belongs to the figure right before it.
      const last = drafts.length - 1;
      if (drafts[last]?.line === paragraph.line && !/[。!?]/.test(gap.slice(0, opens.index))) {
        total = last;
        subset = !/其中|分别/.test(gap) && /含|包括|包含/.test(gap);
      }
    }
    const next = figures[index + 1];
    const before = clauseBefore(folded, previousEnd, figure.at);
    const after = clauseAfter(folded, figure.end, next?.at ?? folded.length);
    previousEnd = figure.end;
    const owner = total === undefined ? undefined : drafts[total];
    const sentenceBefore = folded.slice(Math.max(0, folded.lastIndexOf('。', figure.at)), figure.at);
    const read = readFigure(figure, before, after, {
      adjacent: next !== undefined && figure.end + after.length >= next.at,
      headline,
      problemsNext:
        next !== undefined &&
        /^[个项条](?:反馈|主要|突出|具体)*(?:问题|事项)/.test(folded.slice(next.end - 1, next.end + 8)),
      sentenceBefore: sentenceBefore.slice(-80),
      owner: owner?.family,
      ownerOf: owner?.of,
      ownerKind: owner?.kind,
      previous: drafts.at(-1)?.line === paragraph.line ? drafts.at(-1) : undefined,
    });
    if (read === undefined) return;
    // 措施34条，含立行立改9条: a kind of what the total counts, in its unit.
    const sameThing = owner !== undefined && owner.unit === figure.unit && /^(?:立行立改|限期整改)$/.test(read.of);
    if (owner !== undefined && owner.family !== read.family && !sameThing) total = undefined;
    drafts.push({
      ...read,
      value: figure.value,
      unit: figure.unit,
      line: paragraph.line,
      text: paragraph.text
        .slice(Math.max(0, figure.at - before.length), Math.min(paragraph.text.length, figure.end + after.length))
        .trim(),
      total,
      subset,
    });
    // Once the bracket is closed, the list of parts is over.
    const bracket = folded.indexOf(')', figure.end);
    const reopened = folded.indexOf('(', figure.end);
    const closed = bracket >= 0 && bracket - figure.end <= 20 && (reopened < 0 || reopened > bracket);
    if (closed && (next === undefined || next.at > bracket)) total = undefined;
  });
  for (const zero of zeroClaims(folded)) {
    drafts.push({ ...zero, line: paragraph.line, total: undefined, subset: false });
  }
}

const NUMBER = '\\d{1,9}|[一二两三四五六七八九十百千零]{1,6}';
const counted = new RegExp(
  `(?<!\\d[.,])(?<![\\d第一二三四五六七八九十百千两])(${NUMBER})(?:余|多)?\\s*(人次|场次|批次|件次|人|名|次|项|个|条|件|份|场|期|篇|起|笔|户|家)(?!月|工作日|百分点|小时)`,
  'g',
);
/** "34,含立行立改2": a number that names no unit. */
const bare = /(?<=问题|立行立改|措施|任务|事项|制度|整改|完成|到位)(?:共|为|数|:)?(\d{1,5})(?=[,。;、)(]|$)/g;

const doubled = /^一(.)一\1$/u;

function figuresOf(folded: string): readonly Figure[] {
  const mask = quotedMask(folded);
  const figures: Figure[] = findAmounts(folded).map(found => ({
    at: found.offset,
    end: found.offset + found.length,
    value: asStated(inUnit(found.amount.yuan, found.amount.unit), found.amount.places),
    unit: found.amount.unit,
    type: 'amount' as const,
  }));
  for (const match of folded.matchAll(/(?:百分之([一二三四五六七八九十百零]{1,5})|(\d{1,3}(?:\.\d{1,4})?)\s*%)/g)) {
    const value = match[2] ?? String(chineseNumber(match[1] ?? '') ?? '');
    if (value !== '')
      figures.push({ at: match.index, end: match.index + match[0].length, value, unit: '%', type: 'percent' });
  }
  for (const match of folded.matchAll(counted)) {
    const digits = match[1] ?? '';
    const n = /^\d/.test(digits) ? Number(digits) : chineseNumber(digits);
    if (n === undefined || mask[match.index] === 1 || /余|多/.test(match[0])) continue;
    // 一条一条讲, 一件一件办: a manner, not a number.
    if (
      doubled.test(folded.slice(match.index, match.index + 4)) ||
      doubled.test(folded.slice(Math.max(0, match.index - 2), match.index + 2))
    )
      continue;
    figures.push({
      at: match.index,
      end: match.index + match[0].length,
      value: String(n),
      unit: match[2] ?? '',
      type: 'count',
    });
  }
  for (const match of folded.matchAll(bare)) {
    const digits = match[1] ?? '';
    const at = match.index + match[0].length - digits.length;
    figures.push({ at, end: at + digits.length, value: digits, unit: '个', type: 'count' });
  }
  figures.sort((a, b) => a.at - b.at || b.end - a.end);
  let last = -1;
  return figures.filter(figure => {
    if (figure.at < last) return false;
    last = figure.end;
    return true;
  });
}

/** 213650.00 stays as it is written: how exactly a sum is stated is part of the statement. */
function asStated(value: string, places: number): string {
  const written = value.split('.')[1]?.length ?? 0;
  if (written >= places) return value;
  return `${value}${written === 0 ? '.' : ''}${'0'.repeat(places - written)}`;
}

/** Parentheses hold parts of a total; only quotations and book titles hold no figures. */
function quotedMask(folded: string): Uint8Array {
  return protectedMask(folded.replace(/[()〔〕]/g, ' '));
}

function clauseBefore(folded: string, from: number, at: number): string {
  const text = folded.slice(Math.max(from, at - 60), at);
  const cut = Math.max(...['。', ';', ',', '、', ':', '(', '!'].map(mark => text.lastIndexOf(mark)));
  const clause = text.slice(cut + 1);
  // "制定、修订制度5项" lists verbs, not clauses.
  const wider =
    /(?:制定|新建|出台|建立|修订|完善|修改|提醒|批评|党纪|追缴|清退|退缴)$/.test(text.slice(0, Math.max(0, cut))) &&
    text[cut] === '、';
  if (!wider) return clause;
  const further = Math.max(...['。', ';', ',', ':', '('].map(mark => text.lastIndexOf(mark, cut - 1)));
  return text.slice(further + 1);
}

function clauseAfter(folded: string, end: number, to: number): string {
  return /^[^。;,、:()!?]*/.exec(folded.slice(end, Math.min(to, end + 30)))?.[0] ?? '';
}

type Read = { readonly of: string; readonly kind: string | undefined; readonly family: Family };
type Around = {
  /** The next figure follows without a pause: what stands between belongs to it. */
  readonly adjacent: boolean;
  readonly headline: boolean;
  /** "3个方面9个问题": problems are counted right behind. */
  readonly problemsNext: boolean;
  readonly sentenceBefore: string;
  readonly owner: Family | undefined;
  readonly ownerOf: string | undefined;
  readonly ownerKind: string | undefined;
  readonly previous: Draft | undefined;
};

function readFigure(figure: Figure, before: string, after: string, around: Around): Read | undefined {
  if (figure.type === 'amount') return readAmount(before, after, around);
  if (figure.type === 'percent') return readPercent(before, after, around);
  return readCount(figure, before, after, around);
}

const recovery = /追缴|追回|清退|退缴|退回|收缴|上缴|补缴|收回|退还|退赔|清收|核减|归还|缴回|清缴|追偿|退款|到账/;

function readAmount(before: string, after: string, around: Around): Read | undefined {
  const words = before + after;
  if (/挽回|避免(?:经济)?损失/.test(words)) return { of: '挽回损失', kind: '挽回损失', family: 'money' };
  // 应缴未缴租金25万元 among what was recovered: which money it is, not that it is still due.
  const adjective = around.owner === 'money' && /应(.{1,3}?)而?未\1/u.test(before);
  const kind = adjective ? around.ownerKind : amountKind(before, after);
  if (around.owner === 'money') {
    const name = partName(before) || partName(after);
    return { of: name === '' ? '追缴资金' : name, kind, family: 'money' };
  }
  if (recovery.test(words)) {
    const meaning = kind ?? '已追缴';
    return { of: '追缴资金', kind: meaning, family: 'money' };
  }
  if (kind !== undefined) return { of: '追缴资金', kind, family: 'money' };
  if (!around.headline || !/资金|金额|款|费|损失/.test(words)) return undefined;
  return { of: partName(before) || trimmed(before), kind: undefined, family: 'money' };
}

function readPercent(before: string, after: string, around: Around): Read | undefined {
  if (/完成率|整改率|到位率|办结率|销号率|完成整改|整改完成|整改到位/.test(before)) {
    const counted = around.previous?.family === 'problem' ? around.previous.kind : undefined;
    return { of: '完成率', kind: counted ?? '问题', family: 'rate' };
  }
  if (/满意/.test(before)) return { of: trimmed(before).slice(-12), kind: undefined, family: 'rate' };
  if (/占|率|比/.test(before) && around.previous?.of === '整改到位数')
    return { of: '完成率', kind: around.previous.kind, family: 'rate' };
  return /完成率|整改率/.test(after) ? { of: '完成率', kind: '问题', family: 'rate' } : undefined;
}

const progressOf: readonly (readonly [string, RegExp])[] = [
  ['不再纳入数', /不再纳入/],
  ['未启动数', /未启动/],
  ['未完成数', /(?:未|尚未|没有)(?:全部)?(?:完成|整改|销号|办结|到位|解决)(?:到位|完成)?/],
  ['基本完成数', /基本(?:完成|整改)|阶段性/],
  ['整改中数', /正在|推进中|整改中|加快推进|正按|序时|按(?:计划|时序)推进|持续(?:整改|推进中)/],
  ['长期坚持数', /长期(?:坚持|整改|推进)|持续(?:坚持|推进)|常态化/],
  ['立行立改', /立行立改|立查立改|即知即改/],
  ['限期整改', /限期整改|分阶段整改/],
  ['整改到位数', /(?:已|全部)?(?:完成|整改到位|到位|办结|销号|整改完毕|完成整改|整改落实)|已(?:经)?整改|整改(?:了)?$/],
];

/** 坚持每半月召开一次: how often, not how many. */
const frequency =
  /每(?:半|[一二两三四五六七八九十\d]+)?个?(?:周|月|年|季度?|天|日|旬|学期|半年|半月|学年)[^,。;]{0,8}$/;

/** 党委会, 整改推进会: meetings about the rectification; who else was met or taught is no result of it. */
const meetingAt = /([^#]{0,14}?(?:会|会议))(?:专题)?(?:研究|部署|学习|审议|传达|听取汇报)*$/;
const notOurs = /座谈|听证|发布|家长|代表|招聘|洽谈|恳谈|院坝|村民|群众|业主|培训|警示|观摩|宣讲|工会|协会|社会/;

function meetingIn(clause: string): string | undefined {
  const found = meetingAt.exec(clause)?.[1];
  if (found === undefined || notOurs.test(found)) return undefined;
  return actName(found).replace(
    /(?<=(?:党组|党委|党工委|党总支|总支|支委|班子|领导小组)(?:\(扩大\)|扩大)?)会议$/,
    '会',
  );
}

function readCount(figure: Figure, before: string, after: string, around: Around): Read | undefined {
  if (frequency.test(before)) return undefined;
  // "13项37个具体问题": the first figure counts something that the sentence does not name.
  if (around.adjacent && after === '' && (before.length <= 1 || /\d/.test(before))) return undefined;
  const words = `${before}#${after}`;
  const near = `${before.slice(-16)}#${after.slice(0, 12)}`;
  if (/^个?方面|^大?方面|^大?类/.test(after)) {
    return /反馈|指出|反映|查出|存在|发现|提出|问题|涉及|围绕|对照|针对/.test(around.sentenceBefore + after) ||
      around.problemsNext
      ? { of: '反馈方面数', kind: '方面', family: 'other' }
      : undefined;
  }
  if (/人|名/.test(figure.unit)) return readPersons(figure, before, after, around);
  if (/制度|建章立制|办法|规定|细则|规范性文件|机制|规程/.test(near) && !/会议制度|问题|落实|学习/.test(near)) {
    // 建立健全 and 完善 are said of new rules and old ones alike.
    const made = /新建|制定|出台|新增|制订|建立(?!健全|完善|和完善|、完善)/.test(words);
    const changed = /修订|修改/.test(words) || (made && /完善|健全/.test(words));
    return { of: '制度', kind: made === changed ? undefined : made ? '新建' : '修订', family: 'policy' };
  }
  if (around.owner === 'policy' && /新建|制定|出台|新增|修订|修改|完善|废止/.test(words)) {
    return {
      of: '制度',
      kind: /修订|修改|完善/.test(words) ? '修订' : /废止/.test(words) ? '废止' : '新建',
      family: 'policy',
    };
  }
  if (/[个项条件]/.test(figure.unit)) {
    const problem = readProblems(figure.unit, before, after, around);
    if (problem !== undefined) return problem;
    if (/措施|举措/.test(near)) return { of: '整改措施数', kind: '措施', family: 'other' };
  }
  if (/(?:推进|调度)(?:工作)?(?:会|会议)/.test(words)) return { of: '推进会', kind: undefined, family: 'other' };
  if (/[次场期]/.test(figure.unit)) {
    const held = meetingIn(before);
    if (held !== undefined) return { of: held, kind: undefined, family: 'other' };
    const holds = /召开|组织|开展|举办|专题|开[了过]$/.test(before)
      ? meetingIn(/^[^#,]{0,16}/.exec(after)?.[0] ?? '')
      : undefined;
    if (holds !== undefined) return { of: holds, kind: undefined, family: 'other' };
  }
  return undefined;
}

function actName(clause: string): string {
  const act = clause.replace(/^.*(?:召开|组织开展|组织|开展|举办|讲授|举行)(?=.{2})/, '');
  return trimmed(
    act.replace(/^(?:先后|累计|共|共计|已|集中|分别|组织|召开|开展|举办|通过|班子|期间|其间|整改)+/, ''),
  ).slice(-14);
}

function readProblems(unit: string, before: string, after: string, around: Around): Read | undefined {
  // 领办难点问题4个: some of them, picked for a reason.
  if (
    /领办|领衔|牵头|包[抓保干联]|带头|挂牌|督办|重点难点|难[点度题]|疑难|堵点/.test(
      before.slice(-16) + after.slice(0, 8),
    )
  )
    return undefined;
  const about =
    /^(?:条|个|项)?(?:方面)?(?:的)?(?:具体|反馈|主要|突出|整改|共性|个性)*(?:问题|事项|任务|反馈意见)/.test(after) ||
    /(?:问题|事项|任务|反馈意见)(?:清单)?(?:共|共计|为|有|总数|数|达|中)*$/.test(before);
  const specific = /具体问题|具体事项|具体表现|问题表现/.test(before.slice(-12) + after.slice(0, 8));
  const counts = around.previous;
  const kind = specific
    ? '具体问题'
    : /任务/.test(before.slice(-8) + after.slice(0, 6))
      ? '任务'
      : // "措施52条，已完成50条": the second figure counts what the first one does.
        !about &&
          counts?.unit === unit &&
          counts.kind !== undefined &&
          /^(?:措施|任务|具体问题|问题)$/.test(counts.kind)
        ? counts.kind
        : '问题';
  if (/解决(?!率)/.test(before) && about) return { of: '解决问题数', kind: undefined, family: 'other' };
  const measure = /措施|制度|会议|线索/.test(before.slice(-6) + after.slice(0, 6));
  if (measure) return undefined;
  // 本通报公开9个: of the findings fed back, those that the notice tells.
  if (counts?.of === '反馈问题总数' && /(?:公开|公布|通报)(?:的|了|其中)*$/.test(before) && !/反馈/.test(before)) {
    return { of: '公开问题数', kind: counts.kind ?? '问题', family: 'problem' };
  }
  const stateBefore = progressOf.find(([, pattern]) => pattern.test(before.slice(-14)));
  const stated = /反馈|指出|查出|反映|发现/.test(before);
  const stateAfter =
    around.adjacent || stated ? undefined : progressOf.find(([, pattern]) => pattern.test(after.slice(0, 10)));
  const state = stateBefore ?? stateAfter;
  const numbered = before !== '' || after !== '';
  if (state !== undefined && numbered && (about || around.owner === 'problem' || /[^\d]$/.test(before))) {
    const inList =
      about ||
      around.owner === 'problem' ||
      endsInState(before) ||
      /^(?:问题|事项|正在|已|仍|尚|按)/.test(after) ||
      after === '';
    if (inList) return { of: state[0], kind, family: 'problem' };
  }
  if (!about) return undefined;
  // "19个具体问题已整改完成17个" states the whole again.
  if (around.adjacent && /^(?:具体|反馈|主要)*问题/.test(after)) return { of: '反馈问题总数', kind, family: 'problem' };
  if (kind === '任务') return { of: '整改任务', kind, family: 'other' };
  if (
    /围绕|对照|针对|反馈|指出|提出|发现|反映|查出|梳理|移交|认领|细化|分解|涉及|列出|共|存在|查摆|承担/.test(
      around.sentenceBefore,
    )
  ) {
    return { of: '反馈问题总数', kind, family: 'problem' };
  }
  return undefined;
}

function endsInState(before: string): boolean {
  return /(?:完成|到位|办结|销号|整改|推进|坚持|立行立改|成果|成效)(?:的)?(?:问题|事项)?(?:共|有|为)?$/.test(before);
}

const talks = /提醒谈话|谈话提醒|批评教育|约谈|诫勉谈话|谈心谈话|廉政谈话|警示谈话|集体谈话|谈话/;
const handled =
  /诫勉|组织处理|免职|停职|调离|调整岗位|责令(?:作出)?检查|责令书面检查|书面检查|通报批评|降职|辞退|解聘|问责/;
const punished =
  /党纪政务处分|党纪处分|政务处分|党内(?:严重)?警告|行政处分|纪律处分|处分|警告|记过|记大过|撤职|降级|开除|立案/;

function readPersons(_figure: Figure, before: string, after: string, around: Around): Read | undefined {
  const words = before.slice(-20) + after.slice(0, 14);
  for (const [of, pattern] of [
    ['谈话', talks],
    ['组织处理', handled],
    ['党纪政务处分', punished],
  ] as const) {
    const match = pattern.exec(before.slice(-20)) ?? pattern.exec(words);
    if (match === null) continue;
    // 党纪政务处分9人，其中党纪处分6人: a part has the name that tells it apart.
    return {
      of: around.ownerOf === of ? match[0] : of,
      kind: match[0] === '谈话' ? undefined : match[0],
      family: 'person',
    };
  }
  if (around.owner === 'person') return { of: trimmed(before) || trimmed(after), kind: undefined, family: 'person' };
  return undefined;
}

/** "未发现违规资金" and "无政务处分" state a zero, which is not the same as saying nothing. */
function zeroClaims(folded: string): readonly Omit<Draft, 'line' | 'total' | 'subset'>[] {
  const found: Omit<Draft, 'line' | 'total' | 'subset'>[] = [];
  const money =
    /(?:不涉及|不存在|未涉及|未发现|无|没有)(?:需要|需|应)?(?:的)?(?:追缴|清退|退缴|追回|上缴)?(?:的)?(?:违规|违纪)?(?:资金|款项)(?:追缴|清退|退缴|问题)?/.exec(
      folded,
    );
  if (money !== null && /追缴|清退|退缴|违规|违纪|追回/.test(money[0])) {
    found.push({ of: '追缴资金', value: '0', unit: '元', kind: '不存在', text: money[0], family: 'money' });
  }
  const discipline =
    /(?:无|没有|未给予|未有|不存在|未涉及|不涉及)(?:人员)?(?:受到)?(?:党纪政务处分|党纪处分|政务处分|处分)|(?:党纪政务处分|党纪处分|政务处分)[:为](?:无|零)/.exec(
      folded,
    );
  if (discipline !== null) {
    found.push({ of: '党纪政务处分', value: '0', unit: '人', kind: '不存在', text: discipline[0], family: 'person' });
  }
  return found;
}
