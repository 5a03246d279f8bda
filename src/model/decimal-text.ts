/** Decimal text without a plus, leading or trailing zeros: `+01.50` → `1.5`, `-0.0` → `0`. Other text comes back trimmed. */
export function canonicalDecimal(text: string): string {
  const trimmed = text.trim();
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(trimmed);
  if (match === null || !/\d/.test(trimmed)) return trimmed;
  const whole = (match[2] ?? '').replace(/^0+/, '') || '0';
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  const plain = fraction === '' ? whole : `${whole}.${fraction}`;
  return match[1] === '-' && plain !== '0' ? `-${plain}` : plain;
}
