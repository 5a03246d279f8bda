import { sharedIndex } from './cell-decoder.js';
import { attribute, parseXml } from './xml-tree.js';

/** Keeps account of formulas that are overwritten, and of those that must not be, because other cells live on them. */
export class OverwrittenFormulas {
  gone = false;
  private readonly masters = new Map<string, { row: number; col: number }>();
  private readonly overwrittenClones = new Map<string, number>();
  private reachesFurther: { row: number; col: number } | undefined;

  constructor(private readonly clones: ReadonlyMap<string, number>) {}

  overwrite(row: number, col: number, tag: string, withFormula: boolean): void {
    if (!withFormula) this.gone = true;
    if (!/\st\s*=/.test(tag)) return;
    const element = parseXml(tag.replace(/<[^\s>/]+/, '<f'), { openEnded: true });
    const type = attribute(element, 't');
    const reference = attribute(element, 'ref');
    if (type === 'dataTable' || (type === 'array' && reference?.includes(':') === true))
      this.reachesFurther ??= { row, col };
    const si = sharedIndex(tag);
    if (si === undefined) return;
    if (reference === undefined) this.overwrittenClones.set(si, (this.overwrittenClones.get(si) ?? 0) + 1);
    else this.masters.set(si, { row, col });
  }

  /** An array's first cell, a data table, or the master of a shared formula of which other cells remain. */
  blocked(): { readonly row: number; readonly col: number } | undefined {
    if (this.reachesFurther !== undefined) return this.reachesFurther;
    for (const [si, place] of this.masters) {
      if ((this.clones.get(si) ?? 0) > (this.overwrittenClones.get(si) ?? 0)) return place;
    }
    return undefined;
  }
}
