import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,grammar,runtime,lsp,tools,fixtures,bench,examples}/**/*.test.ts'],
    // A service that others use too is used by one test file after the other.
    fileParallelism: !process.env['TEMPORAL_ADDRESS'],
    testTimeout: 120_000,
    hookTimeout: 900_000,
    deps: { optimizer: { ssr: { enabled: true, include: ['chevrotain'] } } },
  },
});
