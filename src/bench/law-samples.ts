/** Samples per second of every law, through its quantile table and with the generator's draw, as simulations draw delays. */
import { assert } from '../core/assert.js'
import { RandomStream } from '../core/random.js'
import { compile, laws } from '../distributions/index.js'
import type { Effort } from './effort.js'
import type { Figure } from './figure.js'
import { type Repeated, repeat, SAMPLES } from './repeated.js'

/** One of each family; laws that are names stand for themselves. */
const EXAMPLES: Readonly<Record<string, string>> = {
  constant: 'constant(1ms)',
  uniform: 'uniform(1ms 2ms)',
  exponential: 'exponential(1ms)',
  normal: 'normal(10ms 1ms)',
  lognormal: 'lognormal(1ms 0.5)',
  pareto: 'pareto(1ms 2)',
  weibull: 'weibull(1ms 0.7)',
  gamma: 'gamma(2 1ms)',
  zipfian: 'zipfian(1ns 1us)',
  histogram: 'histogram(1ms 5 3 1)',
  empirical: 'empirical(1ms 2ms 2ms 3ms 5ms 8ms 13ms)',
}

const COMPOUNDS = ['35ms + exponential(1ms)', '90% exponential(1ms) + 10% lognormal(20ms 0.5)']

export function lawSamples(effort: Effort): Figure[] {
  const texts = laws.all.map((law) => {
    const text = law.form === 'name' ? law.name : EXAMPLES[law.name]
    assert(text !== undefined, `src/bench/law-samples.ts has an example of the law ${law.name}.`)
    return text
  })
  const tasks = [...texts, ...COMPOUNDS].map(taskOf)
  return repeat('M samples/s', tasks, effort)
}

function taskOf(text: string): Repeated {
  const table = compile(text, 'time')
  const random = RandomStream.ofSeed(1)
  const run = (samples: number): number => {
    let sum = 0
    for (let i = 0; i < samples; i++) sum += table.at(random.next())
    return sum
  }
  return { name: text, batch: SAMPLES, run }
}
