import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import { encodeSavedModel } from '@netspace/tensorflow-export';
import { GraphRecorder } from './graph-recorder.js';
import type { TensorflowBackend } from './kernels/tensorflow-backend.js';
import type { Step, StepDefinition } from './step.js';

/** A graph that TensorFlow has loaded, and the tensors that go in and come out. */
interface LoadedGraph {
  readonly id: number;
  readonly inputs: readonly { readonly name: string }[];
  readonly outputs: readonly string[];
}

/**
 * A step as one graph of TensorFlow: recorded while it runs the first time, operation by operation, and run as a whole
 * from then on. So a step is one call from JavaScript, and operations that do not need each other run at once.
 */
export class RecordedStep implements Step {
  private graph: LoadedGraph | undefined;

  constructor(
    private readonly backend: TensorflowBackend,
    private readonly definition: StepDefinition,
  ) {}

  run(inputs: readonly Tensor[]): void {
    const { states, constants } = this.definition;
    const all = [...states.map(({ value }) => value), ...constants, ...inputs];
    if (this.graph === undefined) {
      this.graph = this.record(inputs, all);
    } else {
      const results = this.backend.runSavedModel(this.graph.id, all, this.graph.inputs, this.graph.outputs);
      for (const [index, state] of states.entries()) state.assign(results[index] as Tensor1D);
    }
  }

  dispose(): void {
    if (this.graph !== undefined) this.backend.deleteSavedModel(this.graph.id);
  }

  private record(inputs: readonly Tensor[], all: readonly Tensor[]): LoadedGraph {
    const { states, compute } = this.definition;
    const recorder = new GraphRecorder(this.backend, all);
    const placeholders = all.map((tensor) => ({ name: recorder.nameOf(tensor) }));
    recorder.record(() => compute(inputs));
    const outputs = states.map(({ value }) => recorder.nameOf(value));
    return { id: this.load(encodeSavedModel(recorder.nodes)), inputs: placeholders, outputs };
  }

  /** TensorFlow loads graphs from folders. */
  private load(model: Uint8Array): number {
    const folder = mkdtempSync(join(tmpdir(), 'netspace-step-'));
    try {
      writeFileSync(join(folder, 'saved_model.pb'), model);
      return this.backend.loadSavedModelMetaGraph(folder, 'serve');
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}
