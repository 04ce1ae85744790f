/**
 * The clock of the bench: processor time of this process, so that a busy machine slows a figure down little. It counts
 * every thread, V8's compiler and collector among them, because the work under test makes them run. Linux and macOS
 * count in microseconds; Windows does in steps of 16 ms, too coarse for figures that come of short batches.
 */

/** Since the process began. */
export function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** How many of `count` are done per second while `run` does them all. */
export function ratePerSecond(count: number, run: () => void): number {
  const start = cpuMilliseconds()
  run()
  return (count / (cpuMilliseconds() - start)) * 1000
}
