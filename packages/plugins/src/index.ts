export { loadPlugins, type PluginModule, type Plugins, type TakenNames } from './load-plugins.js';
export { moduleHash } from './module-hash.js';
export { pluginKinds } from './plugin-kinds.js';
