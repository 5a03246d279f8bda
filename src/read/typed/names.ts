/** `lead` is the one marked 牵头 or 主办, else the first; '' when there is none. `all` has each once, the lead included. */
export type Names = { readonly lead: string; readonly all: readonly string[] };

export function splitNames(_text: string): Names {
  return { lead: '', all: [] };
}
