/**
 * Gradient of the mean cross-entropy with label smoothing by the logits: (softmax - target) / images, the target being
 * (1 - s) on the label plus s / classes on every class.
 *
 * @param logits - [images, classes]
 */
export function softmaxGradient(logits: Float32Array, labels: readonly number[], smoothing: number): Float32Array {
  const images = labels.length;
  const classes = logits.length / images;
  const gradient = new Float32Array(logits.length);
  for (const [image, label] of labels.entries()) {
    const row = logits.subarray(image * classes, (image + 1) * classes);
    const largest = Math.max(...row);
    const exponentials = Array.from(row, (logit) => Math.exp(logit - largest));
    const sum = exponentials.reduce((total, value) => total + value, 0);
    for (const [index, exponential] of exponentials.entries()) {
      const target = smoothing / classes + (index === label ? 1 - smoothing : 0);
      gradient[image * classes + index] = (exponential / sum - target) / images;
    }
  }
  return gradient;
}
