/** Whether a claim is stated in money. */
export function isUnit(unit: string): boolean {
  return /元$/u.test(unit);
}
