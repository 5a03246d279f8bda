/** An instant as the clock on this computer's wall shows it, in its own zone: `2023-10-30` and `17:45:12`. */
export function wallClock(at: Date): { readonly day: string; readonly time: string } {
  const two = (n: number) => String(n).padStart(2, '0');
  return {
    day: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
    time: `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`,
  };
}
