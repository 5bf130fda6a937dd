import { withoutCurveLabels } from './curve-labels.js';

/** A value of a figure's data. */
type Cell = string | number | boolean | null | undefined;

type Row = Readonly<Record<string, Cell>>;

/**
 * The data that a figure shows as CSV (RFC 4180): the rows of all its layers and panels, in their order, with the layer they
 * are of, counted from 1, in the first column and a column for each field that a row has.
 *
 * @param spec - A Vega-Lite specification that holds its data.
 * @example
 * import { figureCsv } from '@netspace/report';
 * figureCsv({ layer: [{ data: { values: [{ x: 1, name: 'a, b' }] } }] }); // => 'layer,x,name\r\n1,1,"a, b"\r\n'
 */
export function figureCsv(spec: object): string {
  const layers = dataOf(withoutCurveLabels(spec));
  const fields = [...new Set(layers.flatMap((rows) => rows.flatMap((row) => Object.keys(row))))];
  const lines = layers.flatMap((rows, index) =>
    rows.map((row) => [index + 1, ...fields.map((field) => row[field])].map(cellText).join(',')),
  );
  return [['layer', ...fields].map(cellText).join(','), ...lines, ''].join('\r\n');
}

/** Every list of rows in a specification. */
function dataOf(part: unknown): (readonly Row[])[] {
  if (typeof part !== 'object' || part === null) return [];
  const { data, ...others } = part as { readonly data?: { readonly values?: readonly Row[] } };
  const own = Array.isArray(data?.values) ? [data.values as readonly Row[]] : [];
  return [...own, ...Object.values(others).flatMap(dataOf)];
}

function cellText(value: Cell): string {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
