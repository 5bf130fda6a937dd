import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A weight of a model in a file. */
export interface NamedWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

/** Writes `model.json` and `weights.bin` as TensorFlow.js reads them; the directory is made where it does not exist. */
export async function writeModelFiles(
  directory: string,
  model: Readonly<Record<string, unknown>>,
  weights: readonly NamedWeight[],
): Promise<void> {
  const manifest = weights.map(({ name, shape, values }) => ({ name, shape, dtype: typeOf(values) }));
  const contents = { ...model, weightsManifest: [{ paths: ['weights.bin'], weights: manifest }] };
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'model.json'), JSON.stringify(contents));
  const bytes = weights.map(({ values }) => Buffer.from(values.buffer, values.byteOffset, values.byteLength));
  await writeFile(join(directory, 'weights.bin'), Buffer.concat(bytes));
}

export function typeOf(values: Float32Array | Int32Array): 'float32' | 'int32' {
  return values instanceof Float32Array ? 'float32' : 'int32';
}
