/** Random laws of times as text, of every family, nested up to three deep, for property tests. */
import * as fc from 'fast-check'

const time = fc
  .tuple(fc.integer({ min: 1, max: 99_999 }), fc.constantFrom('ns', 'us', 'ms'))
  .map(([n, unit]) => `${n / 10}${unit}`)
const shape = fc.integer({ min: 3, max: 80 }).map((n) => String(n / 10))

const random = fc.oneof(
  fc.tuple(time, time).map(([a, b]) => `(${a} + uniform(0ms ${b}))`),
  time.map((mean) => `exponential(${mean})`),
  fc.tuple(time, time).map(([mean, deviation]) => `normal(${mean} ${deviation})`),
  fc.tuple(time, shape).map(([median, sigma]) => `lognormal(${median}, 0.${sigma.replace('.', '')})`),
  fc.tuple(time, shape).map(([scale, alpha]) => `pareto(${scale} ${alpha})`),
  fc.tuple(time, shape).map(([scale, alpha]) => `weibull(${scale} ${alpha})`),
  fc.tuple(shape, time).map(([alpha, scale]) => `gamma(${alpha} ${scale})`),
  fc.array(time, { minLength: 2, maxLength: 6 }).map((values) => `empirical(${values.join(' ')})`),
  fc
    .tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 0, max: 30 }))
    .map(([least, more, theta]) => `zipfian(${least}ns ${least + more}ns ${theta / 10})`),
  fc
    .tuple(time, fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 9 }))
    .map(([block, weights]) => `histogram(${block} ${weights.join(' ')} 1)`),
  fc.constantFrom('lnkd-ssd', 'lnkd-disk', 'ymmr', 'ymmr-paper', 'ymmr-reply'),
)

const { law } = fc.letrec<{ law: string; term: string }>((tie) => ({
  law: fc.oneof(
    { depthSize: 'small', maxDepth: 3, withCrossShrink: true },
    tie('term'),
    fc.tuple(time, tie('term')).map(([shift, term]) => `${shift} + ${term}`),
    fc
      .tuple(fc.integer({ min: 1, max: 98 }), tie('term'), tie('term'))
      .map(([percent, a, b]) => `${percent}% ${a} + 1% 0ms + ${99 - percent}% ${b}`),
  ),
  term: fc.oneof(
    { depthSize: 'small', maxDepth: 3, withCrossShrink: true },
    random,
    time,
    tie('law').map((inner) => `(${inner})`),
  ),
}))

export const lawTexts = law
