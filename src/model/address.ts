const URL_PATTERN = /^https:\/\/docs\.google\.com\/spreadsheets\/(?:u\/\d+\/)?d\/([A-Za-z0-9_-]+)/i;
const ID_PATTERN = /^[A-Za-z0-9_-]{20,}$/;

/** `google:<id or URL>`, or the URL of a Google Sheet; everything else is a path. */
export function isGoogleAddress(address: string): boolean {
  return /^google:/i.test(address) || /^https:\/\/docs\.google\.com\/spreadsheets\//i.test(address);
}

/** The id of a Google Sheet out of its address; undefined when none can be made out. */
export function googleId(address: string): string | undefined {
  const rest = address.replace(/^google:/i, '').trim();
  return URL_PATTERN.exec(rest)?.[1] ?? (ID_PATTERN.test(rest) ? rest : undefined);
}

/** One name for one sheet, whichever way it was written down: locks and what was agreed on are kept by it. */
export function oneAddress(address: string): string {
  const id = isGoogleAddress(address) ? googleId(address) : undefined;
  return id === undefined ? address : `google:${id}`;
}
