import { defineConfig } from 'vitest/config';

/** Everything that runs with Node alone. What needs LibreOffice or Chromium ends in `.office.test.ts`. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/*.office.test.ts', 'node_modules/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
