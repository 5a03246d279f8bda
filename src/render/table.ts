import widthOf from 'fast-string-width';

/** Pads on the right to a width in terminal cells; Han characters take two. */
export function padEnd(written: string, width: number): string {
  return written + ' '.repeat(Math.max(0, width - widthOf(written)));
}

/** Pads on the left: figures stand under each other by their last digit. */
export function padStart(written: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(written))) + written;
}

export type Alignment = 'left' | 'right';

/** Columns aligned by East Asian width, two blanks between them. */
export function table(rows: readonly (readonly string[])[], align: readonly Alignment[]): string[] {
  const widths = align.map((_, col) => rows.reduce((width, row) => Math.max(width, widthOf(row[col] ?? '')), 0));
  return rows.map(row =>
    align
      .map((side, col) =>
        side === 'right' ? padStart(row[col] ?? '', widths[col] ?? 0) : padEnd(row[col] ?? '', widths[col] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

/** `████░░░░` for a share of 0..1. */
export function bar(share: number, width: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * width);
  return '█'.repeat(filled) + '░'.repeat(width - filled);
}

/** Cuts to a width in terminal cells, with … at the end. */
export function cutTo(written: string, width: number): string {
  if (widthOf(written) <= width) return written;
  let kept = '';
  for (const letter of written) {
    if (widthOf(kept + letter) > width - 1) break;
    kept += letter;
  }
  return `${kept}…`;
}

/**
 * Breaks a text into lines of a width in terminal cells. Chinese breaks anywhere, but not inside an amount, not before
 * closing and not after opening punctuation.
 */
export function wrap(written: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const piece of written.match(/[（《“(¥￥]*(?:[\w@./:+\-#%]+(?:,\d[\w.%]*)*|\S)|\s+/gu) ?? []) {
    const size = widthOf(piece);
    if (used + size > width && line !== '' && !/^[，。；：、！？）》”,.;:!?)]$/u.test(piece)) {
      lines.push(line.trimEnd());
      line = '';
      used = 0;
      if (/^\s+$/u.test(piece)) continue;
    }
    line += piece;
    used += size;
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines;
}
