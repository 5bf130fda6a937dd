import type { ArmAnalysis, FigureStyle, Refinement, StudyAnalysis } from '@netspace/contracts';
import { partialNote } from './coverage.js';
import type { Figure } from './figure.js';
import { figureStyle } from './figure-style.js';
import { html, Markup } from './markup.js';
import { pageStyle } from './page-style.js';
import { bestNetworksSection } from './sections/best-networks-section.js';
import { armsWithFigures, figureSections, sharedFigures } from './sections/figure-sections.js';
import { claimsSection } from './sections/claims-section.js';
import { comparisonsSection } from './sections/comparisons-section.js';
import { latencySection } from './sections/latency-section.js';
import { refinementSection } from './sections/refinement-section.js';
import { repeatabilitySection } from './sections/repeatability-section.js';
import { drawnArms, samplingSection } from './sections/sampling-section.js';
import { summarySection } from './sections/summary-section.js';
import { stringify } from 'yaml';

/** A line of a study's description. */
export interface Fact {
  readonly label: string;
  /** A list has a line for each. */
  readonly value: string | readonly string[];
}

/** What a report is made of. */
export interface ReportInput {
  readonly title: string;
  /** Facts of the study: dataset, regime, recipe, engine, seed, when, how long. */
  readonly facts: readonly Fact[];
  readonly analysis: StudyAnalysis;
  /** The study as plain JSON, complete: with what its file left to defaults. Null where there was none. */
  readonly study: object | null;
  /** How the first of the spaces became the last; left out where none was refined. */
  readonly refinement?: Refinement;
  /** Of {@link drawFigures}; those that are about one arm stand together. */
  readonly figures: readonly Figure[];
}

/**
 * The report of a study as one HTML page that stands alone: figures inline, no scripts, nothing loaded.
 *
 * @example
 * import { renderReport } from '@netspace/report';
 * const analysis = { arms: [], comparisons: [], claims: [] };
 * const page = renderReport({ title: 'a < b', facts: [], study: null, analysis, figures: [] });
 * page.includes('<h1>a &lt; b</h1>'); // => true
 */
export function renderReport({ title, facts, study, analysis, refinement, figures }: ReportInput): string {
  const style = figureStyle(analysis);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${new Markup(pageStyle)}
        </style>
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          ${coverage(analysis.arms)}
        </header>
        ${contents(analysis, figures, style, refinement)}
        <main>
          ${refinement === undefined ? '' : refinementSection(refinement)} ${claimsSection(analysis)}
          ${bestNetworksSection(analysis, style)} ${comparisonsSection(analysis, style)}
          ${summarySection(analysis, style)} ${figureSections(figures, analysis, style)}
          ${latencySection(analysis, style)} ${repeatabilitySection(analysis, style)}
          ${samplingSection(analysis, style)} ${studySection(facts, study)}
        </main>
      </body>
    </html> `;
  return page.text;
}

function studySection(facts: readonly Fact[], study: object | null): Markup {
  return html`<section id="study">
    <h2>The study</h2>
    <dl>
      ${facts.map(
        ({ label, value }) =>
          html`<dt>${label}</dt>
            ${[value].flat().map((line) => html`<dd>${line}</dd>`)}`,
      )}
    </dl>
    ${
      study === null
        ? ''
        : html`<details>
            <summary>All of it, with what its file left to defaults</summary>
            <pre>${stringify(study)}</pre>
          </details>`
    }
  </section>`;
}

/** What of the study is missing, where something is. */
function coverage(arms: readonly ArmAnalysis[]): Markup {
  const note = partialNote(arms);
  if (note === '') return html``;
  return html`<p class="partial">
    ${note} Intervals and chances hold for a number of networks that was fixed beforehand: who looks at a part and stops
    where it pleases is misled by them.
  </p>`;
}

function isRepeated({ arms }: StudyAnalysis): boolean {
  return arms.some(({ repeatability, epochRankings }) => repeatability !== null || epochRankings.length > 0);
}

function isTimed({ arms }: StudyAnalysis): boolean {
  return arms.some(({ latencies }) => latencies.length > 0);
}

function contents(
  analysis: StudyAnalysis,
  figures: readonly Figure[],
  style: FigureStyle,
  refinement: Refinement | undefined,
): Markup {
  const hasBest = analysis.arms.some(({ counts }) => counts.completed > 0);
  return html`<nav>
    ${refinement === undefined ? '' : html`<a href="#refinement">Refinement</a>`}
    ${analysis.claims.length > 0 ? html`<a href="#claims">Claims</a>` : ''}
    ${hasBest ? html`<a href="#best-networks">Best networks</a>` : ''}
    ${analysis.comparisons.length > 0 ? html`<a href="#comparisons">Comparisons</a>` : ''}
    <a href="#summary">Spaces</a>
    ${sharedFigures(figures).map(({ name, title }) => html`<a href="#figure-${name}">${title}</a> `)}
    ${armsWithFigures(figures, analysis).map(
      ({ name }) => html`<a href="#arm-${style.arms[name]!.slug}">Figures of ${name}</a> `,
    )}
    ${isTimed(analysis) ? html`<a href="#inference-times">Inference times and complexity</a>` : ''}
    ${isRepeated(analysis) ? html`<a href="#repeatability">Luck and patience</a>` : ''}
    ${drawnArms(analysis).length > 0 ? html`<a href="#candidates">Candidates drawn</a>` : ''}
    <a href="#study">The study</a>
  </nav>`;
}
