/** A kind of refinement: stages of at most half as many blocks, whatever they may have now. */
export const refinements = {
  'shallow-stages': ({ space }) => {
    const { d } = space.parameters;
    if (d === undefined || !('high' in d) || d.high < 2 * d.low) return [];
    const high = Math.floor(d.high / 2);
    return [
      {
        name: 'shallow-stages',
        statement: `a stage has at most ${high} blocks`,
        change: { parameters: { d: { high } } },
      },
    ];
  },
};
