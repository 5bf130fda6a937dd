import {
  InvalidInputError,
  type Latencies,
  type Population,
  type QuantizedLinearFit,
  type SampledNetwork,
  type TrainingRecord,
} from '@netspace/contracts';
import { errorsOf } from '@netspace/statistics';
import { type AxisScale, axisScale } from './axis-scale.js';
import { colourOf } from './palette.js';
import type { ReportInput, ReportSpace } from './report-input.js';

/** A network with an error. */
export interface TrainedNetwork {
  readonly network: SampledNetwork;
  readonly record: TrainingRecord;
  /** Per cent; 100 where the training diverged. */
  readonly error: number;
  readonly diverged: boolean;
  readonly fit: QuantizedLinearFit | undefined;
}

/** A space, ready for figures and tables. */
export interface SpaceView {
  readonly name: string;
  /** The name as part of file names and page anchors; distinct in the study. */
  readonly slug: string;
  readonly colour: string;
  readonly population: Population;
  readonly degreesOfFreedom: number;
  readonly size: string;
  /** Best first; networks that could not run are not among them. */
  readonly networks: readonly TrainedNetwork[];
  /** The networks that did not diverge. */
  readonly completed: readonly TrainedNetwork[];
  /** Of the networks, ascending. */
  readonly errors: readonly number[];
  readonly failed: readonly TrainingRecord[];
}

/** A study, ready for figures and tables. */
export interface StudyView {
  readonly spaces: readonly SpaceView[];
  /** The axis of errors, the same in all figures: it spans the completed networks. */
  readonly errorScale: AxisScale;
  readonly latencies: Latencies | undefined;
}

/**
 * The study as figures and tables need it.
 *
 * @throws InvalidInputError where there is no space or two share a name.
 */
export function viewStudy({ spaces, latencies }: ReportInput): StudyView {
  if (spaces.length === 0)
    throw new InvalidInputError({ key: 'spaces', problem: 'got none', expected: 'at least one' });
  const names = spaces.map(({ population }) => population.space);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new InvalidInputError({ key: 'spaces', problem: `"${twice}" is there twice`, expected: 'distinct names' });
  }
  const slugs = slugsOf(names);
  const views = spaces.map((space, index) => viewSpace(space, slugs[index]!, colourOf(index)));
  const errors = views.flatMap(({ completed }) => completed.map(({ error }) => error));
  return { spaces: views, errorScale: errorScale(errors), latencies };
}

/** Where every network diverged, figures of errors are left out, and the scale is of no use. */
function errorScale(errors: readonly number[]): AxisScale {
  return errors.length === 0 ? { type: 'linear', domain: [0, 100] } : axisScale(errors);
}

/** Names in letters, digits and hyphens; numbered where two would be the same. */
function slugsOf(names: readonly string[]): string[] {
  const slugs = names.map((name) =>
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, ''),
  );
  return slugs.map((slug, index) =>
    slugs.indexOf(slug) === slugs.lastIndexOf(slug) && slug !== '' ? slug : `${slug}-${index + 1}`,
  );
}

function viewSpace(
  { population, records, degreesOfFreedom, size, fits }: ReportSpace,
  slug: string,
  colour: string,
): SpaceView {
  const networks = records
    .flatMap((record): TrainedNetwork[] => {
      const { network, status } = record;
      return errorsOf([record]).map((error) => ({
        network,
        record,
        error,
        diverged: status === 'diverged',
        fit: fits[network.id],
      }));
    })
    .sort((a, b) => a.error - b.error || a.network.index - b.network.index);
  return {
    name: population.space,
    slug,
    colour,
    population,
    degreesOfFreedom,
    size,
    networks,
    completed: networks.filter(({ diverged }) => !diverged),
    errors: networks.map(({ error }) => error),
    failed: records.filter(({ status }) => status === 'failed'),
  };
}
