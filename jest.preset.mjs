import { fileURLToPath } from 'node:url';

/** The Jest settings that every package shares: ES modules, TypeScript stripped by swc, tests beside the code. */
export const preset = {
  testEnvironment: fileURLToPath(new URL('jest.environment.mjs', import.meta.url)),
  // Ends what hangs; no test fails because the machine is busy.
  testTimeout: 300_000,
  testMatch: ['<rootDir>/src/**/*.test.ts'],
  setupFilesAfterEnv: [fileURLToPath(new URL('jest.setup.mjs', import.meta.url))],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript' },
          // Imports of JSON need their attribute `with { type: 'json' }`.
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
};
