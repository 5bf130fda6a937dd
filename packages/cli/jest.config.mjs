import { preset } from '../../jest.preset.mjs';

// Its suites wait for clusters, servers and processes more than they compute.
export default { ...preset, displayName: 'cli', testTimeout: 60_000, maxWorkers: 2 };
