/** How much work the bench puts into a figure. `QUICK` shows that everything runs, in seconds; its figures mean nothing. */
export interface Effort {
  /** Of the ratio, and of each strategy. */
  readonly ratioPasses: number
  readonly strategyPasses: number
  /** Before the first pass. */
  readonly warmUpOperations: number
  readonly operationsPerPass: number
  readonly warmUpEvents: number
  readonly eventsPerPass: number
  /** For each figure that is repeated by itself: tinybench's time and least number of passes. */
  readonly milliseconds: number
  readonly leastPasses: number
}

export const FULL: Effort = {
  ratioPasses: 7,
  strategyPasses: 3,
  warmUpOperations: 400_000,
  operationsPerPass: 600_000,
  warmUpEvents: 4_000_000,
  eventsPerPass: 4_000_000,
  milliseconds: 500,
  leastPasses: 9,
}

export const QUICK: Effort = {
  ratioPasses: 1,
  strategyPasses: 1,
  warmUpOperations: 100,
  operationsPerPass: 2_000,
  warmUpEvents: 100,
  eventsPerPass: 10_000,
  milliseconds: 1,
  leastPasses: 1,
}
