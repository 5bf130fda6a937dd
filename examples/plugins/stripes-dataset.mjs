/**
 * A dataset: stripes of some widths, one class each, at a random place and with noise. The study says how many images:
 *
 *     dataset: { name: stripes, classes: 4, imageSize: 12, trainImages: 128, testImages: 64, seed: 1 }
 *
 * A real one would read files: paths are meant from `place.studyDirectory`, or lie in `place.dataDirectory` where the
 * user gave `--data`.
 */
export const datasets = {
  stripes: {
    describe: ({ classes = 4, imageSize = 12 }) => ({ classes, channels: 1, imageSize }),
    load: ({ classes = 4, imageSize = 12, trainImages = 128, testImages = 64, seed = 1 }) => {
      const random = randomNumbers(seed);
      return {
        ...{ classes, channels: 1, imageSize, mirrorable: true },
        train: stripes(trainImages, classes, imageSize, random),
        test: stripes(testImages, classes, imageSize, random),
      };
    },
  },
};

function stripes(count, classes, imageSize, random) {
  const images = new Uint8Array(count * imageSize ** 2);
  const labels = Uint16Array.from({ length: count }, (_, index) => index % classes);
  const shifts = Array.from({ length: count }, () => Math.floor(random() * imageSize));
  for (let index = 0; index < images.length; index++) {
    const image = Math.floor(index / imageSize ** 2);
    const stripe = Math.floor(((index % imageSize) + shifts[image]) / (1 + labels[image]));
    images[index] = (stripe % 2 === 0 ? 160 : 60) + Math.floor(36 * random());
  }
  return { count, images, labels };
}

/** A linear congruential generator (Numerical Recipes): the same seed gives the same images. */
function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}
