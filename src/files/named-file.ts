import { type Text, text } from '../model/text.js';
import { StoreError } from '../stores/store.js';
import { MEGABYTE, readOrdinarySync } from './ordinary.js';

/** A kind of file that a person names on the command line or in the config. */
export type NamedKind = {
  /** As in `config-unreadable`. */
  readonly code: string;
  /** What it is called in a sentence. */
  readonly name: Text;
  /** Megabytes that such a file has at most. */
  readonly most: number;
};

/**
 * The bytes of a file that a person named.
 * @throws StoreError in one sentence: exit 2 for what can never be such a file (a folder, a device, a pipe, absurdly large),
 * exit 4 when it is not there or may not be read
 */
export function readNamedFile(path: string, kind: NamedKind): Buffer {
  try {
    return readOrdinarySync(path, kind.most * MEGABYTE);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === undefined) throw cause;
    const { exit, sentence } = refusal(path, kind, code);
    throw new StoreError(exit, `${kind.code}-unreadable`, sentence, { cause });
  }
}

function refusal(path: string, { name, most }: NamedKind, code: unknown): { exit: 2 | 4; sentence: Text } {
  switch (code) {
    case 'EISDIR':
      return {
        exit: 2,
        sentence: text(
          `${path} 是一个文件夹，不是${name.zh}。请换一个文件，或把它移走。`,
          `${path} is a folder, not a ${name.en}. Name another file, or move it away.`,
        ),
      };
    case 'ENOTFILE':
      return {
        exit: 2,
        sentence: text(
          `${path} 不是普通文件（而是设备或管道），不能当${name.zh}读。请换一个文件，或把它移走。`,
          `${path} is no ordinary file but a device or a pipe, and is not read as a ${name.en}. Name another file, or move it away.`,
        ),
      };
    case 'ETOOLARGE':
      return {
        exit: 2,
        sentence: text(
          `${path} 大得不合常理（超过 ${most} MB），不会是${name.zh}，没有读取。请核对文件名。`,
          `${path} is absurdly large (over ${most} MB) for a ${name.en} and was not read. Check the name.`,
        ),
      };
    case 'ENOENT':
      return {
        exit: 4,
        sentence: text(
          `找不到${name.zh} ${path}，请检查文件名和位置。`,
          `The ${name.en} ${path} is not there; check its name and place.`,
        ),
      };
    default:
      return {
        exit: 4,
        sentence: text(
          `读不到${name.zh} ${path}，请检查文件名、位置和权限。`,
          `Cannot open the ${name.en} ${path}; check its name, its place and the permissions.`,
        ),
      };
  }
}
