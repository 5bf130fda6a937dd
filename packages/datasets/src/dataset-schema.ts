import { z } from 'zod';
import { cifar10 } from './cifar10.js';
import { folder } from './folder.js';
import { mnist } from './mnist.js';
import { npy } from './npy.js';
import { synthetic } from './synthetic.js';

/** Every built-in kind of dataset. A new kind: one file and one line here. */
export const builtInDatasets = [mnist, cifar10, folder, npy, synthetic] as const;

type SchemasOf<Kinds extends readonly { readonly schema: unknown }[]> = {
  readonly [Index in keyof Kinds]: Kinds[Index]['schema'];
};
const schemas = builtInDatasets.map((kind) => kind.schema) as unknown as SchemasOf<typeof builtInDatasets>;

/** The names of the built-in datasets. */
export const builtInNames: readonly string[] = schemas.map((schema) => schema.shape.name.value);

/**
 * The `dataset` section of a study file: `name` says which kind, the other keys depend on it. Every key has a `description`
 * in its `meta()`, and a `unit` where it has one.
 *
 * @example
 * import { datasetSchema } from '@netspace/datasets';
 * datasetSchema.parse({ name: 'mnist', trainImages: 6000 }); // => { name: 'mnist', trainImages: 6000 }
 */
export const datasetSchema = z.discriminatedUnion('name', schemas, { error: builtInNames.join(', ') });

/** Which images to train on: what a study says of a built-in dataset. */
export type DatasetSpec = z.input<typeof datasetSchema>;

/** Which images to train on: the name of a plugin's dataset, and options for the plugin to check. */
export type PluginDatasetSpec = Readonly<Record<string, unknown>> & { readonly name: string };

/**
 * The `dataset` section of a study file with plugins, whose datasets take any options.
 *
 * @param names - The plugins' datasets.
 */
export function datasetSchemaWith(
  names: readonly string[],
): z.ZodType<z.output<typeof datasetSchema> | PluginDatasetSpec, DatasetSpec | PluginDatasetSpec> {
  const pluginSchemas = names.map((name) => z.looseObject({ name: z.literal(name) }));
  const error = [...builtInNames, ...names].join(', ');
  return z.discriminatedUnion('name', [...schemas, ...pluginSchemas], { error });
}
