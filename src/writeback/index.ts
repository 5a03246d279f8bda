/** Examined → what the program wants in the workbook. Pure. */
export type { Changes, SettledConflict, WriteContext } from './context.js';
export { planWrites } from './plan.js';
