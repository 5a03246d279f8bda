import { fold } from './fold.js';

/** Whether a sentence tells what is wrong or what was done about it. */
export type Stance = 'problem' | 'action' | 'neutral';

const wrong =
  '不到位|不够|不足|不力|不实|不严|不高|不强|不深|不细|不密|不准|不全|不优|不多|不佳|不大|不快|不顺|不清|不明|不当|不符|不透|不精|不浓|不规范|不健全|不完善|不及时|不彻底|不扎实|不牢固?|不紧密|不严格|不严肃|不充分|不明显|不全面|不深入|不系统|不主动|不积极|不平衡|不合理|不理想|不匹配|不一致|不精准|不经常|不正常|不合规|不科学|不落实|不担当|不作为|不闭环|欠缺|欠主动|欠佳|有欠|较弱|较差|较低|较少|偏[弱差低少慢软松]|差距|缺失|缺位|缺乏|缺少|薄弱|弱化|虚化|淡化|边缘化|滞后|缓慢|短板|偏差|有待|未(?:按|能|建立|制定|严格|及时|落实|开展|召开|签订|履行|执行|完成|形成|进行|经|纳入|推动|收|退|入|公开|研究|组织|有效|真正|充分|认真|打通|出台|清|缴)|没有|尚欠|违规|违反|违纪|超标|超范围|超编|流于形式|走过场|走形式|宽松软|漏洞|隐患|松散|淡薄|单一|挪用|侵占|截留|虚报|套取|白条|拖欠|截至.{0,8}仍|应付了事|应收未收|以会代训|照搬|混编|不重视|重视不|轻视|把关不|力度不|意识不|用心不|存在(?:的)?(?:问题|不足|差距|短板|薄弱)|形式主义|官僚主义|长期(?:不|未|挂账|闲置)|闲置|失实|随意|混乱|被动|脱节|断层|断档|老化|形同虚设|重.轻.|[签管批查建]而不|两张皮|一言堂|打折扣|层层递减|盲区|拖延|拖拉|粗放|虚高|失管|失察|失修|空转|空壳|空白|反弹|弱项|梗阻|推诿|扯皮|漂浮|懒散|松懈|僵化|固化|老龄化|同质化|碎片化|泛化|贪|违建|丢失|遗漏|屡禁不止|应.未.';
const wrongAtEnd = new RegExp(
  `(?:${wrong})[^。;]{0,12}$|不(?!少|断|得|低于|超过|再|含)[\\u4e00-\\u9fff]{1,2}$|慢$|(?<![不减缩至])少$|未(?!来|发现)[\\u4e00-\\u9fff]{1,4}$`,
);
const wrongAnywhere = new RegExp(wrong);
const wrongTitle = /(?:的)?(?:问题|现象|不足|短板|差距)[”"』」]?$/;
const actionStart =
  /^(?:针对|对照|已|目前|现已|经|坚持|严格|召开|组织|开展|制定|修订|修改|印发|出台|建立|完善|健全|加强|强化|落实|推动|推进|成立|举办|学习|清理|清退|追缴|退缴|补缴|补齐|补充|补签|补办|收回|追回|上缴|约谈|批评|责令|整改|明确|规范|安排|督促|认真|深入|专题|集中|及时|压实|提高|提升|举一反三|立行立改|邀请|聘请|设立|增设|配齐|配备|选派|选举|调整|重新|重修|对(?!.{0,20}(?:不|缺))|将|由|通过|通报|下发|发放|张贴|利用|结合|细化|优化|加大|加快|构建|搭建|打造|创新|以.{1,20}为|把|围绕|紧盯|聚焦|定期|每|全面|进一步|持续|切实|扎实|统筹|联合|协调|争取|核查|核实|核减|排查|自查|梳理|盘点|汇总|公开|公示|签订|谈话|提醒|诫勉|处分|问责|给予|责成|报请|请示|汇报|向.{1,20}(?:汇报|报告|递交|反馈)|先后|累计|共|于?\d{1,4}[年月])/;
const actionAnywhere =
  /已(?:经)?[^。;]{0,24}(?:完成|到位|召开|组织|开展|制定|修订|印发|出台|建立|完善|清退|追缴|退|缴|收回|签订|补|调整|整改|上线|学习|汇报|落实|规范|更新|安装|修复|发放|公示)|(?:修订|制定|印发|出台|召开|组织|开展|追缴|退缴|清退|收回|约谈)(?:了|完善|《|\d)|(?:重新|专题)(?:修订|学习|研究)/;

const mends =
  /^(?:已|共|累计|分别|先后|集中|全部|及时)*(?:盘活|压降|压减|腾退|复垦|复耕|修复|关停|清退|清理|清收|清缴|追缴|追回|退回|退缴|收回|收缴|缴回|上缴|补缴|纠正|整治|查处|取缔|拆除|问责|解决|消除|化解|整改|核减|排查|处理|处置|办结|销号|规范|叫停|停止|取消|撤销|约谈|批评|通报|结清|偿还|归还)/;

/** 清退不及时, 处置缓慢, 追缴力度偏弱: the deed itself is found wanting. */
const saysHowBadly =
  /(?:不[\u4e00-\u9fff]{1,3}|不足|滞后|缺失|缺位|缓慢|迟缓|薄弱|[偏较][弱差低少慢软松粗]|乏力|拖延|差距|漏洞|短板|欠缺|盲区|宽松软|形式|过场|折扣)$/;

/** What kind of statement a sentence is, by the words that such notices use. */
export function stanceOf(sentence: string): Stance {
  const folded = fold(sentence)
    .trim()
    .replace(/[。;,:!?.]+$/, '')
    // 学习不深入，已整改到位 and 学习不深入（已完成）: how far it is says nothing about what it is.
    .replace(/(?<=.{4})[([【〔〖][^()[\]【】〔〕〖〗]{2,8}[)\]】〕〗]$/, '')
    .replace(
      /(?<=.{4}),(?:目前|现)?(?:已|基本|正在|尚未|长期|持续)(?:全部)?(?:完成|整改|办结|销号|落实|推进|坚持|到位)[^,]{0,5}$/,
      '',
    )
    .slice(0, 400);
  if (folded === '') return 'neutral';
  const tail = folded.slice(-40);
  if (wrongTitle.test(tail)) return 'problem';
  if (/^(?:针对|对照)/.test(folded)) return 'action';
  // 关停违规企业, 逐项自查，退回超范围列支款: what was wrong is the object of the deed.
  if (folded.split(',').some(clause => mends.test(clause)) && !saysHowBadly.test(tail)) return 'action';
  // "建立制度、补签协议" acts; "建立制度不及时" does not: the end of a sentence tells.
  const endsWrong = wrongAtEnd.test(tail);
  if (endsWrong && !actionAnywhere.test(folded)) return 'problem';
  if (actionStart.test(folded) || actionAnywhere.test(folded)) return 'action';
  return wrongAnywhere.test(folded) ? 'problem' : 'neutral';
}

/** A heading over several findings rather than a finding. */
export function looksLikeGroup(title: string): boolean {
  return looksLikeArea(title) || generic.test(headingText(title));
}

/** 存在的主要问题: a heading that could stand over anything. */
const generic =
  /^(?:本轮|此次)?(?:巡视|巡察|审计|检查)?(?:中)?(?:发现|反馈|存在|指出|查出)?(?:的)?(?:主要|突出|具体|重点)*(?:问题|不足)(?:及|和|与)?(?:具体)?(?:表现|不足|整改情况|清单)?$/;
const areas = [
  /(?:方面|领域|层面)(?:的)?(?:存在|反馈|主要|突出|具体)*(?:的)?(?:问题|情况|整改情况|整改进展情况|问题整改情况|\d*个问题)?(?:\([^)]{1,12}\))?$/,
  /^(?:聚焦|围绕|紧盯)[^。;,]*$/,
  /^(?:第?[一二三四五六七八九十]+[类]|[ABC]类)问题/,
  /^(?:已|未(?!发现)|尚未|正在|基本|长期|持续|立行立改|限期)[^。;,]{0,8}的?(?:问题|事项)(?:\([^)]{1,12}\))?$/,
  /^(?:在|关于)?(?:政治建设|思想建设|组织建设|作风建设|纪律建设|党的建设|党的领导|全面从严治党|四个落实|意识形态工作责任制|巡视巡察整改)(?:工作)?(?:方面)?(?:问题|情况)?$/,
];

/** A focus area: 聚焦…方面. */
export function looksLikeArea(title: string): boolean {
  const heading = headingText(title);
  return heading.length <= 90 && areas.some(pattern => pattern.test(heading));
}

function headingText(title: string): string {
  return fold(title)
    .trim()
    .replace(/[。;,:.]+$/, '');
}

/** What a top part of the document is about. */
export type PartRole = 'findings' | 'organisation' | 'summary' | 'next' | 'advice' | 'contact';

/** By its heading alone; what stands in it can say otherwise. */
export function roleOfHeading(title: string): PartRole {
  const folded = fold(title)
    .replace(/\s/g, '')
    .replace(/[。;,:.]+$/, '');
  if (/(?:联系|监督|反映|受理)(?:方式|电话|渠道)|意见反馈方式/.test(folded)) return 'contact';
  if (
    /下一?步|下阶段|今后|后续|接下来|工作(?:打算|思路|计划|安排)|努力方向|(?:巩固|拓展|深化).{0,12}(?:成果|成效)|持续(?:巩固|深化|用力|抓好|推动)/.test(
      folded,
    )
  )
    return 'next';
  if (/(?:问题线索|信访(?:件|举报)?|移交).{0,12}(?:办理|处置|查办|核查|办结)/.test(folded)) return 'summary';
  if (/(?:意见|工作)(?:和|与|及)?建议|整改(?:要求|建议|意见)|(?:工作|有关|相关)要求$/.test(folded)) return 'advice';
  if (looksLikeGroup(folded) || stanceOf(folded) === 'problem') return 'findings';
  if (
    /(?:主要|总体|整改|工作|取得的?|阶段性)成效|主要做法|总体评价|基本评价|总体(?:整改)?情况|整改总体|整体情况|基本情况|(?:上轮|上次)/.test(
      folded,
    ) &&
    !/问题|事项/.test(folded)
  ) {
    return 'summary';
  }
  if (
    /组织(?:领导|落实|实施|推动|部署|推进|保障|开展|整改)|整改(?:工作)?(?:组织|部署|推进)|(?:履行|落实|扛牢|扛起|压实|强化).{0,16}(?:责任|职责)|主体责任|第一责任人|主要负责(?:人|同志)|思想认识|政治站位|动员部署|部署(?:情况|落实)|高度重视|领导(?:机制|机构)|统筹(?:谋划|推进|协调)|整改工作(?:开展|组织|推进)?情况|主要负责|督促(?:检查|指导)|工作机制/.test(
      folded,
    ) &&
    !/(?:反馈|具体|突出|存在).{0,6}问题|事项/.test(folded)
  ) {
    return 'organisation';
  }
  return 'findings';
}

/** A line that closes the document: thanks, contact, signature, date. */
export function looksLikeClosing(line: string): boolean {
  const folded = fold(line).trim();
  return (
    /^(?:竭诚|热忱|诚挚)?欢迎(?:广大|社会|各界|全体|干部|党员|群众)/.test(folded) ||
    // What those who inspected add behind the last finding of a feedback document.
    /^(?:(?:同时|此外|另外)[,、]?)?(?:中央|[省市县区州旗校院]委?)?(?:第[一二三四五六七八九十\d]{1,3})?(?:巡视|巡察)组(?:组长)?(?:还|同时|一并)*(?:收到|发现了?一些|要求|建议|提出|强调)/.test(
      folded,
    ) ||
    /^(?:特此(?:通报|公告|公示|报告)|附件?\s*(?:[:1一]|$)|专此报告|以上(?:通报|报告))/.test(folded) ||
    looksLikeContact(folded) ||
    /^(?:中共|中国共产党)[^,。;:]{2,40}(?:党委|党组|委员会|支部|总支部?|党工委|领导小组办公室|工委)$/.test(folded) ||
    /^\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日$/.test(folded) ||
    /^(?:二〇|二○|二零)[一二三四五六七八九〇○零十]{2,3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日$/.test(
      folded,
    ) ||
    /^[^,。;:]{2,30}(?:主要负责人|主要负责同志|书记)[^,。;:]{0,10}(?:表示|表态)/.test(folded) ||
    /^\([^()]{2,24}(?:供稿|供图|撰稿)\)$/.test(folded) ||
    /^\(?(?:注|说明)\s*:.{0,80}\)?$/.test(folded) ||
    /^\(?(?:此件(?:公开|主动)|公开属性|上一篇|下一篇|扫一扫|版权所有|ICP)/i.test(folded) ||
    // 关闭公众号3个 and 审核合同31份 are deeds; only what a page prints around its text is not.
    /^\(?(?:责任编辑|编辑|发布(?:时间|日期)|当前位置|您(?:现在|当前)?的?位置|字号|浏览次数|来源|信息来源|审核|校对|作者|主办|主办单位|承办|承办单位)\s*:/.test(
      folded,
    ) ||
    /^[[(]?(?:打印|关闭|分享|返回|收藏)(?:本页|页面|窗口|顶部|列表|到|正文)?[^\p{L}]*$/u.test(folded)
  );
}

/** Telephone, mailbox, postal address. */
export function looksLikeContact(line: string): boolean {
  const folded = fold(line);
  return (
    /(?:联系(?:方式|电话|人|地址)|(?:监督|举报|咨询|办公)?电话|电子邮箱|邮箱|电子邮件|(?:邮政|通讯|通信|来信)(?:信箱|地址|编码)|邮编|传真)(?:号码)?\s*[:为\s\d]|(?:致电|拨打)[^,。;]{0,24}\d{3,}/.test(
      folded,
    ) || /[\w.-]{1,60}@[\w-]{1,60}\.\w/.test(folded)
  );
}
