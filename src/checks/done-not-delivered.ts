import { text } from '../model/text.js';
import { headerKey } from '../read/headers.js';
import type { Finding } from '../read/main.js';
import { type Check, cellPlace, type Examining, type Found, findingName } from './check.js';

export const doneNotDelivered: Check = {
  id: 'done-not-delivered',
  level: 'warning',
  title: text('该出台的没有出台', 'Promised document not issued'),
  about: text(
    '问题说《某办法》没有出台，已完成时制度清单里应有它，或进展里写明已出台《某办法》。',
    'Where a finding says that 《X》 was not issued, a finished one has 《X》 in 制度清单 or says that it was issued.',
  ),
  why: text('只汇报、没出台，问题就还在。', 'Reported on is not issued: the finding still stands.'),
  remedy: text(
    '已经出台的，在制度清单登记名称、文号和印发日期；没有出台的，结果改为“整改中”',
    'enter the document in 制度清单 if it was issued; otherwise the result is 整改中',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 具体问题 | 整改措施 | 整改结果 |
    | 1 | 落实部署有偏差 | «未推动出台《广播管理办法》» | 已三次向市领导汇报 | 已完成 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 具体问题 | 整改措施 | 整改结果 |
    | 1 | 落实部署有偏差 | 未推动出台《广播管理办法》 | 推动出台管理办法 | 已完成 |
    | 2 | 制度不健全 | 未制定《考勤办法》 | 已印发《甲川市考勤办法》 | 已完成 |
    ## 制度清单
    | 问题序号 | 制度名称 | 印发日期 |
    | 1 | 《甲川市“村村响”广播管理办法》 | 2023-09-20 |`,
  run: undelivered,
};

const notIssued =
  /(?:未|没有|没|尚未|迟迟未)(?:能|及时|按要求|推动|督促)*(?:制定出台|出台|制定|印发|建立|修订|下发|完善|形成|健全)[^《。；;，,]{0,8}《([^》]{2,40})》/gu;
const issued = /(?:出台|制定|印发|建立|修订|下发|完善|实施|发布)/u;

const planned = /拟|推动|计划|准备|将|请示|汇报|报告|建议|草拟|起草|未|尽快/u;

function* undelivered({ ledger, states }: Examining): Iterable<Found> {
  const listed = ledger.registers.policies.rows.flatMap(({ data }) =>
    data.name === undefined || /拟|未/u.test(data.state ?? '') ? [] : [titleKey(data.name)],
  );
  for (const { finding, status } of states) {
    if (status !== 'done') continue;
    for (const { name, place } of wantedOf(finding)) {
      const key = titleKey(name);
      if (key.length < 2 || listed.some(one => one.includes(key) || key.includes(one))) continue;
      if (finding.rows.some(row => saysIssued(`${row.data.progress ?? ''}。${row.data.measure ?? ''}`, key))) continue;
      const who = findingName(finding);
      yield {
        message: text(
          `${who.zh}指出没有出台《${name}》，结果是已完成，制度清单和进展里都看不到它`,
          `${who.en} says that 《${name}》 was not issued; it is marked done, yet neither 制度清单 nor the progress has it`,
        ),
        at: place === undefined ? cellPlace(ledger, finding.first, 'finding') : cellPlace(ledger, place, 'subFinding'),
        finding,
        expected: `《${name}》`,
        object: `${finding.label}|${key}`,
      };
    }
  }
}

function wantedOf(finding: Finding): { name: string; place: Finding['first'] | undefined }[] {
  return [
    ...notIssuedIn(finding.title, undefined),
    ...finding.subFindings.flatMap(sub => notIssuedIn(sub.title, sub.rows[0])),
  ];
}

function notIssuedIn(title: string, place: Finding['first'] | undefined) {
  if (!title.includes('《')) return [];
  return [...title.matchAll(notIssued)].map(match => ({ name: match[1] ?? '', place }));
}

/** 已出台《X》; 拟出台 and 推动出台 are plans. */
function saysIssued(written: string, key: string): boolean {
  for (const match of written.matchAll(/《([^》]{2,40})》/gu)) {
    const other = titleKey(match[1] ?? '');
    if (!other.includes(key) && !key.includes(other)) continue;
    const clause =
      written
        .slice(Math.max(0, match.index - 16), match.index)
        .split(/[，。；;,]/u)
        .at(-1) ?? '';
    const after = written.slice(match.index + match[0].length, match.index + match[0].length + 8);
    if (/^(?:已|正式)*(?:出台|印发|实施|发布|下发)/u.test(after)) return true;
    const rest = written.slice(match.index + match[0].length).split(/[，。；;,\n]/u, 1)[0] ?? '';
    if (issued.test(clause) && !planned.test(clause) && !planned.test(rest.slice(0, 40))) return true;
  }
  return false;
}

function titleKey(name: string): string {
  return headerKey(name)
    .replace(/[《》“”"'‘’、，]/gu, '')
    .replace(/(?:试行|暂行|征求意见稿)/gu, '');
}
