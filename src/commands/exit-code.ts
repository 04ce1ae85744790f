/** What a command ends with. Of several, the one that needs a person's attention first counts. */
export const FINE = 0
/** A failed cell, or a bug of ours. */
export const FAILED = 1
/** Usage, a workload file, a place that cannot be written: for the user to mend. */
export const USAGE = 2
/** A gate failed. */
export const GATE_FAILED = 3
/** Ended by a signal; what had ended is kept. */
export const INTERRUPTED = 130

const PRECEDENCE: readonly number[] = [INTERRUPTED, USAGE, FAILED, GATE_FAILED, FINE]

export function worstOf(codes: readonly number[]): number {
  return PRECEDENCE.find((code) => codes.includes(code)) ?? FINE
}
