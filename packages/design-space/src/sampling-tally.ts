import { type Complexity, InvalidInputError, type SamplingReport } from '@netspace/contracts';

/** Counts what became of the candidates of a population. */
export class SamplingTally {
  private drawn = 0;
  private accepted = 0;
  private readonly rejected = new Map<string, number>();
  /** Of the candidates whose complexity was computed. */
  private least: Complexity = { flops: Infinity, params: Infinity, acts: Infinity };
  private most: Complexity = { flops: -Infinity, params: -Infinity, acts: -Infinity };

  see(complexity: Complexity): void {
    this.least = elementwise(Math.min, this.least, complexity);
    this.most = elementwise(Math.max, this.most, complexity);
  }

  accept(): void {
    this.drawn++;
    this.accepted++;
  }

  /** @param check - What the candidate failed: `stages`, `flops`, `params`, `acts`, `duplicate` or a constraint's text. */
  reject(check: string): void {
    this.drawn++;
    this.rejected.set(check, (this.rejected.get(check) ?? 0) + 1);
  }

  report(): SamplingReport {
    return { drawn: this.drawn, accepted: this.accepted, rejected: Object.fromEntries(this.rejected) };
  }

  /** The error for a member that could not be found among so many candidates. */
  failure(space: string, member: number, candidates: number): InvalidInputError {
    const [check, count] = [...this.rejected].sort(([, a], [, b]) => b - a)[0]!;
    const share = (part: number): string => `${((100 * part) / this.drawn).toPrecision(3)} %`;
    const problem =
      `none of ${candidates} candidates fits as member ${member} of ${space}; ` +
      `of all ${this.drawn} candidates ${this.accepted} were accepted (${share(this.accepted)}) ` +
      `and most were rejected by ${check} (${share(count)})`;
    return new InvalidInputError({ problem, expected: this.remedy(check) });
  }

  private remedy(check: string): string {
    switch (check) {
      case 'flops':
      case 'params':
      case 'acts':
        return `other ranges of the space's parameters, or more of the ${this.least[check]} to ${this.most[check]} ${check} that its candidates have`;
      case 'duplicate':
        return 'fewer networks, or wider ranges: the space may hold no more distinct ones under these limits';
      case 'stages':
        return 'ranges of depth, w_a and w_m with which the rule makes the number of stages of the space';
      default:
        return 'a looser constraint, or ranges of the parameters that fulfil it more often';
    }
  }
}

function elementwise(pick: (a: number, b: number) => number, a: Complexity, b: Complexity): Complexity {
  return { flops: pick(a.flops, b.flops), params: pick(a.params, b.params), acts: pick(a.acts, b.acts) };
}
