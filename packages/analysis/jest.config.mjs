import { preset } from '../../jest.preset.mjs';

export default {
  ...preset,
  displayName: 'analysis',
  // Ten thousand resamples of each of many made-up studies take seconds on a busy machine.
  testTimeout: 60_000,
};
