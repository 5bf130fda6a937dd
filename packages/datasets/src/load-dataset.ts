import { type Dataset, InvalidInputError } from '@netspace/contracts';
import { z } from 'zod';
import { cifar10 } from './cifar10.js';
import type { LoadOptions } from './dataset-kind.js';
import { mnist } from './mnist.js';
import { synthetic } from './synthetic.js';

/** Every kind of dataset. A new kind: one file and one line here. */
const kinds = [mnist, cifar10, synthetic] as const;

type SchemasOf<Kinds extends readonly { readonly schema: unknown }[]> = {
  readonly [Index in keyof Kinds]: Kinds[Index]['schema'];
};
const schemas = kinds.map((kind) => kind.schema) as unknown as SchemasOf<typeof kinds>;
const names: readonly string[] = schemas.map((schema) => schema.shape.name.value);

/**
 * The `dataset` section of a study file: `name` says which kind, the other keys depend on it.
 *
 * @example
 * import { datasetSchema } from '@netspace/datasets';
 * datasetSchema.parse({ name: 'mnist', trainImages: 6000 }); // => { name: 'mnist', trainImages: 6000 }
 */
export const datasetSchema = z.discriminatedUnion('name', schemas, { error: names.join(', ') });

/** Which images to train on. */
export type DatasetSpec = z.output<typeof datasetSchema>;

/**
 * Loads the images that a specification names.
 *
 * `trainImages` and `testImages` of the datasets on disk take a class-balanced subset, the same every time: the classes
 * take turns, each giving its next image in file order, until so many are taken; they stay in file order.
 *
 * @throws InvalidInputError where the specification is invalid, or a file is missing, truncated or wrong: it names the
 * file, what was found, what would be valid, and where to get it.
 * @example
 * import { loadDataset } from '@netspace/datasets';
 * const digits = await loadDataset({ name: 'mnist', trainImages: 100, testImages: 50 });
 * digits.train.count; // => 100
 * digits.train.labels.filter((label) => label === 7).length; // => 10
 */
export async function loadDataset(spec: DatasetSpec, options: LoadOptions = {}): Promise<Dataset> {
  const result = datasetSchema.safeParse(spec);
  if (!result.success) {
    const { path, message } = result.error.issues[0]!;
    throw new InvalidInputError({ key: path.join('.'), problem: message });
  }
  const kind = kinds[names.indexOf(spec.name)]!;
  // The name has picked the kind whose specification this is, which the type of a list cannot say.
  return kind.load(result.data as never, options);
}
