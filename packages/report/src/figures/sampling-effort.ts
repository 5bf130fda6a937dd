import { spaceColour } from '../encoding.js';
import type { Encoding, FigureSpec } from '../figure.js';
import { sharePercent } from '../format.js';
import { ink } from '../palette.js';
import type { SpaceView, StudyView } from '../study-view.js';

/** What became of a space's candidates. */
export interface CandidateShare {
  /** `accepted`, or the check that rejected them. */
  readonly outcome: string;
  /** Share of the candidates drawn, in [0, 1]. */
  readonly share: number;
}

/** The accepted share of the candidates, and what each check rejected. */
export function candidateShares({ population: { sampling } }: SpaceView): CandidateShare[] {
  if (sampling.drawn === 0) return [];
  return Object.entries({ accepted: sampling.accepted, ...sampling.rejected }).map(([outcome, count]) => ({
    outcome,
    share: count / sampling.drawn,
  }));
}

/** How hard the populations were to find. */
export function samplingEffortFigure(study: StudyView): FigureSpec[] {
  const shares = study.spaces.flatMap((space) =>
    candidateShares(space).map((share) => ({ ...share, space: space.name, text: sharePercent(share.share) })),
  );
  if (shares.length === 0) return [];
  const outcomes = [...new Set(shares.map(({ outcome }) => outcome))];
  const names = study.spaces.map(({ name }) => name);
  const encoding: Encoding = {
    y: { field: 'outcome', type: 'nominal', sort: outcomes, title: null, axis: { labelLimit: 300 } },
    yOffset: { field: 'space', sort: names },
    x: {
      field: 'share',
      type: 'quantitative',
      title: 'share of the candidates drawn',
      scale: { domain: [0, 1] },
      axis: { format: '.0%', tickCount: 5 },
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
          { mark: { type: 'bar' }, encoding: { ...encoding, color: spaceColour(study.spaces) } },
          {
            mark: { type: 'text', align: 'left', dx: 4, color: ink, fontSize: 11 },
            encoding: { ...encoding, text: { field: 'text' } },
          },
        ],
      },
    },
  ];
}
