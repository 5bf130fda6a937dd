import type { Figure } from './figure.js';
import { figures } from './figures.js';
import { html, Markup } from './markup.js';
import { pageStyle } from './page-style.js';
import type { Fact, ReportInput } from './report-input.js';
import { bestNetworksSection } from './sections/best-networks-section.js';
import { samplingTable } from './sections/sampling-table.js';
import { summarySection } from './sections/summary-section.js';
import { type StudyView, viewStudy } from './study-view.js';

/**
 * The report of a study as one HTML page that stands alone: figures inline, no scripts, nothing loaded.
 *
 * @param input - The study.
 * @param drawn - Its figures, where they are drawn already.
 * @throws InvalidInputError where there is no space or two share a name.
 * @example
 * import { renderReport } from '@netspace/report';
 * const sampling = { drawn: 90, accepted: 0, rejected: { flops: 90 } };
 * const population = { space: 'X', regime: {}, seed: 1, networks: [], sampling };
 * const spaces = [{ population, records: [], degreesOfFreedom: 16, size: '1.8e18', fits: {} }];
 * const page = await renderReport({ title: 'a < b', description: [], spaces });
 * page.includes('<h1>a &lt; b</h1>'); // => true
 */
export async function renderReport(input: ReportInput, drawn?: readonly Figure[]): Promise<string> {
  const study = viewStudy(input);
  const shown = drawn ?? (await figures(input));
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${input.title}</title>
        <style>
          ${new Markup(pageStyle)}
        </style>
      </head>
      <body>
        <header>
          <h1>${input.title}</h1>
          ${description(input.description)}
        </header>
        ${contents(study, shown)}
        <main>
          ${summarySection(study)} ${shown.map(figureSection)}
          <section id="candidates">
            <h2>Candidates drawn</h2>
            ${samplingTable(study)}
          </section>
          ${bestNetworksSection(study)}
        </main>
      </body>
    </html> `;
  return page.text;
}

function description(facts: readonly Fact[]): Markup {
  return html`<dl>
    ${facts.map(
      ({ label, value }) =>
        html`<dt>${label}</dt>
          <dd>${value}</dd> `,
    )}
  </dl>`;
}

function contents({ spaces }: StudyView, shown: readonly Figure[]): Markup {
  return html`<nav>
    <a href="#summary">Summary</a>
    ${shown.map(({ name, title }) => html`<a href="#${name}">${title}</a> `)}
    <a href="#candidates">Candidates drawn</a>
    ${spaces.some(({ completed }) => completed.length > 0) ? html`<a href="#best-networks">Best networks</a>` : ''}
  </nav>`;
}

function figureSection({ name, title, caption, svg, narrowSvg }: Figure): Markup {
  return html`<section id="${name}">
    <h2>${title}</h2>
    <figure>
      <div role="img" aria-label="${title}" class="wide">${new Markup(svg)}</div>
      <div role="img" aria-label="${title}" class="narrow">${new Markup(narrowSvg)}</div>
      <figcaption>${caption}</figcaption>
    </figure>
  </section> `;
}
