import type { Activation, LayerBuilder } from './layer-builder.js';

/** A stem type: adds the stem behind the images and returns its output, of `width` channels. */
export type StemType = (builder: LayerBuilder, images: Activation, width: number) => Activation;
