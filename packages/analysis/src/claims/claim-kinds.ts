import type { ClaimKind } from '@netspace/contracts';
import { actsFollowTime } from './acts-follow-time.js';
import { bottleneck1IsBest } from './bottleneck-1-is-best.js';
import { depthIsStable } from './depth-is-stable.js';
import { depthwiseLoses } from './depthwise-loses.js';
import { equalW0WaLosesNothing } from './equal-w0-wa-loses-nothing.js';
import { goodNetworksAreQuantizedLinear } from './good-networks-are-quantized-linear.js';
import { invertedBottleneckLoses } from './inverted-bottleneck-loses.js';
import { nondecreasingDepthsHelp } from './nondecreasing-depths-help.js';
import { nondecreasingWidthsHelp } from './nondecreasing-widths-help.js';
import { randomRegnetsSuffice } from './random-regnets-suffice.js';
import { regnetLosesNothing } from './regnet-loses-nothing.js';
import { sharingBLosesNothing } from './sharing-b-loses-nothing.js';
import { sharingGLosesNothing } from './sharing-g-loses-nothing.js';
import { squeezeExcitationHelps } from './squeeze-excitation-helps.js';
import { widthMultiplier2LosesNothing } from './width-multiplier-2-loses-nothing.js';

/**
 * The claims of the paper by name, in its order. A new one: one file and one line here.
 *
 * @example
 * import { claimKinds } from '@netspace/analysis';
 * claimKinds['sharing-b-loses-nothing']?.source; // => 'section 3.2, Fig. 5'
 */
export const claimKinds: Readonly<Record<string, ClaimKind>> = {
  'sharing-b-loses-nothing': sharingBLosesNothing,
  'sharing-g-loses-nothing': sharingGLosesNothing,
  'nondecreasing-widths-help': nondecreasingWidthsHelp,
  'nondecreasing-depths-help': nondecreasingDepthsHelp,
  'good-networks-are-quantized-linear': goodNetworksAreQuantizedLinear,
  'regnet-loses-nothing': regnetLosesNothing,
  'width-multiplier-2-loses-nothing': widthMultiplier2LosesNothing,
  'equal-w0-wa-loses-nothing': equalW0WaLosesNothing,
  'depth-is-stable': depthIsStable,
  'bottleneck-1-is-best': bottleneck1IsBest,
  'acts-follow-time': actsFollowTime,
  'random-regnets-suffice': randomRegnetsSuffice,
  'squeeze-excitation-helps': squeezeExcitationHelps,
  'inverted-bottleneck-loses': invertedBottleneckLoses,
  'depthwise-loses': depthwiseLoses,
};
