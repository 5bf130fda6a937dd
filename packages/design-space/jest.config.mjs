import { preset } from '../../jest.preset.mjs';

// Populations are drawn, which takes seconds.
export default { ...preset, displayName: 'design-space', testTimeout: 60_000 };
