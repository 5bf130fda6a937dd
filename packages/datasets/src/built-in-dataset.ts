import type { ImageShape, LoadedDataset, PluginPlace } from '@netspace/contracts';
import type { z } from 'zod';

/** One kind of dataset of netspace: what a study file may say of it, what a network must know of it, how it is loaded. */
export interface BuiltInDataset<Schema extends z.ZodObject<{ name: z.ZodLiteral<string> }>> {
  readonly schema: Schema;
  /** Classes, channels and image size, without reading images. */
  describe(spec: z.output<Schema>, place: PluginPlace): Promise<ImageShape>;
  /** @param signal - Ends the loading early. */
  load(spec: z.output<Schema>, place: PluginPlace, signal?: AbortSignal): Promise<LoadedDataset>;
}
