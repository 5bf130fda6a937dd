/** The kinds of figures that netspace draws, by name. */
export const shippedFigures = [
  'error-edf',
  'settings-edfs',
  'compared-edfs',
  'best-of',
  'error-against-parameters',
  'widths-of-networks',
  'linear-trend',
  'error-against-fit-error',
  'regime-trends',
  'trends',
  'latency',
  'untrained',
  'sampling-effort',
] as const;
