/** Fits and expansions a second on one core, best of five rounds: 60 networks drawn from AnyNetX-E-like, AnyNetX-A-like and RegNet-like spaces. */
import { expand, fit } from '@netspace/quantized-linear';

/** A small linear congruential generator (Numerical Recipes): the same networks every time. */
let state = 1;
const uniform = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
const integer = (low, high) => low + Math.floor(uniform() * (high - low + 1));
const width = () => 8 * Math.ceil(Math.exp(uniform() * Math.log(128)));
const four = (draw) => [draw(), draw(), draw(), draw()];
const ascending = (values) => values.sort((a, b) => a - b);

const makers = {
  'anynetx-a': () => ({ widths: four(width), depths: four(() => integer(1, 16)) }),
  'anynetx-e': () => ({ widths: ascending(four(width)), depths: ascending(four(() => integer(1, 16))) }),
  regnetx: () => expand(rule()),
};
const rule = () => ({
  initialWidth: 8 * integer(1, 32),
  slope: 8 + 248 * uniform(),
  widthMultiplier: 1.5 + 1.5 * uniform(),
  depth: integer(5, 40),
});

function report(bench, items, action) {
  let best = 0;
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    items.forEach(action);
    best = Math.max(best, (1000 * items.length) / (performance.now() - start));
  }
  console.log(JSON.stringify({ bench, per_second: Math.round(best) }));
}

for (const [space, make] of Object.entries(makers)) report(`fit ${space}`, Array.from({ length: 60 }, make), fit);
report('expand', Array.from({ length: 20_000 }, rule), (item) => expand(item));
