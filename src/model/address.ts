/** `google:<id or URL>`, or the URL of a Google Sheet; everything else is a path. */
export function isGoogleAddress(address: string): boolean {
  return /^google:/i.test(address) || /^https:\/\/docs\.google\.com\/spreadsheets\//i.test(address);
}
