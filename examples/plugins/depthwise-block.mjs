/**
 * A block type: a depthwise 3x3 convolution, then a 1x1 convolution to the block's width.
 *
 * A block adds layers behind its input by the operations of the builder (packages/model-builder/README.md lists them) and
 * returns an output of `width` channels, smaller by `stride`. Its complexity follows from the same description.
 */
export const blocks = {
  depthwise_separable: (builder, input, { width, stride }) => {
    const groups = builder.channelsOf(input);
    const x = builder.batchNorm('a_bn', builder.conv('a', input, groups, { kernel: 3, stride, groups }));
    return builder.relu('b_af', builder.batchNorm('b_bn', builder.conv('b', x, width, { kernel: 1 })));
  },
};
