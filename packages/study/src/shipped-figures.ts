/** The kinds of figures that netspace draws, by name. */
export const shippedFigures = [
  'error-edf',
  'compared-edfs',
  'best-of',
  'error-against-parameters',
  'widths-of-networks',
  'linear-trend',
  'error-against-fit-error',
  'trends',
  'latency',
  'sampling-effort',
] as const;
