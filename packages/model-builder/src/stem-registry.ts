import { Registry } from './registry.js';
import type { StemType } from './stem-type.js';
import { resStemCifar } from './stems/res-stem-cifar.js';
import { resStemIn } from './stems/res-stem-in.js';
import { simpleStemIn } from './stems/simple-stem-in.js';

/** The stem types by name. A shipped one: one file and one line here. */
export const stemRegistry = new Registry<StemType>('stem', {
  res_stem_cifar: resStemCifar,
  simple_stem_in: simpleStemIn,
  res_stem_in: resStemIn,
});
