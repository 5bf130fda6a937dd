import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { parseConfig } from '@netspace/config-file';
import { readText } from '@netspace/config-file/node';
import { InvalidInputError } from '@netspace/contracts';
import { checkArchitecture } from '@netspace/model-builder';
import { type LoadedPlugins, loadPlugins } from '@netspace/plugins';
import { z } from 'zod';
import type { PluginRecord } from './study.js';
import { pluginsSchema } from './study-keys.js';
