import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Files that ship with the program: `mappings/…`, `templates/…`, package.json. Works from src and from dist. */
export function assetPath(name: string): string {
  return fileURLToPath(new URL(`../${name}`, import.meta.url));
}

export function readAsset(name: string): string {
  return readFileSync(assetPath(name), 'utf8');
}

/** The program's version, from package.json. */
export function version(): string {
  const read: unknown = JSON.parse(readAsset('package.json'));
  return typeof read === 'object' && read !== null && 'version' in read ? String(read.version) : '';
}
