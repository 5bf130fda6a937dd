import type { ArmAnalysis, NetworkResult, StudyAnalysis } from '@netspace/contracts';

/** Arms of one setting that a claim compares. */
export interface ArmPair {
  readonly from: ArmAnalysis;
  readonly to: ArmAnalysis;
}

type Arms = Pick<StudyAnalysis, 'arms'>;

/** A test that compares has at least so many networks on either side. */
const fewest = 5;

/**
 * In each setting the first arm that is the one and the first that is the other, where both have results.
 *
 * @param isFrom - What an arm is known by: the name of its space, or what all its networks have in common.
 */
export function pairsBySetting(
  { arms }: Arms,
  isFrom: (arm: ArmAnalysis) => boolean,
  isTo: (arm: ArmAnalysis) => boolean,
): ArmPair[] {
  const settings = [...new Set(arms.map(({ setting }) => setting))];
  return settings.flatMap((setting) => {
    const own = arms.filter((arm) => arm.setting === setting && arm.networks.length >= fewest);
    const [from, to] = [own.find(isFrom), own.find(isTo)];
    return from === undefined || to === undefined || from === to ? [] : [{ from, to }];
  });
}

/** Whether an arm is of the shipped space of this name. */
export const isOfSpace =
  (name: string) =>
  ({ space }: ArmAnalysis): boolean =>
    space === name;

/** Whether all networks of an arm have something. */
export const allNetworks =
  (has: (network: NetworkResult['network']) => boolean) =>
  ({ networks }: ArmAnalysis): boolean =>
    networks.every(({ network }) => has(network));

/** Whether a network was drawn by the quantised-linear rule. */
export function isRegNet({ parameters }: NetworkResult['network']): boolean {
  return parameters.w_0 !== undefined && parameters.w_a !== undefined && parameters.w_m !== undefined;
}

/** Whether a parameter has more than one value in an arm. */
export function varies({ networks }: ArmAnalysis, parameter: string): boolean {
  return new Set(networks.map(({ network }) => network.parameters[parameter])).size > 1;
}

/** An arm of RegNets without squeeze-excitation whose widths follow from three free parameters. */
export function isFreeRegNet(arm: ArmAnalysis): boolean {
  return hasFreeRule(arm) && !isExcited(arm);
}

/** Whether networks of an arm are known to have squeeze-excitation. */
export function isExcited({ networks }: ArmAnalysis): boolean {
  return networks.some(({ network }) => hasSqueezeExcitation(network));
}

/** An arm of RegNets whose widths follow from three free parameters. */
export function hasFreeRule(arm: ArmAnalysis): boolean {
  return (
    allNetworks(isRegNet)(arm) &&
    ['w_0', 'w_a', 'w_m'].every((parameter) => varies(arm, parameter)) &&
    arm.networks.some(({ network: { parameters } }) => parameters.w_a !== parameters.w_0)
  );
}

/** Whether a network is known to have squeeze-excitation. */
export function hasSqueezeExcitation({ config }: NetworkResult['network']): boolean {
  return (config?.squeezeExcitationRatio ?? 0) > 0;
}

/** Whether every stage of a network has such a bottleneck ratio or group width. */
export const everyStage =
  (has: (stage: { readonly bottleneckRatio: number; readonly groupWidth: number }) => boolean) =>
  ({ config }: NetworkResult['network']): boolean =>
    config?.stages.every(has) ?? false;

/** RegNets as section 4 recommends them, with free group widths: b = 1, no squeeze-excitation. */
export function isPlainRegNet(arm: ArmAnalysis): boolean {
  return (
    allNetworks(
      (network) =>
        isRegNet(network) &&
        !hasSqueezeExcitation(network) &&
        everyStage(({ bottleneckRatio }) => bottleneckRatio === 1)(network),
    )(arm) && arm.networks.some(({ network }) => !everyStage(({ groupWidth }) => groupWidth === 1)(network))
  );
}
