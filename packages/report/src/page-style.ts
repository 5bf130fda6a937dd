import { mostColumns } from './table.js';

/** The names of columns, in front of cells. */
const columnNames = Array.from({ length: mostColumns }, (_, index) => index + 1)
  .map((number) => `  td:nth-child(${number})::before { content: var(--name-${number}); }`)
  .join('\n');

/** The page's style: light or dark as the reader's system, and fit for print. */
export const pageStyle = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1d1f23; --soft: #5c6370; --line: #d9dce1; --tint: #f5f6f8; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #16181c; --ink: #e4e6ea; --soft: #a0a7b4; --line: #363b44; --tint: #1f2228; }
  svg { filter: brightness(1.4); }
}
body { margin: 0 auto; max-width: 1200px; padding: 24px 24px 64px; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 26px; margin: 0 0 12px; }
h2 { font-size: 19px; margin: 44px 0 10px; border-bottom: 1px solid var(--line); padding-bottom: 4px; }
h3 { font-size: 15px; margin: 24px 0 6px; }
nav { margin: 16px 0; font-size: 13px; }
nav a { display: inline-block; color: inherit; margin-right: 14px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 0; font-size: 14px; }
dt, figcaption, .note { color: var(--soft); }
dd { grid-column: 2; margin: 0; overflow-wrap: anywhere; }
figure { margin: 0 0 8px; }
figcaption, .note { font-size: 13px; max-width: 860px; }
svg { display: block; max-width: 100%; height: auto; margin: 6px 0; }
.key { display: inline-block; max-width: none; margin: 0 6px 2px 0; }
.partial { background: var(--tint); border-left: 4px solid #E69F00; padding: 6px 12px; margin: 12px 0 0; }
.scroll { overflow-x: auto; margin: 8px 0; }
table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
th { font-weight: 600; vertical-align: bottom; color: var(--soft); }
th, td { padding: 4px 7px; border-bottom: 1px solid var(--line); }
.left { text-align: left; }
.right { text-align: right; }
td { white-space: nowrap; }
.wrap { display: inline-block; max-width: 300px; min-width: 120px; white-space: normal; }
.wrap i { color: var(--soft); }
.supported { color: #00805e; }
.contradicted { color: #c05000; }
.panel summary h2 { display: inline-block; margin: 12px 0 4px; border: 0; }
details.panel { border-top: 1px solid var(--line); }
code, pre { font: 12px/1.45 ui-monospace, monospace; }
pre { background: var(--tint); padding: 8px 12px; overflow-x: auto; }
details { margin: 4px 0; font-size: 13px; }
.narrow { display: none; }
@media screen and (max-width: 640px) {
  body { padding: 16px 16px 48px; }
  .wide { display: none; }
  .narrow { display: block; }
  figure .scroll svg { max-width: none; }
  thead { display: none; }
  table, tbody, tr, td { display: block; }
  tr { border-top: 2px solid var(--line); padding: 4px 0; }
  td { display: flex; justify-content: space-between; gap: 16px; padding: 1px 0; border: 0; white-space: normal;
    text-align: right; overflow-wrap: anywhere; }
  td::before { flex: none; max-width: 45%; text-align: left; color: var(--soft); }
  .wrap { max-width: none; min-width: 0; }
${columnNames}
}
@media print {
  body { max-width: none; padding: 0; font-size: 11px; }
  nav, details:not(.panel) { display: none; }
  details.panel::details-content { display: block; content-visibility: visible; }
  dl, figcaption, .note { font-size: 10px; }
  .scroll { overflow: visible; }
  table, td code { font-size: 8.5px; }
  th, td { padding: 2px 3px; }
  figure, tr { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
}
`;
