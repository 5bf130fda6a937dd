// What a recipe may be, without what trains by it
export { recipeSchema } from './recipe-schema.js';
