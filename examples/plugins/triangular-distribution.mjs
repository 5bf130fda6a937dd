/**
 * A distribution: multiples of the quantum from low to high, the middle ones more likely, as the sum of two dice.
 *
 * `random` has uniform(), integer(low, high) and normal(); what is drawn must follow from it alone.
 */
export const distributions = {
  triangular: {
    boundsProblem: ({ low, high, quantum }) =>
      Number.isInteger((high - low) / quantum)
        ? undefined
        : { key: 'high', problem: `got ${high}`, expected: `low plus a multiple of the quantum ${quantum}` },
    valueCount: ({ low, high, quantum }) => (high - low) / quantum + 1,
    sampler: ({ low, high, quantum }) => {
      const steps = (high - low) / quantum;
      const [first, second] = [Math.floor(steps / 2), Math.ceil(steps / 2)];
      return (random) => low + quantum * (random.integer(0, first) + random.integer(0, second));
    },
  },
};
