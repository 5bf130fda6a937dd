/** The shape of one image's activations. Batches add a leading axis: [batch, channels, height, width]. */
export interface ActivationShape {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

interface NodeBase {
  /** The node's own index in {@link NetworkGraph.nodes}. */
  readonly id: number;
  /** Ids of the nodes it reads; always smaller than its own. */
  readonly inputs: readonly number[];
  /** Shape of its output. */
  readonly shape: ActivationShape;
  /** The layer it belongs to, in pycls' names: `stem.conv`, `s1.b2.f.a_bn`, `head.fc`. */
  readonly layer: string;
}

/** The images, [batch, channels, height, width]. Exactly one per graph, node 0. */
export interface InputNode extends NodeBase {
  readonly op: 'input';
}

/** A square 2-d convolution, cross-correlation as in PyTorch; weight [out, in / groups, kernel, kernel]. */
export interface ConvNode extends NodeBase {
  readonly op: 'conv';
  readonly kernel: number;
  readonly stride: number;
  /** Zeros added on each side. */
  readonly padding: number;
  readonly groups: number;
  /** Name of the weight parameter. */
  readonly weight: string;
  /** Name of the bias parameter [out], where there is one. */
  readonly bias?: string;
}

/**
 * Batch normalisation over batch, height and width. Training uses the batch's biased variance and moves the running
 * statistics by `momentum` towards the batch's mean and unbiased variance (as PyTorch). A channel of a single value has
 * variance 0.
 */
export interface BatchNormNode extends NodeBase {
  readonly op: 'batch_norm';
  readonly epsilon: number;
  /** Weight of the new batch in the running statistics, in [0, 1]. */
  readonly momentum: number;
  /** Parameter names, each [channels]. */
  readonly gamma: string;
  readonly beta: string;
  /** Buffer names, each [channels]. */
  readonly runningMean: string;
  readonly runningVariance: string;
}

/** max(x, 0); the gradient at 0 is 0. */
export interface ReluNode extends NodeBase {
  readonly op: 'relu';
}

/** 1 / (1 + exp(-x)). */
export interface SigmoidNode extends NodeBase {
  readonly op: 'sigmoid';
}

/** Sum of two activations of the same shape. */
export interface AddNode extends NodeBase {
  readonly op: 'add';
}

/** Inputs [x, s]: x times the per-channel scale s, whose shape is [channels, 1, 1]. */
export interface ScaleNode extends NodeBase {
  readonly op: 'scale';
}

/** Mean over height and width; output shape [channels, 1, 1]. */
export interface GlobalAveragePoolNode extends NodeBase {
  readonly op: 'global_average_pool';
}

/** Maximum over windows; padding counts as minus infinity. */
export interface MaxPoolNode extends NodeBase {
  readonly op: 'max_pool';
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

/** Fully connected, on a [channels, 1, 1] input: weight [out, in], bias [out]. */
export interface LinearNode extends NodeBase {
  readonly op: 'linear';
  readonly weight: string;
  readonly bias: string;
}

/** A primitive operation. */
export type GraphNode =
  | InputNode
  | ConvNode
  | BatchNormNode
  | ReluNode
  | SigmoidNode
  | AddNode
  | ScaleNode
  | GlobalAveragePoolNode
  | MaxPoolNode
  | LinearNode;

/** What a parameter is: decides its initial value and its weight decay. */
export type ParameterRole = 'conv_weight' | 'linear_weight' | 'bias' | 'batch_norm_gamma' | 'batch_norm_beta';

/** A trainable tensor. */
export interface ParameterSpec {
  /** Its name in a pycls state dict: `s1.b1.f.a_bn.weight`. */
  readonly name: string;
  /** PyTorch layout: convolutions [out, in / groups, k, k], linear [out, in], others [channels]. */
  readonly shape: readonly number[];
  readonly role: ParameterRole;
}

/** A tensor that training moves but no gradient reaches: the running statistics, each [channels]. */
export interface BufferSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly role: 'running_mean' | 'running_variance';
}

/** A network as primitive operations in topological order: what engines compile and complexity follows from. */
export interface NetworkGraph {
  readonly nodes: readonly GraphNode[];
  /** Id of the node whose output the graph returns: the logits [classes, 1, 1] of a network. */
  readonly output: number;
  /** In the order of a pycls state dict. */
  readonly parameters: readonly ParameterSpec[];
  readonly buffers: readonly BufferSpec[];
}
