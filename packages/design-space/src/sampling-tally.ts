import type { Complexity, Range, SamplingReport } from '@netspace/contracts';
import { type Limit, limitText } from './limits.js';

/** What is wrong with a request, and what would help. */
export interface Finding {
  readonly problem: string;
  readonly expected: string;
}

/** What becomes of candidates: `passed` of the `came` that came to a check passed it. */
interface Passage {
  readonly check: string;
  readonly came: number;
  readonly passed: number;
}

/** Counts what became of the candidates of a population. */
export class SamplingTally {
  /** Candidates so far. */
  drawn = 0;
  private accepted = 0;
  private readonly rejected = new Map<string, number>();
  /** Of the candidates whose complexity was computed. */
  private least: Complexity = { flops: Infinity, params: Infinity, acts: Infinity };
  private most: Complexity = { flops: -Infinity, params: -Infinity, acts: -Infinity };

  /**
   * @param limits - Of the regime.
   * @param constraints - Of the space.
   */
  constructor(
    private readonly limits: readonly Limit[],
    private readonly constraints: readonly string[],
  ) {}

  see(complexity: Complexity): void {
    this.least = elementwise(Math.min, this.least, complexity);
    this.most = elementwise(Math.max, this.most, complexity);
  }

  accept(): void {
    this.drawn++;
    this.accepted++;
  }

  /** @param check - What the candidate failed: `stages`, `flops`, `params`, `acts`, a constraint's text or `duplicate`. */
  reject(check: string): void {
    this.drawn++;
    this.rejected.set(check, (this.rejected.get(check) ?? 0) + 1);
  }

  report(): SamplingReport {
    return { drawn: this.drawn, accepted: this.accepted, rejected: Object.fromEntries(this.rejected) };
  }

  /** The values of a measure that were seen. */
  seen(measure: keyof Complexity): Range {
    return { low: this.least[measure], high: this.most[measure] };
  }

  /**
   * The check that keeps candidates out: in the order in which they are made, the one that lets the smallest share of
   * those that come to it pass.
   */
  binding(): Finding {
    const { check, came, passed } = this.passages().reduce((a, b) => (b.passed / b.came < a.passed / a.came ? b : a));
    const limit = this.limits.find(([measure]) => measure === check);
    const share = `${passed} of the ${came} candidates that came so far`;
    if (limit !== undefined) return this.limitFinding(limit, share);
    switch (check) {
      case 'duplicate':
        return {
          problem: `${share} are no earlier member`,
          expected: 'fewer networks, or wider ranges: the space may hold no more distinct ones under these limits',
        };
      case 'stages':
        return {
          problem: `${share} have the number of stages of the space`,
          expected: 'ranges of depth, w_a and w_m with which the rule makes that number of stages',
        };
      default:
        return {
          problem: `${share} fulfil ${check}`,
          expected: 'a looser constraint, or ranges of the parameters that fulfil it more often',
        };
    }
  }

  private limitFinding(limit: Limit, share: string): Finding {
    const [measure] = limit;
    const { low, high } = this.seen(measure);
    return {
      problem: `${share} have ${limitText(limit)}; they have ${low} to ${high}`,
      expected: `more of those ${measure}, or other ranges of the space's parameters`,
    };
  }

  private passages(): Passage[] {
    let came = this.drawn;
    const checks = ['stages', ...this.limits.map(([measure]) => measure), ...this.constraints, 'duplicate'];
    return checks.flatMap((check) => {
      const passage = { check, came, passed: came - (this.rejected.get(check) ?? 0) };
      came = passage.passed;
      return passage.came === 0 ? [] : [passage];
    });
  }
}

function elementwise(pick: (a: number, b: number) => number, a: Complexity, b: Complexity): Complexity {
  return { flops: pick(a.flops, b.flops), params: pick(a.params, b.params), acts: pick(a.acts, b.acts) };
}
