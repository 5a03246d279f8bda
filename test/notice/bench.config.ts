import { defineConfig } from 'vitest/config';

/** Only the figures of the notice reader: `vitest run --config test/notice/bench.config.ts`. */
export default defineConfig({ test: { include: ['test/notice/bench.ts'], reporters: ['dot'] } });
