import { defineConfig } from 'rolldown';

/**
 * `dist`: a few files instead of hundreds, dependencies included, because at every start reading and linking modules one by one
 * took longer than checking a small ledger. What is large and seldom needed stays outside and is loaded when it is; so does
 * what asks for its own file name.
 */
export default defineConfig({
  input: { cli: 'src/cli.ts', demo: 'src/demo.ts', templates: 'src/templates.ts' },
  platform: 'node',
  external: [/^@googleapis\//, 'cli-progress', 'docxtemplater', /^echarts\//, 'exceljs', 'pizzip', 'write-file-atomic'],
  output: {
    dir: 'dist',
    cleanDir: true,
    // All in one folder: the program finds templates/ and mappings/ beside it.
    chunkFileNames: '[name]-[hash].js',
  },
});
