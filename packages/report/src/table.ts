import { html, type Markup } from './markup.js';

/** A column of a table. */
export interface Column<Row> {
  readonly header: string;
  readonly cell: (row: Row) => string | number | Markup;
  /** Numbers stand to the right. */
  readonly align: 'left' | 'right';
}

/** A column of numbers. */
export function numeric<Row>(header: string, cell: Column<Row>['cell']): Column<Row> {
  return { header, cell, align: 'right' };
}

/** A column of text. */
export function textual<Row>(header: string, cell: Column<Row>['cell']): Column<Row> {
  return { header, cell, align: 'left' };
}

/** Columns of a table, at most: the page's style knows the names of so many. */
export const mostColumns = 20;

/** A table; on a narrow screen each row is a card, whose lines bear the names of the columns. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Markup {
  const cells = (row: Row): Markup[] => columns.map(({ cell, align }) => html`<td class="${align}">${cell(row)}</td>`);
  // For the page's style, as text of CSS.
  const names = columns.map(({ header }, index) => `--name-${index + 1}:${JSON.stringify(header)}`).join(';');
  return html`<div class="scroll">
    <table style="${names}">
      <thead>
        <tr>
          ${columns.map(({ header, align }) => html`<th class="${align}">${header}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${cells(row)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}
