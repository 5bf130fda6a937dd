import type { Complexity, ImportedStudy, NetworkConfig } from '@netspace/contracts';
import { complexityOf, networkConfigSchema } from '@netspace/model-builder';
import { z } from 'zod';
import { gatherArms } from './gather-arms.js';
import { nameOfFile } from './name-of-file.js';
import { parseJson } from './parse-json.js';
import type { NamedText } from './read-table.js';
import type { Outcome, ResultRow } from './result-row.js';

const percent = z.number().min(0).max(100);
const amount = z.number().min(0).exactOptional();

const lineSchema = z
  .strictObject({
    space: z.string().min(1),
    setting: z.string().min(1).default('base'),
    network: z.string().min(1).exactOptional(),
    status: z.enum(['completed', 'diverged', 'failed']).default('completed'),
    error: percent.exactOptional(),
    message: z.string().default(''),
    validationError: percent.nullable().default(null),
    epochs: z
      .array(
        z.strictObject({
          trainLoss: z.number(),
          testError: percent,
          validationError: percent.exactOptional(),
        }),
      )
      .default([]),
    seconds: z.number().min(0).nullable().default(null),
    parameters: z.record(z.string(), z.number()).default({}),
    ...{ flops: amount, params: amount, acts: amount },
    config: networkConfigSchema().nullable().default(null),
    pair: z.string().exactOptional(),
  })
  .superRefine(({ status, error }, context) => {
    if (status !== 'completed' || error !== undefined) return;
    const params = { expected: 'a number of 0 to 100, or a status of diverged or failed' };
    context.addIssue({ code: 'custom', path: ['error'], message: 'is not there', params });
  });

type Line = z.output<typeof lineSchema>;

/**
 * Reads JSON lines: an object a line and training, with `space` and `error` (per cent) at least. A `config` is a network as
 * netspace's network files have it; its complexity is counted where it is not given.
 *
 * @throws InvalidInputError for the first value that cannot be used: file, line, key, value and what would be valid.
 * @example
 * import { readJsonLines } from '@netspace/imports';
 * const text = '{"space": "A", "error": 12.5}\n{"space": "B", "status": "diverged"}\n';
 * const { arms } = readJsonLines({ file: 'nets.jsonl', text });
 * arms.map(({ name, results }) => [name, results[0]?.status]); // => [['A', 'completed'], ['B', 'diverged']]
 */
export function readJsonLines({ text, file }: NamedText): ImportedStudy {
  const rows = text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [rowOf(line, index + 1, file)]));
  return {
    name: nameOfFile(file),
    origin: 'JSON lines',
    compare: 'first',
    matched: rows.some(({ pair }) => pair !== undefined),
    arms: gatherArms(rows, file),
  };
}

function rowOf(text: string, line: number, file: string): ResultRow {
  // Lines before it, so that a message names the line where it stands.
  const read = parseJson('\n'.repeat(line - 1) + text, file, lineSchema);
  const { space, setting, network, validationError, epochs, seconds, parameters, config, pair } = read;
  return {
    ...{ line, space, setting, network, validationError, epochs, seconds, parameters, config, pair },
    outcome: outcomeOf(read),
    complexity: complexityOfLine(read, config),
  };
}

function outcomeOf({ status, error, message }: Line): Outcome {
  if (status === 'failed') return { status, message };
  return status === 'diverged' ? { status } : { status, error: error! };
}

function complexityOfLine({ flops, params, acts }: Line, config: NetworkConfig | null): Partial<Complexity> {
  return {
    ...(config === null ? {} : complexityOf(config)),
    ...(flops === undefined ? {} : { flops }),
    ...(params === undefined ? {} : { params }),
    ...(acts === undefined ? {} : { acts }),
  };
}
