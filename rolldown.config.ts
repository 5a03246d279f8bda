import { defineConfig } from 'rolldown';

/**
 * `dist`: a few files instead of hundreds, dependencies included, because at every start reading and linking modules one by one
 * took longer than checking a small ledger. What is large and seldom needed stays outside and is loaded when it is; so does
 * what asks for its own file name.
 *
 * The program is CommonJS (`.cjs`), because only scripts can be started from code that V8 has compiled before
 * (src/launch/chunks.ts); what starts it is a few lines of ESM.
 */
export default defineConfig([
  {
    input: { program: 'src/program.ts' },
    platform: 'node',
    external: [
      /^@googleapis\//,
      'cli-progress',
      'docxtemplater',
      /^echarts\//,
      'exceljs',
      'pizzip',
      'write-file-atomic',
    ],
    output: {
      dir: 'dist',
      cleanDir: true,
      format: 'cjs',
      dynamicImportInCjs: false,
      // All in one folder: the program finds templates/ and mappings/ beside it.
      entryFileNames: '[name].cjs',
      chunkFileNames: '[name]-[hash].cjs',
    },
  },
  {
    input: { cli: 'src/cli.ts', demo: 'src/demo.ts', templates: 'src/templates.ts', compile: 'src/launch/compile.ts' },
    platform: 'node',
    output: { dir: 'dist', chunkFileNames: '[name]-[hash].js' },
  },
]);
