import { z } from 'zod';

/**
 * A list in a file of the state. The first wrong element tells enough: of a damaged file with millions of them zod would
 * otherwise list each, for minutes and until the memory is full. The elements are taken as they are.
 */
export function longList<T extends z.ZodType>(element: T) {
  return z.custom<z.output<T>[]>(
    value => Array.isArray(value) && value.every(one => element.safeParse(one).success),
    'a list of another kind',
  );
}
