/**
 * The speed of the kernel in itself, the yardstick against which simulated operations per second are judged.
 *
 * HOLD (Jones, CACM 29(4), 1986): the queue holds `size` events; each operation takes the earliest and puts one back an exponential
 * time later. PHOLD (Fujimoto 1990): the same through `Simulation`, where each event wakes a logical process, which
 * schedules one for another process drawn at random. Increments come from a table, so that queues are compared, not logarithms.
 * Rates are wall time of one run after a warm-up: compare them only within a process.
 */
import type { Nanos } from '../core/ids.js'
import { log } from '../core/mathematics.js'
import { RandomStream } from '../core/random.js'
import { EventPool } from '../simulation/event-pool.js'
import { createEventQueue, type EventQueue, type EventQueueName } from '../simulation/event-queue.js'
import { type EventHandler, Simulation } from '../simulation/simulation.js'

const TABLE_SIZE = 1 << 12
const TABLE_MASK = TABLE_SIZE - 1
const MEAN_INCREMENT_NANOS = 1_000_000
const WARM_UP_EVENTS = 300_000
/** Odd, so that the walk through the table visits every entry, and not in the order in which events were scheduled. */
const STRIDE = 40_503

/** Million operations (pop and push) per second. */
export function hold(queueName: EventQueueName, size: number, operations: number): number {
  const model = new HoldModel(queueName, size)
  model.run(WARM_UP_EVENTS + size)
  return rateOf(operations, () => model.run(operations))
}

class HoldModel {
  private readonly increments = exponentialIncrements()
  private readonly pool = new EventPool()
  private readonly queue: EventQueue
  private sequence = 0

  constructor(queueName: EventQueueName, size: number) {
    this.queue = createEventQueue(queueName, this.pool)
    for (let i = 0; i < size; i++) this.push(0)
  }

  run(operations: number): void {
    for (let i = 0; i < operations; i++) {
      const slot = this.queue.pop()
      const now = this.pool.time[slot]
      this.pool.release(slot)
      this.push(now)
    }
  }

  private push(now: Nanos): void {
    const increment = this.increments[Math.imul(this.sequence, STRIDE) & TABLE_MASK]
    this.queue.push(this.pool.acquire(now + increment, this.sequence++, 0, 0, 0, 0, null))
  }
}

/** Million events per second, with one event pending per logical process. */
export function phold(queueName: EventQueueName, logicalProcesses: number, events: number): number {
  const simulation = new Simulation({ queue: queueName })
  const increments = exponentialIncrements()
  const random = RandomStream.ofSeed(2)
  const targets = Uint16Array.from({ length: TABLE_SIZE }, () => random.below(logicalProcesses))
  for (let i = 0; i < logicalProcesses; i++) {
    const process = new LogicalProcess(simulation, increments, targets, random.below(TABLE_SIZE))
    simulation.schedule(increments[i & TABLE_MASK], simulation.register(process), 0, 0, 0, null)
  }
  const run = (count: number) => {
    for (let i = 0; i < count; i++) simulation.step()
  }
  run(WARM_UP_EVENTS)
  return rateOf(events, () => run(events))
}

class LogicalProcess implements EventHandler {
  constructor(
    private readonly simulation: Simulation,
    private readonly increments: Float64Array,
    private readonly targets: Uint16Array,
    private cursor: number,
  ) {}

  onEvent(kind: number, a: number): void {
    this.cursor = (this.cursor + STRIDE) & TABLE_MASK
    const at = this.simulation.now + this.increments[this.cursor]
    this.simulation.schedule(at, this.targets[this.cursor], kind, a + 1, 0, null)
  }
}

function exponentialIncrements(): Float64Array {
  const random = RandomStream.ofSeed(1)
  return Float64Array.from({ length: TABLE_SIZE }, () => Math.round(-MEAN_INCREMENT_NANOS * log(1 - random.float())))
}

function rateOf(operations: number, run: () => void): number {
  const start = performance.now()
  run()
  return operations / (performance.now() - start) / 1000
}
