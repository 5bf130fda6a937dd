export { loadPlugins, type PluginModule, type Plugins, type TakenNames } from './load-plugins.js';
export { pluginKinds } from './plugin-kinds.js';
