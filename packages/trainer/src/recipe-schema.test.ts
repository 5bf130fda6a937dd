import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { recipeSchema } from './index.js';

interface JsonSchema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly oneOf?: readonly JsonSchema[];
}

/** Every key of a schema and of those inside it, with its description. */
function documentedKeys(schema: object, path = ''): [key: string, description: string | undefined][] {
  const { properties = {}, oneOf = [] } = schema as JsonSchema;
  return [
    ...Object.entries(properties).flatMap(([name, child]) => {
      const key = `${path}${name}`;
      return [[key, child.description] as [string, string | undefined], ...documentedKeys(child, `${key}.`)];
    }),
    ...oneOf.flatMap((alternative) => documentedKeys(alternative, path)),
  ];
}

describe('recipeSchema', () => {
  test('an empty recipe is the paper’s', () => {
    expect(recipeSchema.parse({})).toStrictEqual({
      epochs: 10,
      batchSize: 128,
      optimizer: {
        momentum: 0.9,
        nesterov: true,
        weightDecay: 5e-5,
        batchNormWeightDecay: 5e-5,
        biasWeightDecay: 5e-5,
      },
      learningRate: { schedule: 'cosine', base: 0.1, minimumFactor: 0 },
      warmup: { epochs: 1, factor: 0.1 },
      labelSmoothing: 0,
      augmentation: { cropPadding: 4, mirror: true },
    });
  });

  test.each([
    [{ epochs: 0 }, { epochs: 0, factor: 0.1 }],
    [{ factor: 0.5 }, { epochs: 1, factor: 0.5 }],
  ])('of a warm-up %j what is left out is the default', (warmup, complete) => {
    expect(recipeSchema.parse({ warmup }).warmup).toEqual(complete);
  });

  test('batch normalisation and biases follow the weight decay unless they have their own', () => {
    const decays = { weightDecay: 1e-3, batchNormWeightDecay: 0 };
    expect(recipeSchema.parse({ optimizer: decays }).optimizer).toMatchObject({ ...decays, biasWeightDecay: 1e-3 });
  });

  test('an empty moving average and empty precise statistics have pycls’ values', () => {
    const recipe = recipeSchema.parse({ movingAverage: {}, preciseStatistics: {} });
    expect(recipe.movingAverage).toEqual({ decay: 0.99999, period: 32 });
    expect(recipe.preciseStatistics).toEqual({ images: 8192 });
  });

  test.each([
    { schedule: 'step', base: 0.2, epochs: [3, 6], factor: 0.2 },
    { schedule: 'linear', base: 0.1, minimumFactor: 0.5 },
    { schedule: 'exponential', base: 0.1, minimumFactor: 0.01 },
  ])('accepts the schedule %j', (learningRate) => {
    expect(recipeSchema.parse({ learningRate }).learningRate).toEqual(learningRate);
  });

  test('a learning rate without a schedule is a cosine', () => {
    expect(recipeSchema.parse({ learningRate: { base: 0.2 } }).learningRate).toEqual({
      schedule: 'cosine',
      base: 0.2,
      minimumFactor: 0,
    });
  });

  test.each<[object, string]>([
    [{ epochs: 0 }, 'epochs'],
    [{ batchSize: 1.5 }, 'batchSize'],
    [{ rate: 0.1 }, ''],
    [{ optimizer: { momentum: 1 } }, 'optimizer.momentum'],
    [{ optimizer: { weightDecay: -1 } }, 'optimizer.weightDecay'],
    [{ learningRate: { schedule: 'cos' } }, 'learningRate.schedule'],
    [{ learningRate: { base: 0 } }, 'learningRate.base'],
    [{ learningRate: { schedule: 'step' } }, 'learningRate.epochs'],
    [{ learningRate: { schedule: 'exponential', minimumFactor: 0 } }, 'learningRate.minimumFactor'],
    [{ precision: 'float16' }, 'precision'],
    [{ labelSmoothing: 1 }, 'labelSmoothing'],
    [{ movingAverage: { period: 0 } }, 'movingAverage.period'],
    [{ augmentation: { cropPadding: -1 } }, 'augmentation.cropPadding'],
  ])('refuses %j at "%s"', (recipe, path) => {
    expect(recipeSchema.safeParse(recipe).error?.issues[0]?.path.join('.')).toBe(path);
  });

  test('every key has a meaning in one sentence', () => {
    const keys = documentedKeys(z.toJSONSchema(recipeSchema, { io: 'input' }));
    expect(keys.map(([key]) => key)).toEqual(expect.arrayContaining(['epochs', 'optimizer.biasWeightDecay']));
    expect(keys.filter(([, description]) => description?.endsWith('.') !== true)).toEqual([]);
  });

  test('an unknown schedule is answered with the known ones', () => {
    const { error } = recipeSchema.safeParse({ learningRate: { schedule: 'cos' } });
    expect(error?.issues[0]?.message).toBe('cosine, step, linear, exponential');
  });
});
