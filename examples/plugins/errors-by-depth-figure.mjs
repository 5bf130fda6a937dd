/**
 * A figure: the error of each network against its depth, a colour a space.
 *
 * A figure is made of the study's analysis (packages/contracts/src/study-analysis.ts) as a Vega-Lite specification with its
 * data; `style` has the colour of each arm.
 */
export const figures = {
  'errors-by-depth': ({ arms }, style) => {
    const points = arms.flatMap(({ name, networks }) =>
      networks.map(({ network, error }) => ({
        space: name,
        depth: network.config.stages.reduce((sum, { depth }) => sum + depth, 0),
        error,
      })),
    );
    const names = arms.map(({ name }) => name);
    return [
      {
        name: 'errors-by-depth',
        title: 'Errors by depth',
        caption: 'Each point is a network: its test error against its number of blocks.',
        spec: {
          width: 480,
          height: 260,
          data: { values: points },
          mark: { type: 'point', filled: true },
          encoding: {
            x: { field: 'depth', type: 'quantitative', title: 'blocks' },
            y: { field: 'error', type: 'quantitative', title: 'error (%)' },
            color: {
              field: 'space',
              type: 'nominal',
              title: null,
              scale: { domain: names, range: names.map((name) => style.arms[name].colour) },
            },
          },
        },
      },
    ];
  },
};
