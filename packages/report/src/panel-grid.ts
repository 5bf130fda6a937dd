/** Width of one of many small panels, in pixels: five fill the page. */
export const panelWidth = 160;

/** Panels stand in a regular grid, whatever their titles and axes take; the gaps hold those. */
export const panelGrid = { align: 'none', bounds: 'flush', spacing: { row: 64, column: 44 } } as const;
