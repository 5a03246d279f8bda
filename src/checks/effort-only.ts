import { text } from '../model/text.js';
import type { Finding, LedgerRow } from '../read/main.js';
import { type Check, cellPlace, type Examining, type Found, findingName } from './check.js';
import { finishedRows, narrativeOf } from './narrative.js';

export const effortOnly: Check = {
  id: 'effort-only',
  level: 'warning',
  title: text('只写了过程，没有结果', 'Effort without a result'),
  about: text(
    '已完成的问题写出结果，不能只有汇报、请示、争取、协调；问题本身就是“未汇报、未请示”的不提示。',
    'A finished finding states a result, not only 汇报, 请示, 争取, 协调; silent where the finding itself is that nothing was reported.',
  ),
  why: text('汇报过不等于解决了。', 'Having reported on a matter does not settle it.'),
  remedy: text(
    '写明结果：批了没有、办成了什么；还没有结果的，整改结果改为“整改中”',
    'say what came of it; while nothing did, the result is 整改中',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改进展 | 整改结果 |
    | 1 | 经费保障力度不够 | 多方筹措经费 | «已向财政部门递交报告，努力争取资金» | 已完成 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改进展 | 整改结果 |
    | 1 | 经费保障力度不够 | 多方筹措经费 | 已向财政部门递交报告，资金已到账 | 已完成 |
    | 2 | 重大事项未及时请示报告 | 及时汇报 | 已就有关事项向市委汇报3次 | 已完成 |
    | 3 | 机构改革不彻底 | 理顺编制 | 正在向编办汇报 | 整改中 |
    | 4 | 协作不够 | 加强沟通协调 | 建立了联席会议制度，9月召开第一次会议 | 已完成 |`,
  run: efforts,
};

const effort =
  /汇报|请示|递交(?:了)?报告|提交(?:了)?报告|上报|(?:努力|积极|全力)争取|争取(?:资金|支持|经费|政策)|协调|沟通|对接|衔接|呼吁|商讨|磋商|反映情况/gu;

/** What came of it. 成立 and 召开 are left out: 汇报成立公司, 召开协调会 are efforts themselves. */
const outcome =
  /出台|印发|下发|修订|制定|建立|健全|完善|签订|签署|批复|批准|同意|获批|到账|到位|拨付|退缴|退回|缴入|上缴|追回|收回|清退|完成|解决|办结|核销|上线|竣工|投入使用|开通|启用|搬迁|配备|安装|更换|补齐|补缴|划转|移交|处分|处理|问责|调整|招聘|聘用|录用|培训|学习|检查|排查|考核|通报|公示|开展|实施|整治|清理|纠正|取消|停止|落实(?!处理|整改)|采购|成立了|已成立|挂牌|入驻/u;

/** The finding is that nobody reported: then a report is the result. */
const unreported =
  /(?:未|没有|没|不)(?:能|按规定|按要求|按程序|及时|主动|严格){0,3}(?:向[^，。；]{0,8})?(?:汇报|请示|报告|上报|报备)/u;

function* efforts({ ledger, states }: Examining): Iterable<Found> {
  for (const state of states) {
    const { finding } = state;
    const told = finishedRows(state).flatMap(row => narrativeOf(row) ?? []);
    if (!told.some(one => speaksOfEffort(one.text)) || unreported.test(finding.title)) continue;
    const byRow = new Map(told.map(one => [one.row, one]));
    const rows: LedgerRow[] = [];
    const words = new Set<string>();
    for (const group of groupsOf(finding)) {
      if (unreported.test(group.title)) continue;
      const ofGroup = group.rows.flatMap(row => byRow.get(row) ?? []);
      // Beside one measure that had a result, reporting on it is part of the work.
      if (ofGroup.length === 0 || ofGroup.some(one => !speaksOfEffort(one.text) || outcome.test(one.text))) continue;
      for (const one of ofGroup) {
        rows.push(one.row);
        for (const [word] of one.text.matchAll(effort)) words.add(word);
      }
    }
    const [first, ...others] = rows;
    if (first === undefined) continue;
    const name = findingName(finding);
    const quoted = [...words].slice(0, 5);
    const key = (row: LedgerRow) => narrativeOf(row)?.key ?? 'progress';
    yield {
      message: text(
        `${name.zh}写的是已完成，但${rows.length > 1 ? `有${rows.length}处` : ''}只说了${quoted.map(word => `“${word}”`).join('')}，没有说结果`,
        `${name.en} is marked done, but only says ${quoted.map(word => `“${word}”`).join(', ')}, not what came of it`,
      ),
      at: cellPlace(ledger, first, key(first)),
      also: others.map(row => cellPlace(ledger, row, key(row))),
      found: quoted.join('、'),
      finding,
      rows,
      object: finding.label,
    };
  }
}

function speaksOfEffort(written: string): boolean {
  return written.search(effort) >= 0;
}

/** Measures that answer together: those of one sub-finding, or of the whole finding where it has none. */
function groupsOf(finding: Finding): readonly { readonly title: string; readonly rows: readonly LedgerRow[] }[] {
  return finding.subFindings.length > 0 ? finding.subFindings : [finding];
}
