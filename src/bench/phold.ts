/**
 * PHOLD (Fujimoto 1990): HOLD through `Simulation`. Each event wakes a logical process, which schedules one an exponential time
 * later for another process drawn at random, so that one event is pending per process. Both draws come from tables.
 */
import { RandomStream } from '../core/random.js'
import type { EventQueueName } from '../simulation/event-queue.js'
import { type EventHandler, Simulation } from '../simulation/simulation.js'
import { exponentialIncrements, STRIDE, TABLE_MASK, TABLE_SIZE } from './increments.js'

export class Phold {
  private readonly simulation: Simulation

  constructor(queueName: EventQueueName, logicalProcesses: number) {
    this.simulation = new Simulation({ queue: queueName })
    const increments = exponentialIncrements()
    const random = RandomStream.ofSeed(2)
    const targets = Uint16Array.from({ length: TABLE_SIZE }, () => random.below(logicalProcesses))
    for (let i = 0; i < logicalProcesses; i++) {
      const process = new LogicalProcess(this.simulation, increments, targets, random.below(TABLE_SIZE))
      this.simulation.schedule(increments[i & TABLE_MASK], this.simulation.register(process), 0, 0, 0, null)
    }
  }

  run(events: number): void {
    for (let i = 0; i < events; i++) this.simulation.step()
  }
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
