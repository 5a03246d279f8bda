import type { Day } from '../model/day.js';
import { text } from '../model/text.js';
import { type Check, cellPlace, type Examining, type Found, findingName } from './check.js';
import { finishedRows, type Narrative, narrativeOf } from './narrative.js';

export const promiseInDone: Check = {
  id: 'promise-in-done',
  level: 'warning',
  title: text('已完成里写着打算', 'Promise in a finished row'),
  about: text(
    '已完成的写做了什么，不写将要、拟、力争、确保按期完成；整改措施是计划，旁边写了进展的不查措施。',
    'A finished row says what was done, not what will be; beside a progress the measure is the plan and is not looked at.',
  ),
  why: text('打算做的还没有做，写成已完成会被质疑。', 'What is still promised is not done.'),
  remedy: text(
    '做完了的改写成结果；没做完的，整改结果改为“整改中”或“基本完成”',
    'state the result, or set 整改结果 to 整改中 or 基本完成',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 资金未退回 | «已建立台账，确保在规定时间内全部整改到位» | 已完成 |
    | 2 | 用房超标 | «腾退两间，今后将加强检查» | 已完成 |
    | 3 | 退费不及时 | «退费310笔，剩余52笔正在登报公告» | 已完成 |
    | 4 | 冷库未建成 | «安装设备4台，其余计划2024年3月底前装完» | 已完成 |
    | 5 | 组织生活松散 | «将高度重视，进一步加强督促指导» | 已完成 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改进展 | 整改结果 |
    | 1 | 资金未退回 | 将于9月底前全部退回 | 9月20日资金已全部退回 | 已完成 |
    | 2 | 制度不健全 | 拟定三项制度 | 将三项制度汇编成册，拟定并印发，确保了有章可循 | 已完成 |
    | 3 | 作风不实 | 开展走访 | 下一步将继续走访 | 整改中 |
    | 4 | 管理不严 | 逐一检查 | 查处2起，其余科室尚未发现类似问题 | 已完成 |`,
  run: promises,
};

/**
 * Words that speak of what is still to come. 将 counts only where it is the future (elsewhere it is 把); 拟 not in 拟定,
 * 草拟, 模拟; 确保 only with a goal still ahead (确保按期完成), not as a purpose (确保规范运行) or fulfilled (确保了).
 */
const promise = new RegExp(
  [
    '将(?:进一步|继续|尽快|逐步|持续|加大|于|在[^，。；,;]{1,12}前)',
    // 4月30日前将案款全部发放到位 tells of a day that may be over: 将 is 把 there.
    '[^，。；,;\\s]{0,8}(?:[年月底]前将|日前将(?![^，。；,;]{0,24}(?:到位|完毕|了)))',
    '(?<![草虚模比])拟(?:于|在|将|对|向|出台|制定|修订|开展|建立|召开|组织|完成|采取|进行|按|安排|成立)',
    '确保(?!了)(?=[^，。；,;\\n]{0,20}(?:时间内|期限|时限|按时|按期|如期|年底|月底|日前|月前|尽快|早日|整改|完成|退缴|退回|追回|收回|到账|清退|归还|缴清))',
    '(?<!努)力争|争取(?:在|于|早日|尽快|年底|年内)',
    '下一?步',
    '(?:今后|接下来)还?将',
    // 将高度重视 is the future; 将不断学习作为任务 would be 把.
    '将(?:高度重视|不断|切实|认真)(?![^，。；,;\\n]{0,40}(?:作为|纳入|列入|写入|融入|贯穿|转化))',
    // What is left over is still being seen to: the rest is not done.
    '(?:剩余|其余|余下)(?:的)?[^，。；,;\n]{1,24}(?:正在|正按|仍在|尚在|还在|尚未|还未|暂未)(?!发现)',
    '正在(?:积极|抓紧|加紧)?(?:推进|办理|协调|制定|修订|整改|落实)',
    '计划(?:于|在|年底|近期|(?:\\d{2,4}年)?\\d{1,2}月(?:\\d{1,2}日|[上中下]旬)?[底末]?(?:之?前|以前))',
  ].join('|'),
  'gu',
);

/** 2024年7月底前将补贴发放到户, told in December: 将 is 把, and the day is over. */
function isOver(word: string, asOf: Day): boolean {
  const [, year, month = ''] = /(\d{4})年(\d{1,2})月(?:\d{1,2}日|底|末)?(?:之)?前将$/u.exec(word) ?? [];
  return year !== undefined && `${year}-${month.padStart(2, '0')}` < asOf.slice(0, 7);
}

function* promises({ ledger, states, asOf }: Examining): Iterable<Found> {
  for (const state of states) {
    const { finding } = state;
    const told: Narrative[] = [];
    const words = new Set<string>();
    for (const row of finishedRows(state)) {
      const narrative = narrativeOf(row);
      if (narrative === undefined || narrative.text.search(promise) < 0) continue;
      const ahead = [...narrative.text.matchAll(promise)].map(([word]) => word).filter(word => !isOver(word, asOf));
      if (ahead.length === 0) continue;
      told.push(narrative);
      for (const word of ahead) words.add(word);
    }
    const [first, ...others] = told;
    if (first === undefined) continue;
    const name = findingName(finding);
    const quoted = [...words].slice(0, 5);
    yield {
      message: text(
        `${name.zh}写的是已完成，文字里却还有${quoted.map(word => `“${word}”`).join('')}`,
        `${name.en} is marked done, but its text still says ${quoted.map(word => `“${word}”`).join(', ')}`,
      ),
      at: cellPlace(ledger, first.row, first.key),
      also: others.map(one => cellPlace(ledger, one.row, one.key)),
      found: quoted.join('、'),
      finding,
      rows: told.map(one => one.row),
      object: finding.label,
    };
  }
}
