export { loadEngine, type NativeEngineOptions } from './load-engine.js';
