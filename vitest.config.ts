import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,grammar,runtime,lsp,tools,fixtures,bench,examples}/**/*.test.ts'],
    // A service that others use too is used by one test after the other.
    fileParallelism: !process.env['TEMPORAL_ADDRESS'],
    maxConcurrency: process.env['TEMPORAL_ADDRESS'] ? 1 : 4,
    testTimeout: 120_000,
    hookTimeout: 900_000,
    deps: { optimizer: { ssr: { enabled: true, include: ['chevrotain'] } } },
  },
});
