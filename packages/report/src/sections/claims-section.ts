import type { ClaimResult, StudyAnalysis } from '@netspace/contracts';
import { formatProbability } from '@netspace/formats';
import { withInterval } from '../interval-text.js';
import { html, type Markup } from '../markup.js';
import { numeric, table, textual } from '../table.js';

/** What the study decides of each claim that it can tell of; nothing where there is none. */
export function claimsSection({ claims }: Pick<StudyAnalysis, 'claims'>): Markup {
  if (claims.length === 0) return html``;
  return html`<section id="claims">
    <h2>Claims</h2>
    ${table<ClaimResult>(
      [
        textual('verdict', ({ verdict }) => html`<b class="${verdict}">${verdict}</b>`),
        textual('claim', ({ statement, source }) => html`<span class="wrap">${statement} <i>${source}</i></span>`),
        textual('where', ({ where }) => html`<span class="wrap">${where}</span>`),
        textual('effect [95 % interval]', effectText),
        numeric('adjusted p', ({ adjustedFalseP, adjustedTrueP }) =>
          formatProbability(Math.min(adjustedFalseP, adjustedTrueP)),
        ),
        numeric('n', ({ networks }) => networks),
        numeric('n to decide', ({ verdict, decidingNetworks }) =>
          verdict === 'undecided' ? (decidingNetworks ?? 'not known') : '',
        ),
      ],
      claims,
    )}
    <p class="note">
      Sources are of the paper, “Designing Network Design Spaces”. A claim is supported where data such as these would
      be rare if it were false, and contradicted where they would be rare if it were true: where the chance, adjusted
      for all ${claims.length} rows in both directions (Holm), is below 0.05. “Loses nothing” means by less than 1
      percentage point. What is undecided is not refuted: the last column says how many networks would decide it in four
      of five studies, if the effect is what it is here. Both columns count the networks that a claim rests on: of the
      smaller of two spaces or groups, so that of a claim of the networks with b = 1, say, a space needs more in
      proportion.
    </p>
  </section>`;
}

function effectText({ statistic, effect, interval, unit }: ClaimResult): Markup {
  const value = effect === null ? 'not known' : withInterval(effect, interval);
  return html`<span class="wrap">${statistic}: ${value}${unit === '' ? '' : ` ${unit}`}</span>`;
}
