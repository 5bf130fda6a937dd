/** A stem type: a convolution of stride 2 without overlap of more than a pixel, and batch normalisation. */
export const stems = {
  patchify: (builder, images, width) =>
    builder.relu('af', builder.batchNorm('bn', builder.conv('conv', images, width, { kernel: 3, stride: 2 }))),
};
