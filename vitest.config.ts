import { defineConfig } from 'vitest/config';

const folders = '{packages,services,apps}/*';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [`${folders}/{src,test}/**/*.test.ts`, 'scripts/test/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**', '**/*.chain.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'chain',
          include: [`${folders}/{src,test}/**/*.chain.test.ts`],
          exclude: ['**/node_modules/**', '**/dist/**'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
