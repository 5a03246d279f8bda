/** What a number format makes of a number: nothing, a day, or a month of which it shows no day. */
export type DateKind = 'none' | 'day' | 'month';

/**
 * Number formats that exist without a format code in the file. 27–36 and 50–58 are those of Chinese Excel
 * (31 is what it writes for yyyy年m月d日); most libraries take them for plain numbers.
 */
const BUILT_IN: ReadonlyMap<number, DateKind> = new Map<number, DateKind>([
  ...[14, 15, 16, 22, 28, 29, 30, 31, 51, 53, 54, 58].map((id): [number, DateKind] => [id, 'day']),
  ...[17, 27, 36, 50, 52, 57].map((id): [number, DateKind] => [id, 'month']),
]);

/** The kind of a built-in format id. */
export function builtInDateKind(id: number): DateKind {
  return BUILT_IN.get(id) ?? 'none';
}

/** Everything in a format code that is not a placeholder: quoted, escaped, skipped and filling characters, brackets. */
const LITERAL = /"[^"]*"?|\\[\s\S]?|_[\s\S]?|\*[\s\S]?|\[[^\]]*\]?/g;
const ELAPSED = /\[(?:h+|m+|s+)\]/i;

/**
 * The kind of a format code. Times of day and durations (`[h]:mm`) stay numbers: a ledger has no use for them.
 */
export function dateKind(code: string): DateKind {
  const section = firstSection(code);
  if (ELAPSED.test(section)) return 'none';
  const bare = section.replace(LITERAL, '').toLowerCase();
  // Chinese Excel and WPS write the general format by its local name at times.
  if (bare.includes('general') || bare.includes('通用格式')) return 'none';
  const runs = bare.match(/y+|m+|d+|h+|s+|a{3,}|e(?![+-])|g+|b{2,}|am\/pm|a\/p/g) ?? [];
  // A code with digits to fill is a number's, whatever letters stand in it (0.0 m, #,##0 e).
  if (/[0#?]/.test(bare.replace(/s+\.0+/g, ''))) return 'none';
  let month = false;
  let year = false;
  let day = false;
  runs.forEach((run, index) => {
    const letter = run.charAt(0);
    if (run.includes('/')) return;
    if (letter === 'y' || letter === 'e' || letter === 'g' || letter === 'b') year = true;
    else if (letter === 'd' || letter === 'a') day = true;
    else if (letter === 'm' && !isMinutes(runs, index)) month = true;
  });
  if (day) return 'day';
  return year || month ? 'month' : 'none';
}

/** `m` means minutes right after hours or right before seconds. */
function isMinutes(runs: readonly string[], index: number): boolean {
  const before = runs[index - 1]?.charAt(0);
  const after = runs[index + 1]?.charAt(0);
  return before === 'h' || after === 's';
}

function firstSection(code: string): string {
  let quoted = false;
  for (let at = 0; at < code.length; at++) {
    const c = code.charAt(at);
    if (c === '\\') at++;
    else if (c === '"') quoted = !quoted;
    else if (c === ';' && !quoted) return code.slice(0, at);
  }
  return code;
}
