import { formatDayZh } from '../../model/day.js';
import type { NoticeContent, NoticeItem } from './content.js';
import type { PlaceholderName } from './placeholders.js';

type Block = readonly Fields[];
/** Values of the placeholders in one scope; every name is one of the list. */
export type Fields = { readonly [N in PlaceholderName]?: string | Block | boolean };

/** The notice under the names by which a template asks for it. */
export function templateFields(content: NoticeContent): Fields {
  const { unit, title, opening, organisation, headline, parts, nextTitle, next } = content;
  return {
    单位: unit,
    标题: title,
    开头: opening,
    组织情况: organisation.map(({ heading, text }) => ({ 小标题: heading, 正文: text })),
    总体情况: headline,
    部分: parts.map(part => ({
      部分标题: part.title,
      方面: part.areas.map(area => ({
        方面标题: area.title !== '',
        方面名称: area.title,
        问题: area.items.map(itemFields),
      })),
    })),
    下一步标题: nextTitle,
    下一步: next.map(({ heading, text }) => ({ 安排标题: heading, 安排: text })),
    联系方式: false,
    署名: unit,
    成文日期: formatDayZh(content.date),
  };
}

function itemFields(item: NoticeItem): Fields {
  return {
    编号: String(item.number),
    问题内容: item.finding,
    措施: item.measures !== '',
    整改措施: item.measures,
    进展: item.progress !== '',
    整改进展: item.progress,
    整改结果: item.result,
    责任领导: item.leader,
    责任部门: item.department,
    责任人: item.person,
    整改时限: item.deadline,
  };
}
