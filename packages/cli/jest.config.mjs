import { preset } from '../../jest.preset.mjs';

export const slurmSuite = '<rootDir>/src/slurm.test.ts';

// Its suites wait for servers and processes more than they compute.
export default {
  ...preset,
  displayName: 'cli',
  testTimeout: 60_000,
  maxWorkers: 2,
  testPathIgnorePatterns: [slurmSuite],
};
