export { readDesignSpace, spaceFiles, type SpaceFileOptions } from './read-design-space.js';
