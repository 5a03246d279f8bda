import { defineConfig } from 'vitest/config';

/** Only the figures of the Google mirror: `npm run bench:google`. */
export default defineConfig({ test: { include: ['test/bench/google.ts'], reporters: ['dot'], testTimeout: 600_000 } });
