/**
 * The root of an increasing or decreasing function within a bracket (Chandrupatla 1997): inverse quadratic interpolation where the three
 * latest points are shaped so that it must do well, bisection otherwise. Always converges, usually in ten evaluations;
 * infinite values at the ends (a logarithm of 0) only cost bisections. Laws without a closed quantile use it on the
 * logarithm of a tail, which makes the error relative to the tail.
 */

const RELATIVE_WIDTH = 1e-15
/** For a root at 0; far below a unit of anything. */
const ABSOLUTE_WIDTH = 1e-15

/** Where `f` crosses zero in [low, high]; the end nearer to zero where rounding has left no crossing between them. */
export function invert(f: (x: number) => number, low: number, high: number): number {
  let a = low
  let b = high
  let fa = f(a)
  let fb = f(b)
  if (fa > 0 === fb > 0) return Math.abs(fa) < Math.abs(fb) ? a : b
  let step = 0.5
  for (;;) {
    const x = a + step * (b - a)
    const fx = f(x)
    let c = a
    let fc = fa
    if (fx > 0 !== fa > 0) {
      c = b
      fc = fb
      b = a
      fb = fa
    }
    a = x
    fa = fx
    const best = Math.abs(fb) < Math.abs(fa) ? b : a
    const narrowest = (RELATIVE_WIDTH * Math.abs(best) + ABSOLUTE_WIDTH) / Math.abs(b - a)
    if (narrowest > 0.5 || fx === 0) return best
    step = Math.min(1 - narrowest, Math.max(narrowest, nextStep(a, fa, b, fb, c, fc)))
  }
}

/** How far from a to b to look next, 0..1. */
function nextStep(a: number, fa: number, b: number, fb: number, c: number, fc: number): number {
  const xi = (a - b) / (c - b)
  const phi = (fa - fb) / (fc - fb)
  const interpolates = phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi
  if (!interpolates) return 0.5
  return (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb))
}
