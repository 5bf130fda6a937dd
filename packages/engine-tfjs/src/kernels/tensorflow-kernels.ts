import { paddingMode, type PaddingMode } from '@netspace/tensorflow-export';
import {
  concat,
  fill,
  pad,
  slice,
  split,
  tensor1d,
  tidy,
  zeros,
  type Rank,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { BatchNormResult, Convolution, KernelSet, Shape4D, Window } from './kernel-set.js';
import type { Attribute, TensorflowBackend } from './tensorflow-backend.js';

/**
 * Kernels of a TensorFlow library, by its own operations.
 *
 * Every library has Conv2D for groups; the gradients it has on GPUs and, on CPUs, where oneDNN is on. Where it has not,
 * each group is a convolution of its own.
 */
export class TensorflowKernels implements KernelSet {
  private readonly type: Attribute;
  private readonly hasGroupedGradients: boolean;

  constructor(private readonly backend: TensorflowBackend) {
    this.type = { name: 'T', type: backend.binding.TF_ATTR_TYPE, value: backend.binding.TF_FLOAT };
    this.hasGroupedGradients = this.tryGroupedGradients();
  }

  groupedConv2d(x: Tensor4D, filter: Tensor4D, convolution: Convolution): Tensor4D {
    const isSame = paddingMode(x.shape, convolution) === 'SAME';
    const attributes = isSame ? this.window(convolution, 'SAME') : this.explicitWindow(convolution);
    return this.execute('Conv2D', attributes, [x, filter]);
  }

  groupedConv2dInputGradient(
    dy: Tensor4D,
    filter: Tensor4D,
    { xShape, ...convolution }: Convolution & { xShape: Shape4D },
  ): Tensor4D {
    const padding = paddingMode(xShape, convolution);
    const margin = padding === 'VALID' ? convolution.padding : 0;
    const [n, height, width, channels] = xShape;
    const framed: Shape4D = [n, height + 2 * margin, width + 2 * margin, channels];
    const gradient = this.byGroup(convolution.groups, [dy, filter], (parts, groups) =>
      this.execute('Conv2DBackpropInput', this.window(convolution, padding), [
        tensor1d([...framed.slice(0, 3), channels / groups], 'int32'),
        parts[1]!,
        parts[0]!,
      ]),
    );
    return margin === 0 ? gradient : slice(gradient, [0, margin, margin, 0], xShape);
  }

  groupedConv2dFilterGradient(x: Tensor4D, dy: Tensor4D, convolution: Convolution): Tensor4D {
    const { kernel, groups } = convolution;
    const [framed, padding] = frame(x, convolution, 0);
    const shape = (parts: number): number[] => [kernel, kernel, x.shape[3] / groups, dy.shape[3] / parts];
    return this.byGroup(groups, [framed, dy], (tensors, parts) =>
      this.execute('Conv2DBackpropFilter', this.window(convolution, padding), [
        tensors[0]!,
        tensor1d(shape(parts), 'int32'),
        tensors[1]!,
      ]),
    );
  }

  batchNorm(x: Tensor4D, gamma: Tensor1D, beta: Tensor1D, { epsilon }: { epsilon: number }): BatchNormResult {
    const none = zeros([0]);
    const inputs = [x, gamma, beta, none, none];
    return this.backend.executeMultipleOutputs(
      'FusedBatchNormV3',
      this.normalisation(epsilon),
      inputs,
      6,
    ) as BatchNormResult;
  }

  batchNormGradient(
    dy: Tensor4D,
    x: Tensor4D,
    gamma: Tensor1D,
    saved: readonly Tensor[],
    { epsilon }: { epsilon: number },
  ): [Tensor4D, Tensor1D, Tensor1D] {
    const inputs = [dy, x, gamma, ...saved];
    const outputs = this.backend.executeMultipleOutputs('FusedBatchNormGradV3', this.normalisation(epsilon), inputs, 5);
    return outputs.slice(0, 3) as [Tensor4D, Tensor1D, Tensor1D];
  }

  reluGradient(dy: Tensor4D, y: Tensor4D): Tensor4D {
    return this.execute('ReluGrad', [this.type], [dy, y]);
  }

  maxPool(x: Tensor4D, window: Window): Tensor4D {
    const [framed, padding] = frame(x, window, -Infinity);
    return this.execute('MaxPool', this.pooling(window, padding), [framed]);
  }

  maxPoolGradient(dy: Tensor4D, x: Tensor4D, y: Tensor4D, window: Window): Tensor4D {
    const [framed, padding] = frame(x, window, -Infinity);
    const attributes = this.pooling(window, padding);
    const gradient = this.execute('MaxPoolGrad', attributes, [framed, y, dy]);
    if (framed === x) return gradient;
    return slice(gradient, [0, window.padding, window.padding, 0], x.shape);
  }

  softmaxCrossEntropy(logits: Tensor2D, targets: Tensor2D): [loss: Tensor1D, gradient: Tensor2D] {
    return this.backend.executeMultipleOutputs('SoftmaxCrossEntropyWithLogits', [this.type], [logits, targets], 2) as [
      Tensor1D,
      Tensor2D,
    ];
  }

  /** Whether the gradients take all groups at once: shown by a convolution of two groups. */
  private tryGroupedGradients(): boolean {
    const convolution = { kernel: 3, stride: 1, padding: 1, groups: 2 };
    const attributes = this.window(convolution, 'SAME');
    try {
      tidy(() => {
        const image = fill<Rank.R4>([1, 4, 4, 4], 1);
        const filter = fill<Rank.R4>([3, 3, 2, 4], 1);
        const shapes = [image, filter].map(({ shape }) => tensor1d(shape, 'int32'));
        this.execute('Conv2DBackpropInput', attributes, [shapes[0]!, filter, image]);
        this.execute('Conv2DBackpropFilter', attributes, [image, shapes[1]!, image]);
      });
      return true;
    } catch {
      return false;
    }
  }

  /** Calls `compute` once for all groups where the library can, else once for each, and joins the channels. */
  private byGroup(
    groups: number,
    tensors: readonly Tensor4D[],
    compute: (tensors: readonly Tensor4D[], parts: number) => Tensor4D,
  ): Tensor4D {
    if (groups === 1 || this.hasGroupedGradients) return compute(tensors, 1);
    const parts = tensors.map((tensor) => split<Tensor4D>(tensor, groups, 3));
    return concat(
      Array.from({ length: groups }, (_, group) =>
        compute(
          parts.map((part) => part[group]!),
          groups,
        ),
      ),
      3,
    );
  }

  private execute(operation: string, attributes: readonly Attribute[], inputs: readonly Tensor[]): Tensor4D {
    return this.backend.executeSingleOutput(operation, attributes, inputs) as Tensor4D;
  }

  private window({ stride }: Window, padding: PaddingMode | 'EXPLICIT'): Attribute[] {
    const { TF_ATTR_INT, TF_ATTR_STRING } = this.backend.binding;
    return [
      this.type,
      { name: 'strides', type: TF_ATTR_INT, value: [1, stride, stride, 1] },
      { name: 'padding', type: TF_ATTR_STRING, value: padding },
    ];
  }

  /** Only Conv2D itself takes it for groups, its gradients do not. */
  private explicitWindow(convolution: Convolution): Attribute[] {
    const { padding } = convolution;
    const value = [0, 0, padding, padding, padding, padding, 0, 0];
    const type = this.backend.binding.TF_ATTR_INT;
    return [...this.window(convolution, 'EXPLICIT'), { name: 'explicit_paddings', type, value }];
  }

  private pooling(window: Window, padding: PaddingMode): Attribute[] {
    const size = [1, window.kernel, window.kernel, 1];
    return [...this.window(window, padding), { name: 'ksize', type: this.backend.binding.TF_ATTR_INT, value: size }];
  }

  private normalisation(epsilon: number): Attribute[] {
    const { TF_ATTR_FLOAT, TF_ATTR_TYPE, TF_ATTR_BOOL, TF_FLOAT } = this.backend.binding;
    return [
      this.type,
      { name: 'U', type: TF_ATTR_TYPE, value: TF_FLOAT },
      { name: 'epsilon', type: TF_ATTR_FLOAT, value: epsilon },
      { name: 'is_training', type: TF_ATTR_BOOL, value: true },
    ];
  }
}

/** The image, with pixels of `value` around it where TensorFlow would not add what the window asks for. */
function frame(x: Tensor4D, window: Window, value: number): [Tensor4D, PaddingMode] {
  const mode = paddingMode(x.shape, window);
  if (mode === 'SAME' || window.padding === 0) return [x, mode];
  const margin: [number, number] = [window.padding, window.padding];
  return [pad(x, [[0, 0], margin, margin, [0, 0]], value), mode];
}
