/** The colour of text, axes and rules: that of the page around the figure. */
export const ink = 'currentColor';
