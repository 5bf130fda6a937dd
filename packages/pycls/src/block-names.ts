/** What a pycls block type is in netspace. */
interface BlockName {
  readonly block: string;
  /** The block that it is with squeeze-excitation; undefined where it has none. */
  readonly squeezed?: string;
  /** Whether the bottleneck's and the groups' width mean something to it. */
  readonly hasBottleneck: boolean;
}

/** pycls' block types (anynet.py), and the paper's V and VR under names of the same form. */
export const blockNames: Readonly<Record<string, BlockName>> = {
  res_bottleneck_block: { block: 'x', squeezed: 'y', hasBottleneck: true },
  res_bottleneck_linear_block: {
    block: 'res_bottleneck_linear',
    squeezed: 'res_bottleneck_linear',
    hasBottleneck: true,
  },
  res_basic_block: { block: 'basic', hasBottleneck: false },
  vanilla_block: { block: 'vanilla', hasBottleneck: false },
  v_block: { block: 'v', hasBottleneck: false },
  vr_block: { block: 'vr', hasBottleneck: false },
};

/** The pycls block types that netspace's blocks can be written as. R is X with one group. */
export const pyclsBlocks: Readonly<Record<string, string>> = {
  x: 'res_bottleneck_block',
  y: 'res_bottleneck_block',
  r: 'res_bottleneck_block',
  res_bottleneck_linear: 'res_bottleneck_linear_block',
  basic: 'res_basic_block',
  vanilla: 'vanilla_block',
};
