import type { Exit } from './command.js';

/** What the fast path keeps of a run: what was printed and how it ended. */
export type KeptAnswer = { readonly exit: Exit; readonly lines: readonly string[]; readonly document: unknown };
