/** Collects what is wrong with an experiment, so that all of it is told at once and nothing twice. */
import { SpecError } from '../spec-error.js'
import type { Place } from './source.js'

export interface Problem {
  readonly place: Place
  /** Whole, and without the place. */
  readonly sentence: string
}

export class Problems {
  private readonly found = new Map<string, Problem>()

  /** The full stop is added where it lacks. */
  add(place: Place, sentence: string): void {
    const problem = { place, sentence: /[.!?]$/.test(sentence) ? sentence : `${sentence}.` }
    const key = Problems.keyOf(problem)
    if (!this.found.has(key)) this.found.set(key, problem)
  }

  /** Equal for problems that are the same. */
  static keyOf({ place, sentence }: Problem): string {
    return `${place.source.rank} ${place.start} ${sentence}`
  }

  has(problem: Problem): boolean {
    return this.found.has(Problems.keyOf(problem))
  }

  get count(): number {
    return this.found.size
  }

  get all(): readonly Problem[] {
    return [...this.found.values()]
  }

  throwIfAny(): void {
    if (this.count > 0) throw new SpecError(this.all)
  }
}
