/** A text that marks its items (一是…二是…): `before` is what stands before the first mark. */
export type Marked = {
  readonly before: string;
  readonly items: readonly { readonly mark: string; readonly number: number; readonly text: string }[];
};

export function readMarks(text: string): Marked {
  return { before: text, items: [] };
}

export function splitMarked(text: string): string[] {
  return [text];
}

export function countMeasures(text: string): number {
  return text === '' ? 0 : 1;
}
