/** How much work the bench puts into a figure. `QUICK` shows that everything runs, in seconds; its figures mean nothing. */
export interface Effort {
  /** Of what is repeated in turns. */
  readonly passes: number
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
  passes: 9,
  warmUpOperations: 400_000,
  operationsPerPass: 200_000,
  warmUpEvents: 4_000_000,
  eventsPerPass: 4_000_000,
  milliseconds: 500,
  leastPasses: 9,
}

export const QUICK: Effort = {
  passes: 1,
  warmUpOperations: 100,
  operationsPerPass: 2_000,
  warmUpEvents: 100,
  eventsPerPass: 10_000,
  milliseconds: 1,
  leastPasses: 1,
}
