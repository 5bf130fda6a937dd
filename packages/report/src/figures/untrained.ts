import type { ArmAnalysis, NetworkResult, StudyAnalysis } from '@netspace/contracts';
import { axisScale } from '../axis-scale.js';
import { partialNote } from '../coverage.js';
import { positionOf } from '../encoding.js';
import type { ChartSpec, Panel } from '../figure.js';
import { ink } from '../ink.js';
import { sentences } from '../sentences.js';

const columns = 3;

/** Of networks that did not train: it stands out from ink on white and on dark. */
const lostColour = '#D55E00';

/** A network with a result. */
export interface SizedNetwork {
  readonly depth: number;
  readonly params: number;
  /** Whether it diverged or did not learn. */
  readonly lost: boolean;
}

/**
 * How deep and large the networks are that did not train, beside those that did: one panel a setting, such as the recipes of
 * `netspace recipe check`; none where all trained.
 */
export function untrainedFigure({ arms }: StudyAnalysis): ChartSpec[] {
  const all = arms.flatMap(sizedNetworks);
  if (!all.some(({ lost }) => lost)) return [];
  const settings = [...new Set(arms.filter((arm) => sizedNetworks(arm).length > 0).map(({ setting }) => setting))];
  return [
    {
      name: 'untrained',
      title: 'Networks that do not train',
      caption: sentences(
        'Each point is a network: a cross one that diverged or did not learn, a dot one that trained. Where crosses lie at one',
        'end of an axis, the recipe does not suit networks of that depth or size.',
        partialNote(arms),
      ),
      spec: {
        concat: settings.map((setting, index) =>
          panelOf(setting, arms.filter((arm) => arm.setting === setting).flatMap(sizedNetworks), {
            all,
            isFirst: index % columns === 0,
          }),
        ),
        columns,
        spacing: { row: 40, column: 24 },
      },
    },
  ];
}

/** The networks of an arm with a result and a known depth and size. */
export function sizedNetworks({ networks }: Pick<ArmAnalysis, 'networks'>): SizedNetwork[] {
  return networks.flatMap(({ network: { config, complexity }, diverged, untrained }: NetworkResult) => {
    if (config === null || complexity.params === undefined) return [];
    const depth = config.stages.reduce((sum, stage) => sum + stage.depth, 0);
    return [{ depth, params: complexity.params, lost: diverged || untrained }];
  });
}

interface Axes {
  /** The networks of all panels: they share their axes. */
  readonly all: readonly SizedNetwork[];
  readonly isFirst: boolean;
}

function panelOf(setting: string, networks: readonly SizedNetwork[], { all, isFirst }: Axes): Panel {
  const [depths, params] = [all.map(({ depth }) => depth), all.map((one) => one.params)];
  const x = positionOf('depth', depths, axisScale(depths), 'blocks');
  const y = positionOf('params', params, axisScale(params), isFirst ? 'params' : null);
  const lost = networks.filter((one) => one.lost);
  return {
    width: 250,
    height: 190,
    title: { text: setting, subtitle: `${lost.length} of ${networks.length} do not train` },
    layer: [
      {
        data: { values: networks.filter((one) => !one.lost) },
        mark: { type: 'point', filled: true, size: 26, opacity: 0.45, color: ink },
        encoding: { x, y },
      },
      {
        data: { values: lost },
        mark: { type: 'point', shape: 'cross', filled: true, size: 70, angle: 45, color: lostColour },
        encoding: { x, y },
      },
    ],
  };
}
