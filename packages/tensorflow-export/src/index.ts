// Networks as models
export { modelFormats, saveModel, type ModelFormat } from './save-model.js';

// What else speaks to TensorFlow: its graphs and its layout
export { encodeSavedModel } from './encode-saved-model.js';
export type { AttributeValue, Constant, DataType, GraphDefNode, GraphSignature, GraphTensor } from './graph-def.js';
export { paddingMode, type MovingWindow, type PaddingMode } from './padding-mode.js';
export { permute, toChannelsFirst, toChannelsLast } from './permute.js';
