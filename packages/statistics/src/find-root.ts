/**
 * Where a continuous function crosses 0 between two points at which its signs differ, to a relative tolerance or the
 * function's own noise.
 *
 * Chandrupatla's method (Advances in Engineering Software 28(3), 1997): inverse quadratic interpolation where it can be
 * trusted, bisection where not. About a dozen evaluations for a smooth function, and never many more than bisection's.
 *
 * @param f - Of `from` and `to`, one value is at most 0 and one is at least 0.
 * @param tolerance - 1e-14 unless told.
 */
export function findRoot(f: (x: number) => number, from: number, to: number, tolerance = 1e-14): number {
  let [newest, fNewest] = [from, f(from)];
  let [other, fOther] = [to, f(to)];
  let [oldest, fOldest] = [newest, fNewest];
  let step = 0.5;
  for (;;) {
    const x = newest + step * (other - newest);
    const fx = f(x);
    [oldest, fOldest] = [newest, fNewest];
    if (Math.sign(fx) !== Math.sign(fNewest)) {
      [oldest, fOldest] = [other, fOther];
      [other, fOther] = [newest, fNewest];
    }
    [newest, fNewest] = [x, fx];
    const best = Math.abs(fNewest) < Math.abs(fOther) ? newest : other;
    const least = (tolerance * Math.abs(best)) / Math.abs(other - newest);
    if (fNewest === 0 || fOther === 0 || !(least < 0.5)) return best;
    const wanted = interpolation([newest, other, oldest], [fNewest, fOther, fOldest]);
    step = Math.min(1 - least, Math.max(least, wanted));
  }
}

type Three = readonly [newest: number, other: number, oldest: number];

/** How far to go from the newest point towards the other, as a share of the way. */
function interpolation([a, b, c]: Three, [fa, fb, fc]: Three): number {
  const xi = (a - b) / (c - b);
  const phi = (fa - fb) / (fc - fb);
  const trusted = phi ** 2 < xi && (1 - phi) ** 2 < 1 - xi;
  if (!trusted) return 0.5;
  return (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb));
}
