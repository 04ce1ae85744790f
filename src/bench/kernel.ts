/** HOLD and PHOLD of both event queues. The heap is the simple reference, the ladder what simulations run on. */
import type { EventQueueName } from '../simulation/event-queue.js'
import type { Effort } from './effort.js'
import type { Figure } from './figure.js'
import { Hold } from './hold.js'
import { Phold } from './phold.js'
import { type Repeated, repeat } from './repeated.js'

const QUEUES: readonly EventQueueName[] = ['ladder', 'heap']
const PROCESSES = 1000

/** `sizes` are the numbers of pending events under HOLD. */
export function kernel(effort: Effort, sizes: readonly number[]): Figure[] {
  const batch = effort.eventsPerPass / 10
  const tasks: Repeated[] = [
    ...sizes.flatMap((size) => QUEUES.map((queue) => holdTask(queue, size, batch))),
    ...QUEUES.map((queue) => pholdTask(queue, batch)),
  ]
  return repeat('M events/s', tasks, effort)
}

function holdTask(queue: EventQueueName, size: number, batch: number): Repeated {
  const hold = new Hold(queue, size)
  return { name: `HOLD(${size}), ${queue}`, batch, run: (events) => hold.run(events) }
}

function pholdTask(queue: EventQueueName, batch: number): Repeated {
  const phold = new Phold(queue, PROCESSES)
  return { name: `PHOLD, ${PROCESSES} processes, ${queue}`, batch, run: (events) => phold.run(events) }
}
