export { localRunner, type LocalRunnerOptions } from './local-runner.js';
