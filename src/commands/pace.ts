/**
 * How fast a run goes, and when it may be over. Cells are weighed by what they were estimated to take, since those of a large rate take many times those of a
 * small one. Between two ends the time left counts down; when the next end is overdue, as if it came now. Moments are in milliseconds of any clock.
 */

/** Of the weight; what a smaller part says is mostly how long threads took to begin. */
const TELLING_PART = 1 / 200

export class Pace {
  private done = 0
  private operations = 0
  private lastEnd: number
  private readonly total: number

  /** `weight` is that of all cells which are still to run, `cells` how many these are. */
  constructor(
    private readonly started: number,
    private weight: number,
    private cells: number,
  ) {
    this.lastEnd = started
    this.total = weight
  }

  end(weight: number, operations: number, now: number): void {
    this.done += weight
    this.weight -= weight
    this.cells--
    this.operations += operations
    this.lastEnd = now
  }

  /** Operations in a second so far, as of the last end; null before the first. */
  rate(): number | null {
    const milliseconds = this.lastEnd - this.started
    return milliseconds <= 0 || this.done === 0 ? null : (1000 * this.operations) / milliseconds
  }

  /** Null where too little has ended to tell. */
  secondsLeft(now: number): number | null {
    if (this.done === 0 || this.done < this.total * TELLING_PART) return null
    if (this.cells <= 0) return 0
    const counted = (this.weight * (this.lastEnd - this.started)) / this.done - (now - this.lastEnd)
    const next = this.weight / this.cells
    const overdue = ((this.weight - next) * (now - this.started)) / (this.done + next)
    return Math.max(counted, overdue) / 1000
  }
}
