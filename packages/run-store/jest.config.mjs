import { preset } from '../../jest.preset.mjs';

// Laws are tried on hundreds of files.
export default { ...preset, displayName: 'run-store', testTimeout: 60_000 };
