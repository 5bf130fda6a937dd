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

/** A table that scrolls sideways where it is wider than the page. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Markup {
  const cells = (row: Row): Markup[] => columns.map(({ cell, align }) => html`<td class="${align}">${cell(row)}</td>`);
  return html`<div class="scroll">
    <table>
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
