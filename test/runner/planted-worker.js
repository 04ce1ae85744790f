/**
 * A worker in which things go wrong, by the seed of the cell; every other seed runs as it should. It uses the built program, as the
 * real worker does. Plain JavaScript, because Node's threads load it as it is.
 */
import work from '../../dist/runner/worker.js'

const MISHAPS = {
  102: () => {
    throw new Error('planted: thrown outside the cell')
  },
  103: () => {
    for (;;);
  },
  104: () => process.exit(7),
  /** Alive all the while, so that on a busy machine it is no hang. */
  105: ({ heartbeat }) => {
    const hoard = []
    for (;;) {
      hoard.push({ text: String(hoard.length), more: [hoard.length] })
      Atomics.add(heartbeat, 0, 1)
    }
  },
  /** Hangs as well, and leaves the core to others meanwhile. */
  107: () => {
    for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
  },
  /** Silent for longer than the test's limit, but for its beats. */
  106: ({ heartbeat }) => {
    for (let beat = 0; beat < 60; beat++) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
      Atomics.add(heartbeat, 0, 1)
    }
  },
}

export default function plantedWork(task) {
  MISHAPS[task.cell.seed]?.(task)
  return work(task)
}
