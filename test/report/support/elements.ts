import { type DefaultTreeAdapterTypes, parse } from 'parse5';

export type Element = {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly text: string;
};

/** Every element of a page as a browser's parser builds it, in document order. */
export function elementsOf(page: string): Element[] {
  const list: Element[] = [];
  const visit = (node: DefaultTreeAdapterTypes.Node): string => {
    if ('value' in node && node.nodeName === '#text') return node.value;
    const children = 'childNodes' in node ? node.childNodes : [];
    if (!('tagName' in node)) return children.map(visit).join('');
    const at = list.length;
    const attributes = new Map(node.attrs.map(one => [one.name, one.value]));
    list.push({ tag: node.tagName, attributes, text: '' });
    const text = children.map(visit).join('');
    list[at] = { tag: node.tagName, attributes, text };
    return text;
  };
  visit(parse(page));
  return list;
}

/** Text of the section under a heading with this id. */
export function sectionText(page: string, id: string): string {
  const found = elementsOf(page).find(one => one.tag === 'section' && one.attributes.get('aria-labelledby') === id);
  return found?.text ?? '';
}
