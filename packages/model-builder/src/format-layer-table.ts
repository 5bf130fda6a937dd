import type { LayerRow } from './layer-table.js';

/**
 * A layer table as aligned text: a header, a line a layer, and the total.
 *
 * @example
 * import { formatLayerTable } from '@netspace/model-builder';
 * const text = formatLayerTable([
 *   { layer: 'stem.conv', operation: 'conv', shape: [16, 32, 32], flops: 442368, params: 432, acts: 16384 },
 * ]);
 * text.split('\n')[1]; // => 'stem.conv  conv       16 x 32 x 32  442368     432  16384'
 */
export function formatLayerTable(rows: readonly LayerRow[]): string {
  const lines = [
    ['layer', 'operation', 'output', 'flops', 'params', 'acts'],
    ...rows.map((row) => [row.layer, row.operation, row.shape.join(' x '), ...costs(row)]),
    ['total', '', '', ...costs(total(rows))],
  ];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines.map((line) => line.map((cell, column) => align(cell, widths[column]!, column)).join('  ')).join('\n');
}

type Costs = Pick<LayerRow, 'flops' | 'params' | 'acts'>;

function costs({ flops, params, acts }: Costs): string[] {
  return [flops, params, acts].map(String);
}

function total(rows: readonly LayerRow[]): Costs {
  const sum = (cost: keyof Costs): number => rows.reduce((result, row) => result + row[cost], 0);
  return { flops: sum('flops'), params: sum('params'), acts: sum('acts') };
}

/** Names to the left, numbers to the right. */
function align(cell: string, width: number, column: number): string {
  return column < 2 ? cell.padEnd(width) : cell.padStart(width);
}
