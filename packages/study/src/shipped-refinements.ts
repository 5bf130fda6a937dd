/** The kinds of refinements that netspace ships, by name. */
export const shippedRefinementKinds = ['share', 'order', 'fix', 'narrow', 'tie', 'bound', 'quantized-line'] as const;
