import type { Level } from '../model/diagnostic.js';
import type { Style } from '../model/plan.js';

/** Colours of everything the program writes, `RRGGBB`: few, and each with one meaning. */
export const colors = {
  ink: '262626',
  muted: '7F7F7F',
  line: 'D9D9D9',
  band: 'F7F7F7',
  /** Headings and links. */
  accent: '1F4E79',
  accentSoft: 'DDE7F2',
  bar: '8FB4DC',
  good: '2E7D32',
  goodSoft: 'EAF4EA',
  warn: '9C5700',
  warnSoft: 'FFF4DF',
  bad: 'B3261E',
  badSoft: 'FCE8E6',
} as const;

/**
 * A program cell beside the office's own: grey and italic, visibly not for typing. No lines and no fill: in an office's own
 * table the cells that stay blank would stand out as holes.
 */
export const programCell: Style = { italic: true, color: colors.muted, vertical: 'center' };

export const programHeader: Style = {
  bold: true,
  italic: true,
  color: colors.muted,
  fill: 'EDEDED',
  border: colors.line,
  align: 'center',
  vertical: 'center',
  wrap: true,
};

/** Yuan, to the 分. */
export const moneyFormat = '#,##0.00';

export const levelLooks: { readonly [L in Level]: Style } = {
  error: { bold: true, color: colors.bad, fill: colors.badSoft },
  warning: { color: colors.warn, fill: colors.warnSoft },
  info: { color: colors.accent, fill: colors.accentSoft },
};
