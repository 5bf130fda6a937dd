/**
 * An evaluator that trains nothing: it computes an error from the configuration, as an oracle for trying out studies and
 * analyses, or as a pattern for looking results up in a table.
 *
 *     plugins: [./lookup.mjs]
 *     evaluator: { name: lookup, noise: 2 }
 *
 * `noise` is the standard deviation of the error, in percentage points, over replicates; 1 where it is left out.
 */
export const evaluators = {
  lookup: ({ noise = 1 }) => {
    if (typeof noise !== 'number' || !(noise >= 0))
      throw new Error(`evaluator.noise: got ${noise}, not a number of at least 0`);
    return {
      description: `lookup with noise ${noise}`,
      instructionSet: null,
      async evaluate({ network, seed }) {
        const error = Math.min(100, Math.max(0, expectedError(network) + noise * normal(seed)));
        return { status: 'completed', error, ...nothingElse };
      },
      async close() {},
    };
  },
};

/** What is not measured. */
const nothingElse = { top5Error: null, validationError: null, epochs: [], seconds: 0, imagesPerSecond: null };

/** Larger networks are better, and best when about 20 blocks deep. */
function expectedError({ config, complexity }) {
  const depth = config.stages.reduce((sum, stage) => sum + stage.depth, 0);
  return 60 - 6 * Math.log10(complexity.params) + 10 * Math.log(depth / 20) ** 2;
}

/** A draw from the standard normal distribution (Box and Muller) that the seed decides. */
function normal(seed) {
  const uniform = splitMix32(seed);
  return Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** Uniform draws in [0, 1). */
function splitMix32(state) {
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    z ^= z >>> 15;
    return (z >>> 0) / 2 ** 32;
  };
}
