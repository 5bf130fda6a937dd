import type { ClaimKind } from '@netspace/contracts';
import { rankCorrelationInterval, rankCorrelationTails } from '@netspace/statistics';
import { rankCorrelation } from '../rank-correlation.js';
import { allNetworks, isRegNet } from './find-arms.js';

/** A correlation is told of at least so many networks. */
const fewest = 10;

export const goodNetworksAreQuantizedLinear: ClaimKind = {
  statement: 'The closer a network is to the quantised-linear rule, the lower is its error.',
  source: 'section 3.3, Fig. 8',
  evidence: ({ arms }) =>
    // Where the rule is what draws the networks, e_fit is no more than rounding to multiples of 8.
    arms
      .filter((arm) => !allNetworks(isRegNet)(arm))
      .flatMap(({ name, networks }) => {
        const fitted = networks.flatMap(({ fit, error }) => (fit === null ? [] : [{ fitError: fit.fitError, error }]));
        const fitErrors = fitted.map(({ fitError }) => fitError);
        if (fitted.length < fewest) return [];
        const correlation = rankCorrelation(
          fitErrors,
          fitted.map(({ error }) => error),
        );
        if (correlation === null) return [];
        const { greaterP, lessP } = rankCorrelationTails(correlation, fitted.length);
        return [
          {
            where: name,
            statistic: 'rank correlation of e_fit and error',
            unit: '',
            effect: correlation,
            interval: rankCorrelationInterval(correlation, fitted.length),
            test: "Fisher's transformation of Spearman's correlation",
            margin: 0,
            falseP: greaterP,
            trueP: lessP,
            networks: fitted.length,
          },
        ];
      }),
};
