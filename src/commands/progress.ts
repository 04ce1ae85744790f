/**
 * How far a run is, on standard error: on a terminal a few lines written over in place, with the rate, the time left and who is ahead; elsewhere a line
 * every ten seconds.
 */
import type { Cell } from '../experiment/cell.js'
import type { CellResult } from '../results/cell-result.js'
import { estimateCell } from '../runner/estimate.js'
import { type Leaders, leadersOf } from './leaders.js'
import { LiveBlock } from './live-block.js'
import { liveLines, type RunState, stateText } from './live-text.js'
import { Pace } from './pace.js'

const LINE_EVERY_MILLISECONDS = 10_000
const DRAW_EVERY_MILLISECONDS = 200
const LEADERS_EVERY_MILLISECONDS = 1_000

export class Progress {
  private readonly ended: CellResult[]
  private readonly weights: ReadonlyMap<string, number>
  private readonly pace: Pace
  private readonly block: LiveBlock | null
  private readonly timer: NodeJS.Timeout
  private leaders: Leaders | null = null
  /** How many cells they are of, and since when. */
  private leadersOfCells = 0
  private leadersSince = Number.NEGATIVE_INFINITY

  constructor(
    private readonly name: string,
    private readonly cells: readonly Cell[],
    /** Those that were there before anything ran. */
    there: readonly CellResult[],
  ) {
    this.ended = [...there]
    const known = new Set(there.map(({ id }) => id))
    const missing = cells.filter(({ id }) => !known.has(id))
    this.weights = new Map(missing.map((cell) => [cell.id, estimateCell(cell).seconds]))
    const weight = [...this.weights.values()].reduce((sum, one) => sum + one, 0)
    this.pace = new Pace(performance.now(), weight, missing.length)
    this.block = canMoveCursor() ? new LiveBlock(process.stderr) : null
    this.timer =
      this.block === null
        ? setInterval(() => this.line(), LINE_EVERY_MILLISECONDS)
        : setInterval(() => this.draw(), DRAW_EVERY_MILLISECONDS)
    this.timer.unref()
    this.draw()
  }

  step(result: CellResult): void {
    this.ended.push(result)
    this.pace.end(this.weights.get(result.id) ?? 0, result.operations.recorded, performance.now())
  }

  /** Takes the view away; may be called twice. */
  stop(): void {
    clearInterval(this.timer)
    this.block?.clear()
  }

  private line(): void {
    process.stderr.write(`${stateText(this.state(performance.now()))}\n`)
  }

  private draw(): void {
    if (this.block === null) return
    const now = performance.now()
    this.look(now)
    this.block.show(liveLines(this.state(now), this.leaders, this.block.width))
  }

  private state(now: number): RunState {
    const { name, pace } = this
    return {
      name,
      done: this.ended.length,
      total: this.cells.length,
      rate: pace.rate(),
      secondsLeft: pace.secondsLeft(now),
    }
  }

  private look(now: number): void {
    if (this.ended.length === this.leadersOfCells || now - this.leadersSince < LEADERS_EVERY_MILLISECONDS) return
    this.leaders = leadersOf(this.cells, this.ended)
    this.leadersOfCells = this.ended.length
    this.leadersSince = now
  }
}

/** Whether lines on standard error can be written over. */
export function canMoveCursor(): boolean {
  return process.stderr.isTTY === true && process.env['TERM'] !== 'dumb'
}
