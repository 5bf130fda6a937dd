export type { Random } from '@netspace/contracts';
export { openRandom } from './open-random.js';
export { shuffle } from './shuffle.js';
