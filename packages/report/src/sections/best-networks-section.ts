import type { NetworkConfig } from '@netspace/contracts';
import { compact, duration, percent } from '../format.js';
import { html, type Markup } from '../markup.js';
import type { SpaceView, StudyView, TrainedNetwork } from '../study-view.js';
import { numeric, spaceName, table, textual } from '../table.js';

/** Networks listed of each space. */
const listed = 5;

/** The best networks of each space, and what it takes to build them again. */
export function bestNetworksSection({ spaces }: StudyView): Markup {
  const rows = spaces.flatMap((space) => space.completed.slice(0, listed).map((network) => ({ space, ...network })));
  if (rows.length === 0) return html``;
  return html`<section id="best-networks">
    <h2>Best networks</h2>
    ${bestTable(rows)}
    <p class="note">
      Lists give one value a stage. A network’s id is the hash of its configuration, and finds it among the records of
      the run; its configuration below, saved to a file, is the network as netspace reads it.
    </p>
    ${rows.map(configuration)}
  </section>`;
}

type BestRow = TrainedNetwork & { readonly space: SpaceView };

function bestTable(rows: readonly BestRow[]): Markup {
  const stages = (of: (stage: NetworkConfig['stages'][number]) => number) => (row: BestRow) =>
    row.network.config.stages.map(of).join(', ');
  return table<BestRow>(
    [
      textual('space', ({ space }) => spaceName(space)),
      numeric('error', ({ error }) => percent(error)),
      numeric('flops', ({ network }) => compact(network.complexity.flops)),
      numeric('params', ({ network }) => compact(network.complexity.params)),
      numeric('acts', ({ network }) => compact(network.complexity.acts)),
      textual(
        'depths',
        stages(({ depth }) => depth),
      ),
      textual(
        'widths',
        stages(({ width }) => width),
      ),
      textual(
        'b',
        stages(({ bottleneckRatio }) => bottleneckRatio),
      ),
      textual(
        'g',
        stages(({ groupWidth }) => groupWidth),
      ),
      numeric('e_fit', ({ fit }) => fit?.fitError.toFixed(3) ?? '–'),
      numeric('training', ({ record }) => duration(record.seconds)),
      textual('network id', ({ network }) => html`<code>${network.id}</code>`),
    ],
    rows,
  );
}

function configuration({ space, network, error }: BestRow): Markup {
  const drawn = `number ${network.index} of ${space.name}, seed ${space.population.seed}`;
  return html`<details>
    <summary><code>${network.id}</code>: ${percent(error)}, ${drawn}</summary>
    <pre>${JSON.stringify(network.config, null, 2)}</pre>
  </details>`;
}
