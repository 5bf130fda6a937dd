import type { ArmAnalysis, FigureStyle, StudyAnalysis } from '@netspace/contracts';
import { formatShare } from '@netspace/formats';
import { armPoint } from '../encoding.js';
import type { ChartSpec, Encoding } from '../figure.js';
import { ink } from '../ink.js';

/** What became of an arm's candidates. */
export interface CandidateShare {
  /** `accepted`, or the check that rejected them. */
  readonly outcome: string;
  /** Share of the candidates drawn, in [0, 1]. */
  readonly share: number;
}

/** The accepted share of the candidates, and what each check rejected; none where they were drawn elsewhere. */
export function candidateShares({ sampling }: ArmAnalysis): CandidateShare[] {
  if (sampling === null || sampling.drawn === 0) return [];
  return Object.entries({ accepted: sampling.accepted, ...sampling.rejected }).map(([outcome, count]) => ({
    outcome,
    share: count / sampling.drawn,
  }));
}

/** Up to so many arms, the colour of a bar tells the arm; more are named beside their bars. */
const coloursApart = 6;

/** How hard the populations were to find. */
export function samplingEffortFigure({ arms }: StudyAnalysis, style: FigureStyle): ChartSpec[] {
  const areNamed = arms.length > coloursApart;
  const textOf = ({ name }: ArmAnalysis, share: number): string => formatShare(share) + (areNamed ? ` ${name}` : '');
  const shares = arms.flatMap((arm) =>
    candidateShares(arm).map((share) => ({ ...share, arm: arm.name, text: textOf(arm, share.share) })),
  );
  if (shares.length === 0) return [];
  const { color } = armPoint(arms, style);
  const outcomes = [...new Set(shares.map(({ outcome }) => outcome))];
  const encoding: Encoding = {
    y: { field: 'outcome', type: 'nominal', sort: outcomes, title: null, axis: { labelLimit: 300 } },
    yOffset: { field: 'arm', sort: arms.map(({ name }) => name) },
    x: {
      field: 'share',
      type: 'quantitative',
      title: 'share of the candidates drawn',
      scale: { domain: [0, 1] },
      axis: { format: '.0%', tickCount: 5, labelFlush: false },
    },
  };
  return [
    {
      name: 'sampling-effort',
      title: 'Sampling effort',
      caption: 'What became of the candidates that were drawn: accepted, or rejected by the check named.',
      spec: {
        width: 480,
        height: { step: 14 },
        data: { values: shares },
        layer: [
          { mark: { type: 'bar' }, encoding: { ...encoding, color: areNamed ? { ...color, legend: null } : color } },
          {
            mark: { type: 'text', align: 'left', dx: 4, color: ink, fontSize: 11 },
            encoding: { ...encoding, text: { field: 'text' } },
          },
        ],
      },
    },
  ];
}
