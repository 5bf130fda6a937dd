/** The claims that netspace ships, by name, in the order of the paper. */
export const shippedClaims = [
  'sharing-b-loses-nothing',
  'sharing-g-loses-nothing',
  'nondecreasing-widths-help',
  'nondecreasing-depths-help',
  'good-networks-are-quantized-linear',
  'regnet-loses-nothing',
  'width-multiplier-2-loses-nothing',
  'equal-w0-wa-loses-nothing',
  'depth-is-stable',
  'bottleneck-1-is-best',
  'acts-follow-time',
  'random-regnets-suffice',
  'squeeze-excitation-helps',
  'inverted-bottleneck-loses',
  'depthwise-loses',
] as const;

/** `claims: all`: every shipped claim and every claim of the study's plugins. */
export const allClaims = 'all';
