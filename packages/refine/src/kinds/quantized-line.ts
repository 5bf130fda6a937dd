import type { DesignSpace, Parameter, Proposal, RefinementKind, SampledNetwork } from '@netspace/contracts';
import { findDesignSpace } from '@netspace/design-space';
import { fit } from '@netspace/quantized-linear';
import { percentile } from '@netspace/statistics';

/** Mean error of the fit, as a factor of widths, up to which good networks are near a line: in the paper's figure 8, most are. */
const near = Math.log(1.3);

/** The best networks, at most half of them, that are fitted. */
const fitted = 50;

/** Widths and depths by the quantised-linear rule, where the best networks are near it (the paper's RegNet). */
export const quantizedLine: RefinementKind = ({ space, networks }) => {
  if (space.kind !== 'anynet' || !isWhole(space, 'b') || !isWhole(space, 'g')) return [];
  const best = [...networks].sort((a, b) => a.error - b.error).slice(0, Math.min(fitted, networks.length / 2));
  const fits = best.map(({ network }) => fitErrorOf(network));
  const typical = percentile(fits, 50);
  return typical > near ? [] : [proposal(space, typical)];
};

function isWhole({ shared, parameters }: DesignSpace, name: string): boolean {
  return shared.includes(name) || 'value' in parameters[name]!;
}

function proposal({ stages, parameters }: DesignSpace, typical: number): Proposal {
  const rule = findDesignSpace('RegNetX').parameters;
  const [d, b, g] = [parameters.d!, parameters.b!, parameters.g!];
  return {
    name: 'quantized-line',
    statement: `widths and depths follow a quantised line (the best networks fit one within a factor of ${Math.exp(typical).toFixed(2)})`,
    change: { kind: 'regnet', parameters: { ...rule, depth: depthOf(d, stages.low, stages.high, rule.depth!), b, g } },
  };
}

/** As deep as the stages could be in all; below 64 blocks, which the paper gives the rule. */
function depthOf(d: Parameter, fewest: number, most: number, rule: Parameter): Parameter {
  if (!('distribution' in d) || !('distribution' in rule)) return rule;
  return { ...rule, low: Math.max(fewest, fewest * d.low), high: Math.min(rule.high, most * d.high) };
}

function fitErrorOf({ config: { stages } }: SampledNetwork): number {
  return fit({ widths: stages.map(({ width }) => width), depths: stages.map(({ depth }) => depth) }).fitError;
}
