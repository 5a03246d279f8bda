/** A sentence in both languages; zh-CN is the first. */
export type Text = { readonly zh: string; readonly en: string };
export type Lang = keyof Text;

export function text(zh: string, en: string): Text {
  return { zh, en };
}
