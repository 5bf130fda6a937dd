/** How a figure is written as a file of its own; CSV holds the data that it shows. */
export type FigureFormat = (typeof figureFormats)[number];

export const figureFormats = ['svg', 'csv', 'pdf'] as const;
