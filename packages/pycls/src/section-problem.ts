import { InvalidInputError } from '@netspace/contracts';
import type { NetworkProblem } from '@netspace/model-builder';
import { regnetStages } from './any-net-of-sections.js';
import { blockNames } from './block-names.js';
import type { AnynetSection, RegnetSection, Sections } from './sections.js';

/** What keeps a configuration's section from describing stages. */
export function sectionProblem({ MODEL, ANYNET, REGNET }: Sections): NetworkProblem | undefined {
  return MODEL.TYPE === 'anynet' ? listProblem(ANYNET) : multiplierProblem(REGNET);
}

/** A list that has not one value for each stage. */
function listProblem(section: AnynetSection): NetworkProblem | undefined {
  const stages = section.DEPTHS.length;
  if (stages === 0) return { path: ['ANYNET', 'DEPTHS'], problem: 'is empty', expected: 'at least 1 stage' };
  const list = neededLists(section).find((name) => section[name].length !== stages);
  if (list === undefined) return undefined;
  const problem = `values in the list: ${section[list].length}`;
  return { path: ['ANYNET', list], problem, expected: `${stages}, as in DEPTHS` };
}

function neededLists({ BLOCK_TYPE }: AnynetSection): ('WIDTHS' | 'STRIDES' | 'BOT_MULS' | 'GROUP_WS')[] {
  const hasBottleneck = blockNames[BLOCK_TYPE]?.hasBottleneck === true;
  return hasBottleneck ? ['WIDTHS', 'STRIDES', 'BOT_MULS', 'GROUP_WS'] : ['WIDTHS', 'STRIDES'];
}

/** A bottleneck multiplier that gives some stage no whole number of groups. */
function multiplierProblem(section: RegnetSection): NetworkProblem | undefined {
  try {
    regnetStages(section);
    return undefined;
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    const problem = `got ${section.BOT_MUL}, which leaves a stage without a whole number of groups`;
    return { path: ['REGNET', 'BOT_MUL'], problem, expected: 'such as 0.25, 0.5, 1, 2' };
  }
}
