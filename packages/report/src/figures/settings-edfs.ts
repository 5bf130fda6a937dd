import type { ArmAnalysis, FigureStyle, StudyAnalysis } from '@netspace/contracts';
import { partialNote } from '../coverage.js';
import { armLine, errorPosition } from '../encoding.js';
import type { ChartSpec, Panel } from '../figure.js';
import { sentences } from '../sentences.js';
import { edfPoints } from './error-edf.js';

const columns = 3;

/** The error distributions of the spaces in each setting, one panel a setting (paper, Fig. 10); none where there is one setting. */
export function settingsEdfsFigure({ arms }: StudyAnalysis, style: FigureStyle): ChartSpec[] {
  const trained = arms.filter(({ counts }) => counts.completed > 0);
  const settings = [...new Set(trained.map(({ setting }) => setting))];
  const spaces = firstOfSpaces(trained);
  if (settings.length < 2 || spaces.length < 2) return [];
  const axes = { arms, spaces, style };
  return [
    {
      name: 'settings-edfs',
      title: 'Error distributions, setting by setting',
      caption: sentences(
        'Empirical distribution functions of the test error in each setting, on the same axes: further up and left is',
        'better.',
        partialNote(arms),
      ),
      spec: {
        concat: settings.map((setting, index) => {
          const own = trained.filter((arm) => arm.setting === setting);
          return panelOf(setting, own, { ...axes, isFirst: index % columns === 0 });
        }),
        columns,
        spacing: { row: 40, column: 24 },
      },
    },
  ];
}

interface Axes {
  readonly arms: readonly ArmAnalysis[];
  /** An arm of each space: a space has its colour in every panel. */
  readonly spaces: readonly ArmAnalysis[];
  readonly style: FigureStyle;
  /** Whether the panel is the first of its row. */
  readonly isFirst: boolean;
}

function panelOf(setting: string, own: readonly ArmAnalysis[], { arms, spaces, style, isFirst }: Axes): Panel {
  const values = own.flatMap(({ space, edf }) =>
    edfPoints(edf, style.errorScale.domain).map((point) => ({ ...point, arm: space })),
  );
  return {
    width: 270,
    height: 190,
    title: setting,
    data: { values },
    mark: { type: 'line', interpolate: 'step-after', strokeWidth: 2, clip: true },
    encoding: {
      x: errorPosition(arms, style),
      y: {
        ...{ field: 'share', type: 'quantitative', title: isFirst ? 'share of networks' : null },
        ...{ scale: { domain: [0, 1] }, axis: { format: '.0%', tickCount: 5 } },
      },
      ...armLine(spaces, style, ({ space }) => space),
    },
  };
}

/** The first arm of each space. */
export function firstOfSpaces(arms: readonly ArmAnalysis[]): ArmAnalysis[] {
  return arms.filter(({ space }, index) => arms.findIndex((arm) => arm.space === space) === index);
}
