import { preset } from '../../jest.preset.mjs';

export default {
  ...preset,
  displayName: 'report',
  // Drawing takes seconds on a busy machine.
  testTimeout: 60_000,
};
