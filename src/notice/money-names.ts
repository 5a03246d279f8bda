import { trimmed } from './fold.js';

/** What a sum is, by the (folded) words before it, without the verb that says what happened to it. */
export function partName(clause: string): string {
  const name = trimmed(
    clause
      .replace(/^(?:其中|主要|包括|分别|是|为|含|有|和|及|以及|另|另外|同时)+/, '')
      .replace(
        /^(?:已|应|需|须|未|拟|共|累计|由个人|予以)*(?:追缴|追回|清退|退缴|退回|收缴|上缴|补缴|收回|退还|清收|核减)(?:了|到位|至|的)?(?=.)/,
        '',
      )
      .replace(/(?:资金)?(?:共计?|合计|为|达|累计|约)$/, ''),
  );
  if (onlyVerb.test(name)) return '';
  // 上缴财政, 退还群众: to whom it went is no name without the verb.
  return recipient.test(name) ? trimmed(clause.replace(/^其中[:]?/, '')) : name;
}

const recipient =
  /^(?:财政|国库|原渠道|原资金渠道|专户|账户|[\p{Script=Han}]{0,4}(?:群众|个人|单位|职工|患者|学生|农户|村民|居民|村集体|家长|业主|企业|当事人|参保人|党员|干部|社员))$/u;

const onlyVerb =
  /^(?:已|已经|尚|未|仍|应|需|还|全部)*(?:追缴|追回|清退|退缴|退回|收缴|上缴|补缴|收回|退还|清收|核减|有|欠)*$/;
