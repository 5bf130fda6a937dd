import type {
  ArmAnalysis,
  ArmComparison,
  FigureStyle,
  MatchedComparison,
  StudyAnalysis,
  WeightedComparison,
} from '@netspace/contracts';
import { formatPercent, formatProbability, formatShare } from '@netspace/formats';
import { armColumn } from '../arm-column.js';
import { describeDifference, level } from '../describe-difference.js';
import { withInterval } from '../interval-text.js';
import { html, type Markup } from '../markup.js';
import { type Column, numeric, table } from '../table.js';

const none = '–';

/** How the arms compare: effects with their intervals first, tests beside; nothing where none are compared. */
export function comparisonsSection(analysis: StudyAnalysis, style: FigureStyle): Markup {
  const { arms, comparisons } = analysis;
  if (comparisons.length === 0) return html``;
  return html`<section id="comparisons">
    <h2>Comparisons</h2>
    ${table<ArmComparison>(
      [
        ...pairColumns(arms, style),
        numeric('networks', ({ networks }) => networks.join(' and ')),
        numeric('better by (median)', ({ medianDifference: { difference, interval } }) =>
          withInterval(difference, interval),
        ),
        numeric('better by (interquartile mean)', ({ interquartileMeanDifference: { difference, interval } }) =>
          withInterval(difference, interval),
        ),
        numeric('chance of improvement', ({ probabilityOfImprovement: { value, interval } }) =>
          withInterval(value, interval),
        ),
        numeric('KS', ({ test }) => test.statistic.toFixed(2)),
        ...(comparisons.length > 1
          ? [numeric<ArmComparison>('adjusted p', ({ adjustedP }) => formatProbability(adjustedP))]
          : []),
        numeric('p', ({ p }) => formatProbability(p)),
        numeric('p (MW)', ({ mannWhitneyP }) => formatProbability(mannWhitneyP)),
        numeric('p (BM)', ({ brunnerMunzelP }) => (brunnerMunzelP === null ? none : formatProbability(brunnerMunzelP))),
      ],
      comparisons,
    )}
    ${comparisonsNote(comparisons.length)} ${matchedTable(analysis, style)} ${weightedTable(analysis, style)}
    <details>
      <summary>The Kolmogorov-Smirnov distances in words</summary>
      ${comparisons.map((comparison) => html`<p>${describeDifference(comparison, analysis)}</p>`)}
    </details>
  </section>`;
}

/** Columns of the two arms that a row compares. */
function pairColumns<Row extends Pick<ArmComparison, 'first' | 'other'>>(
  arms: readonly ArmAnalysis[],
  style: FigureStyle,
): Column<Row>[] {
  const armOf = (name: string): ArmAnalysis => arms.find((arm) => arm.name === name)!;
  return [
    armColumn<Row>(arms, style, ({ other }) => armOf(other)),
    { ...armColumn<Row>(arms, style, ({ first }) => armOf(first)), header: 'against' },
  ];
}

function comparisonsNote(comparisons: number): Markup {
  const adjusted =
    comparisons === 1
      ? ''
      : ` The adjusted p makes up for ${comparisons} comparisons (Holm): calling distributions different only where it is below ${level} keeps the chance of even one false difference below ${level}.`;
  return html`<p class="note">
    Errors are test errors; differences are in percentage points, above 0 where the space is better than the one it
    stands against, with their 95&nbsp;% intervals: the median of all differences between a network of one and of the
    other (Hodges-Lehmann), and the difference of interquartile means (bootstrap). The chance of improvement is that of
    a random network to have a lower error than one of the other space. KS is the largest vertical distance of the two
    error distributions, and p the chance of such a distance if both were samples of one; beside it the p of Mann and
    Whitney’s and of Brunner and Munzel’s test.${adjusted}
  </p>`;
}

type MatchedRow = ArmComparison & { readonly matched: MatchedComparison };

/** Pairs of networks that are alike; nothing where the study does not ask for them. */
function matchedTable({ arms, comparisons }: StudyAnalysis, style: FigureStyle): Markup {
  const rows = comparisons.filter((comparison): comparison is MatchedRow => comparison.matched !== null);
  if (rows.length === 0) return html``;
  const areAlike = rows.every(({ matched }) => matched.alikeIn === 'pair');
  return html`<h3>${areAlike ? 'Pairs of networks alike in all else' : 'Pairs of networks of equal cost'}</h3>
    ${table<MatchedRow>(
      [
        ...pairColumns<MatchedRow>(arms, style),
        numeric('pairs', ({ matched }) => matched.pairs),
        numeric('better by (mean of pairs)', ({ matched: { difference } }) =>
          withInterval(difference.difference, difference.interval),
        ),
        numeric('improved', ({ matched: { improved } }) =>
          improved === null ? none : withInterval(improved.share, improved.interval),
        ),
        numeric(rows.length > 1 ? 'adjusted p (sign test)' : 'p (sign test)', ({ matched: { adjustedSignP } }) =>
          adjustedSignP === null ? none : formatProbability(adjustedSignP),
        ),
        numeric(rows.length > 1 ? 'equivalent: adjusted p' : 'equivalent: p', ({ matched: { equivalence } }) =>
          formatProbability(equivalence.adjustedP),
        ),
        numeric('worth', ({ matched: { efficiency } }) => (efficiency === null ? none : `${efficiency.toFixed(2)} ×`)),
      ],
      rows,
    )}
    <p class="note">
      “Equivalent” is the chance of such pairs, were the mean of their differences
      ${rows[0]!.matched.equivalence.margin} percentage point or more to either side, by two one-sided t-tests: below
      0.05 the two are the same but for less than that. “Improved” is the share of the pairs, but for ties, in which the
      network of the space has the lower error. “Worth” says how many times as many networks without pairs give an
      interval as narrow: above 1 where what they share explains errors, as cost does over a wide regime, and about 1
      where it does not.
    </p>`;
}

type WeightedRow = Pick<ArmComparison, 'first' | 'other'> & { readonly weighted: WeightedComparison };

/** The arms weighted to the same complexity. */
function weightedTable({ arms, comparisons }: StudyAnalysis, style: FigureStyle): Markup {
  const rows = comparisons.flatMap(({ first, other, weighted }) =>
    weighted.map((one): WeightedRow => ({ first, other, weighted: one })),
  );
  if (rows.length === 0) return html``;
  return html`<details>
    <summary>With networks weighted to the same flops, params or acts</summary>
    ${table<WeightedRow>(
      [
        ...pairColumns<WeightedRow>(arms, style),
        { header: 'equal', align: 'left', cell: ({ weighted }) => weighted.measure },
        numeric('mean error', ({ weighted }) => formatPercent(weighted.other.mean)),
        numeric('against', ({ weighted }) => formatPercent(weighted.first.mean)),
        numeric('networks’ worth', ({ weighted: { first, other } }) =>
          [other, first].map(({ effectiveNetworks }) => effectiveNetworks.toFixed(0)).join(' and '),
        ),
        numeric('largest distance', ({ weighted }) => formatShare(weighted.distance)),
      ],
      rows,
    )}
    <p class="note">
      Each of ten bins of the measure weighs the same in both spaces (Radosavovic et al., ICCV 2019): what is left of a
      difference is not that one spends more.
    </p>
  </details>`;
}
