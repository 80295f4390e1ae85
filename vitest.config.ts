import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,runtime,lsp,tools,fixtures,bench,examples}/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 900_000,
    deps: { optimizer: { ssr: { enabled: true, include: ['chevrotain'] } } },
  },
});
