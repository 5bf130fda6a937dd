import { preset } from '../../jest.preset.mjs';

export const slurmSuite = '<rootDir>/src/slurm.test.ts';

export default {
  ...preset,
  displayName: 'cli',
  maxWorkers: 2,
  testPathIgnorePatterns: [slurmSuite],
};
