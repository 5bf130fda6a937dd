import type { RefinementKind } from '@netspace/contracts';
import { bound } from './bound.js';
import { fix } from './fix.js';
import { narrow } from './narrow.js';
import { order } from './order.js';
import { quantizedLine } from './quantized-line.js';
import { share } from './share.js';
import { tie } from './tie.js';

/** The kinds of refinements that netspace ships, by name. */
export const shippedRefinements: Readonly<Record<string, RefinementKind>> = {
  ...{ share, order, fix, narrow, tie, bound },
  'quantized-line': quantizedLine,
};
