import type { Cell } from '../../model/grid.js';
import { BLANK, type Parsed } from './parsed.js';

export type Count = {
  readonly n: number;
  /** As it was typed. */
  readonly text: string;
  /** What is counted, as typed: 次, 人次, 项, 个问题. */
  readonly noun?: string;
};

export function parseCount(_cell: Cell | undefined): Parsed<Count> {
  return BLANK;
}
