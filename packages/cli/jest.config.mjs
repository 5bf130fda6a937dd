import { preset } from '../../jest.preset.mjs';

export default { ...preset, displayName: 'cli', testTimeout: 60_000 };
