import type { Batch, CompiledNetwork, Engine, NetworkState } from '@netspace/contracts';
import { buildGraph } from '@netspace/model-builder';
import { type AnyNet, networkConfigOfAnyNet } from '@netspace/pycls';
import type { Check } from './check.js';
import { withNetwork } from './reference-network.js';
import { decodeTensor, type ReferenceTensor, relativeError } from './reference-tensor.js';
import { softmaxGradient } from './softmax-gradient.js';
import { WorstError } from './worst-error.js';

type Tensors = Readonly<Record<string, ReferenceTensor>>;

interface Step {
  readonly x: ReferenceTensor;
  readonly labels: readonly number[];
  readonly lr: number;
  readonly label_smoothing: number;
  readonly logits: ReferenceTensor;
  readonly loss: number;
  readonly grads?: Tensors;
}

interface Row {
  readonly config: AnyNet & { image_size: number; batch_size: number };
  readonly optimizer: { readonly momentum: number; readonly nesterov: boolean; readonly weight_decay: number };
  readonly init: Tensors;
  readonly steps: readonly Step[];
  readonly final: Tensors;
  readonly final_buffers: Tensors;
  readonly eval: { readonly x: ReferenceTensor; readonly logits: ReferenceTensor };
}

/**
 * Small networks trained for some steps: relative error in the 2-norm of the first step's logits and gradients, and of the
 * state after the last step with the logits it gives in evaluation.
 */
export const networks: Check = {
  file: 'networks.json',
  async run(rows, engine) {
    const firstStep = new WorstError(1e-4);
    const lastStep = new WorstError(1e-3);
    for (const [index, row] of (rows as readonly Row[]).entries()) {
      firstStep.countCase();
      lastStep.countCase();
      const place = `row ${index} (${row.config.block_type})`;
      await checkFirstStep(row, engine, (error, what) => firstStep.add(error, `${place}: ${what}`));
      await checkTraining(row, engine, (error, what) => lastStep.add(error, `${place}: ${what}`));
    }
    return [firstStep.result(), lastStep.result()];
  },
};

type Add = (error: number, what: string) => void;

async function checkFirstStep(row: Row, engine: Engine, add: Add): Promise<void> {
  const step = row.steps[0]!;
  await withCompiled(row, engine, async (network) => {
    const logits = decodeTensor(step.logits);
    const outputGradient = softmaxGradient(logits, step.labels, step.label_smoothing);
    const gradients = await network.differentiate(batchOf(step), outputGradient);
    add(relativeError(gradients.output, logits), 'logits');
    for (const [name, tensor] of Object.entries(step.grads!)) {
      add(relativeError(gradients.parameters.get(name)!, decodeTensor(tensor)), `gradient of ${name}`);
    }
  });
}

async function checkTraining(row: Row, engine: Engine, add: Add): Promise<void> {
  await withCompiled(row, engine, async (network) => {
    for (const [index, step] of row.steps.entries()) {
      network.trainStep(batchOf(step), step.lr, step.label_smoothing);
      const { lossSum, images } = await network.takeMetrics();
      add(Math.abs(lossSum / images - step.loss) / step.loss, `loss of step ${index + 1}`);
    }
    const state = await network.getState();
    for (const [name, tensor] of Object.entries({ ...row.final, ...row.final_buffers })) {
      add(relativeError(state.get(name)!, decodeTensor(tensor)), `${name} after the last step`);
    }
    const evaluation = { ...row.eval, labels: [] };
    add(relativeError(await network.infer(batchOf(evaluation)), decodeTensor(row.eval.logits)), 'logits in evaluation');
  });
}

function withCompiled(row: Row, engine: Engine, use: (network: CompiledNetwork) => Promise<void>): Promise<void> {
  const { momentum, nesterov, weight_decay: decay } = row.optimizer;
  const options = {
    batchSize: row.config.batch_size,
    optimizer: { momentum, nesterov, weightDecay: decay, batchNormWeightDecay: decay, biasWeightDecay: decay },
  };
  const graph = buildGraph(networkConfigOfAnyNet(row.config, row.config.image_size));
  return withNetwork(engine, graph, options, (network) => {
    const initial: [string, Float32Array][] = Object.entries(row.init).map(([name, tensor]) => [
      name,
      decodeTensor(tensor),
    ]);
    const statistics = graph.buffers.map(({ name, shape, role }): [string, Float32Array] => [
      name,
      new Float32Array(shape[0]!).fill(role === 'running_mean' ? 0 : 1),
    ]);
    network.setState(new Map([...initial, ...statistics]) satisfies NetworkState);
    return use(network);
  });
}

function batchOf({ x, labels }: { readonly x: ReferenceTensor; readonly labels: readonly number[] }): Batch {
  const count = x.shape[0]!;
  const padded = Int32Array.from({ length: count }, (_, index) => labels[index] ?? 0);
  return { count, images: decodeTensor(x), labels: padded };
}
