import config, { slurmSuite } from './jest.config.mjs';

/** The suite of jobs on a SLURM cluster, which waits for minutes: `npm run test-slurm`. */
export default {
  ...config,
  displayName: 'cli-slurm',
  testMatch: [slurmSuite],
  testPathIgnorePatterns: [],
  testTimeout: 600_000,
};
