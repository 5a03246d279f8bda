import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as Program from '../program.js';
import { chunksIn } from './chunks.js';

const { load, scripts } = chunksIn(dirname(fileURLToPath(import.meta.url)));

/** The scripts of the program that have been loaded so far, by file. */
export const loadedScripts = scripts;

/** The program as it was built. */
export function loadProgram(): typeof Program {
  const program = load('program.cjs');
  if (!isProgram(program)) throw new Error('dist/program.cjs is not the program: build it anew (npm run build)');
  return program;
}

function isProgram(exports: object): exports is typeof Program {
  return 'runLedger' in exports && 'templateMakers' in exports;
}
