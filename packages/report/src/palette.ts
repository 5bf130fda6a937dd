/** Okabe and Ito's palette for all kinds of colour vision, without black: legible on white and on dark. */
const palette = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9'] as const;

/** The colour of a study's n-th space, from 0; after six they repeat. */
export function colourOf(index: number): string {
  return palette[index % palette.length]!;
}

/** The colour of text, axes and rules: that of the page around the figure. */
export const ink = 'currentColor';
