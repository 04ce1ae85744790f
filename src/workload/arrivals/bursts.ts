/**
 * Bursts: Poisson arrivals at one rate while on and at another, or none, while off, on and off by turns from the start of the load, each for as long
 * as its law says. An interrupted Poisson process where both are exponential and there is no base (Kuczura 1973), a two-state
 * Markov-modulated one with a base. When it turns is drawn apart from the arrivals: an overload fault moves no burst.
 */
import { z } from 'zod'
import type { Nanos } from '../../core/ids.js'
import type { Random } from '../../core/random.js'
import { MILLISECOND, SECOND } from '../../core/units.js'
import { compile } from '../../distributions/index.js'
import { timeLaw } from '../../distributions/law-option.js'
import type { Arrivals } from './arrival-process.js'
import { optionalRate, rate } from './options.js'
import { thinned } from './thinning.js'

interface Options {
  readonly rate: number
  readonly on: string
  readonly off: string
  readonly base: number
}

/** A burst and the pause after it; shorter ones on average would cost more than the arrivals. */
const SHORTEST_CYCLE = MILLISECOND

export const bursts: Arrivals<Options> = {
  name: 'bursts',
  summary: 'on and off by turns: bursts(5000/s on 1s off exponential(9s) base 100/s)',
  options: z
    .strictObject({ rate: rate(), on: timeLaw(), off: timeLaw(), base: optionalRate().default(0) })
    .refine(({ on, off }) => compile(on, 'time').mean + compile(off, 'time').mean >= SHORTEST_CYCLE, {
      message: 'on and off together take at least 1ms on average',
    }),
  create: (options, _phases, random) => {
    const turns = new Turns(options, random)
    return thinned(Math.max(options.rate, options.base), (at) => {
      while (at >= turns.until) turns.next()
      return turns.isOn ? options.rate : options.base
    })
  },
  expected: (options, { warmup, duration }, random) => {
    const turns = new Turns(options, random)
    const end = warmup + duration
    let arrivals = 0
    for (let at = 0; at < end; at = turns.until, turns.next()) {
      const length = Math.min(end, turns.until) - at
      arrivals += ((turns.isOn ? options.rate : options.base) * length) / SECOND
    }
    return arrivals
  },
}

/** On at first. */
class Turns {
  isOn = false
  /** When the present one ends. */
  until: Nanos = 0
  private readonly lasting: readonly { at(u: number): Nanos }[]

  constructor(
    { on, off }: Options,
    private readonly random: Random,
  ) {
    this.lasting = [compile(off, 'time'), compile(on, 'time')]
    this.next()
  }

  next(): void {
    this.isOn = !this.isOn
    this.until += (this.lasting[this.isOn ? 1 : 0] as { at(u: number): Nanos }).at(this.random.next())
  }
}
