/** `node`: the station, the clock and the disk of the nodes, for all zones or, key by key, for one of them. */
import type { CellNode } from '../cell.js'
import type { Section } from '../file/section.js'

const DEFAULT_NODE: CellNode = {
  concurrency: 4,
  read: 'exponential(0.2ms)',
  write: 'exponential(0.3ms)',
  scan: '2us',
  queue: 1000,
  clock: { offset: '0ms', driftPpm: 0 },
  disk: { fsync: null },
}

/** What `node` leaves out is as in `initial`. */
export function readNode(node: Section, initial: CellNode = DEFAULT_NODE): CellNode {
  const clock = node.section('clock', `${node.name}.clock`)
  const disk = node.section('disk', `${node.name}.disk`)
  const read: CellNode = {
    concurrency: node.whole('concurrency', initial.concurrency, 1, 4096),
    read: node.law('read', 'time', initial.read),
    write: node.law('write', 'time', initial.write),
    scan: node.law('scan', 'time', initial.scan),
    queue: node.whole('queue', initial.queue, 0, 1_000_000_000),
    clock: {
      offset: clock.law('offset', 'offset', initial.clock.offset),
      driftPpm: clock.partsPerMillion('drift', initial.clock.driftPpm, 100_000),
    },
    disk: { fsync: disk.value('fsync') === undefined ? initial.disk.fsync : disk.law('fsync', 'time', '0ms') },
  }
  clock.end()
  disk.end()
  node.end()
  return read
}
