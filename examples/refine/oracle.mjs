/**
 * An evaluator that trains nothing and knows what is good: widths that fall from one stage to the next cost 2 points a
 * halving, a depth far from 16 blocks costs, b and g cost nothing, and luck adds half a point.
 */
export const evaluators = {
  oracle: () => ({
    description: 'an oracle',
    instructionSet: null,
    async evaluate({ network, seed }) {
      return { status: 'completed', error: expectedError(network) + normal(seed) / 2, ...nothingElse };
    },
    async close() {},
  }),
};

/** What is not measured. */
const nothingElse = { top5Error: null, validationError: null, epochs: [], seconds: 0, imagesPerSecond: null };

function expectedError({ config: { stages } }) {
  const depth = stages.reduce((sum, stage) => sum + stage.depth, 0);
  const falls = stages.slice(1).map(({ width }, index) => Math.max(0, Math.log2(stages[index].width / width)));
  return 30 + 2 * falls.reduce((sum, fall) => sum + fall, 0) + 2 * Math.log2(depth / 16) ** 2;
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
