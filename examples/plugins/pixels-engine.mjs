/**
 * An engine: whatever the network, it trains a linear classifier on the pixels, by plain gradient descent. It is of no use
 * but to show what an engine is asked for (packages/contracts/src/engine.ts); `netspace verify` tells it from a right one.
 */
export const engines = {
  pixels: {
    load: () => ({
      available: true,
      engine: {
        name: 'pixels',
        description: 'a linear classifier of pixels, whatever the network',
        // To be raised when its results change: results of another revision are never mixed with these.
        numerics: '1',
        instructionSet: 'portable',
        compile: async (graph, { batchSize }) => new PixelClassifier(graph, batchSize),
      },
    }),
  },
};

class PixelClassifier {
  constructor(graph, batchSize) {
    const { channels, height, width } = graph.nodes[0].shape;
    this.batchSize = batchSize;
    this.pixels = channels * height * width;
    this.classes = graph.nodes[graph.output].shape.channels;
    this.weights = new Float32Array(this.classes * this.pixels);
    this.memoryBytes = this.weights.byteLength;
    this.startMetrics();
  }

  startMetrics() {
    this.metrics = { images: 0, lossSum: 0, top1Errors: 0, top5Errors: 0 };
  }

  /** Its weights have none of the network's names. */
  async getState() {
    return new Map();
  }

  setState() {
    this.weights.fill(0);
  }

  trainStep(batch, learningRate) {
    for (const { image, label, probabilities } of this.scored(batch)) {
      for (let c = 0; c < this.classes; c++) {
        const step = (learningRate / batch.count) * (probabilities[c] - (c === label ? 1 : 0));
        for (let p = 0; p < this.pixels; p++) this.weights[c * this.pixels + p] -= step * image[p];
      }
    }
  }

  evaluate(batch) {
    for (const _ of this.scored(batch));
  }

  /** The images of a batch with their probabilities; they are counted in the metrics. */
  *scored({ images, labels, count }) {
    for (let index = 0; index < count; index++) {
      const image = images.subarray(index * this.pixels, (index + 1) * this.pixels);
      const label = labels[index];
      const logits = Array.from({ length: this.classes }, (_, c) =>
        image.reduce((sum, value, p) => sum + value * this.weights[c * this.pixels + p], 0),
      );
      const largest = Math.max(...logits);
      const exponentials = logits.map((logit) => Math.exp(logit - largest));
      const sum = exponentials.reduce((a, b) => a + b);
      const probabilities = exponentials.map((value) => value / sum);
      const better = logits.filter((logit) => logit > logits[label]).length;
      this.metrics.images += 1;
      this.metrics.lossSum -= Math.log(probabilities[label]);
      this.metrics.top1Errors += better >= 1 ? 1 : 0;
      this.metrics.top5Errors += better >= 5 ? 1 : 0;
      yield { image, label, probabilities };
    }
  }

  updateStatistics() {}

  async takeMetrics() {
    const { metrics } = this;
    this.startMetrics();
    return metrics;
  }

  async infer() {
    throw new Error('the pixels engine infers nothing');
  }

  async differentiate() {
    throw new Error('the pixels engine has no gradients of the network');
  }

  dispose() {}
}
