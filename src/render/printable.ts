/** Colours and weights, which our own lines carry; nothing else of what a terminal obeys. */
const LOOKS = /\u001b\[[\d;]*m/gu;
const COMMANDS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/gu;

/**
 * A line as it may go to a terminal. Cells, names and journals may hold characters that a terminal takes for commands (clear the
 * screen, rename the window, write to the clipboard); they are shown as a mark.
 * @param color whether our own looks stay
 */
export function printable(line: string, color: boolean): string {
  if (!color) return line.replace(COMMANDS, '\ufffd');
  const looks = line.match(LOOKS) ?? [];
  return line
    .split(LOOKS)
    .map((text, index) => `${text.replace(COMMANDS, '\ufffd')}${looks[index] ?? ''}`)
    .join('');
}
