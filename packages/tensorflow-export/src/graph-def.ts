/** Types of tensors. */
export type DataType = 'float32' | 'int32' | 'bool';

/** A tensor of a constant: float32 or int32. */
export interface Constant {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

/** The value of a node's attribute. */
export type AttributeValue =
  | { readonly float: number }
  | { readonly integer: number }
  | { readonly integers: readonly number[] }
  | { readonly boolean: boolean }
  | { readonly text: string }
  | { readonly type: DataType }
  /** -1: any size. */
  | { readonly shape: readonly number[] }
  | { readonly tensor: Constant };

/** An operation of TensorFlow. */
export interface GraphDefNode {
  readonly name: string;
  readonly op: string;
  /** Names of nodes; `name:1` is a node's second output, `name:0` the same as `name`. */
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

/** A tensor that goes in or comes out. */
export interface GraphTensor {
  /** Of the node whose first output it is. */
  readonly name: string;
  /** -1: any size. */
  readonly shape: readonly number[];
}

/** What goes into a network and what comes out. */
export interface GraphSignature {
  /** The placeholder of the images, [batch, height, width, channels]. */
  readonly input: GraphTensor;
  /** [batch, classes], or [batch, height, width, channels] where the graph's output has pixels. */
  readonly output: GraphTensor;
}

/** A network in evaluation mode as operations of TensorFlow, in topological order. */
export interface GraphDef extends GraphSignature {
  readonly nodes: readonly GraphDefNode[];
}
