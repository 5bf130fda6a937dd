/** Networks a second of 360 to 400 MF at 224 pixels, 500 of each shipped space, on one core; best of three rounds. */
import { designSpaceNames, findDesignSpace, samplePopulation } from '@netspace/design-space';

const regime = { flops: { low: 360e6, high: 400e6 } };
const count = 500;

for (const name of designSpaceNames) {
  const space = findDesignSpace(name);
  let seconds = Infinity;
  for (let seed = 1; seed <= 3; seed++) {
    const start = performance.now();
    await samplePopulation({ space, regime, count, seed });
    seconds = Math.min(seconds, (performance.now() - start) / 1000);
  }
  console.log(JSON.stringify({ bench: `sample ${name}`, per_second: Math.round(count / seconds) }));
}
