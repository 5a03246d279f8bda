/**
 * Field masks as Google reads them: `a,b.c,d(e,f/g)`.
 * An empty node means "this field and everything below it".
 */
export type Mask = Map<string, Mask>;

export class MaskError extends Error {}

/** @throws MaskError when the brackets do not close. */
export function parseMask(source: string): Mask {
  let at = 0;
  const parseList = (depth: number): Mask => {
    const mask: Mask = new Map();
    for (;;) {
      const path: string[] = [];
      let inner: Mask = new Map();
      for (;;) {
        const start = at;
        while (at < source.length && !',()./'.includes(source.charAt(at))) at++;
        const name = source.slice(start, at).trim();
        if (name === '') throw new MaskError(`Invalid field selection ${source.slice(start)}`);
        path.push(name);
        if (source[at] === '.' || source[at] === '/') {
          at++;
          continue;
        }
        if (source[at] === '(') {
          at++;
          inner = parseList(depth + 1);
        }
        break;
      }
      insert(mask, path, inner);
      if (source[at] === ',') {
        at++;
        continue;
      }
      if (source[at] === ')') {
        if (depth === 0) throw new MaskError(`Invalid field selection ${source}`);
        at++;
        return mask;
      }
      if (at >= source.length && depth === 0) return mask;
      throw new MaskError(`Invalid field selection ${source}`);
    }
  };
  return parseList(0);
}

function insert(mask: Mask, path: readonly string[], inner: Mask): void {
  let node = mask;
  for (const name of path) {
    const next = node.get(name) ?? new Map();
    node.set(name, next);
    node = next;
  }
  for (const [name, below] of inner) node.set(name, below);
}

/** The part of a JSON value that the mask lets through. */
export function project(value: unknown, mask: Mask): unknown {
  if (mask.size === 0 || mask.has('*')) return value;
  if (Array.isArray(value)) return value.map(item => project(item, mask));
  if (typeof value !== 'object' || value === null) return value;
  const out: Record<string, unknown> = {};
  for (const [name, below] of Object.entries(value)) {
    const inner = mask.get(name);
    if (inner !== undefined && below !== undefined) out[name] = project(below, inner);
  }
  return out;
}

/** Does the mask let this path through, wholly or in part? */
export function maskAt(mask: Mask, ...path: string[]): Mask | undefined {
  let node = mask;
  for (const name of path) {
    if (node.size === 0 || node.has('*')) return node;
    const next = node.get(name);
    if (next === undefined) return undefined;
    node = next;
  }
  return node;
}

/** All leaf paths: `a.b`, `a.c`. */
export function maskPaths(mask: Mask, prefix = ''): string[] {
  const out: string[] = [];
  for (const [name, below] of mask) {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    if (below.size === 0) out.push(path);
    else out.push(...maskPaths(below, path));
  }
  return out;
}
