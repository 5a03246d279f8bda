import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Everything that runs with Node alone. What needs LibreOffice or Chromium ends in `.office.test.ts`. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/*.office.test.ts', 'node_modules/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Most files wait for processes of their own: two at a time even where there are only two processors.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
