import { defineConfig } from 'vitest/config';

/** What needs LibreOffice or Chromium; a missing program is a failure here, never a skip. */
export default defineConfig({
  test: { include: ['test/**/*.office.test.ts'], testTimeout: 240_000, hookTimeout: 240_000, fileParallelism: false },
});
