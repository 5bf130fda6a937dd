export { openRandom, type Random } from './random.js';
export { shuffle } from './shuffle.js';
