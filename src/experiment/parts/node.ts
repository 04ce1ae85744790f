/**
 * `node`: the station, the clock and the disk of the nodes, for all zones or, key by key, for one of them. A `preset` is hardware by name, which the
 * keys beside it override; one zone's preset goes before whatever `node` says for all.
 */
import type { Catalog } from '../../catalog.js'
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

type Hardware = Catalog['nodeHardware']

/** What `node` leaves out is as in its preset, and then as in `shared`. */
export function readNode(node: Section, registry: Hardware, shared: CellNode = DEFAULT_NODE): CellNode {
  const hardware = hardwareOf(node, registry)
  const initial = hardware === undefined ? shared : withHardware(shared, hardware)
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

export function hardwareOf(node: Section, registry: Hardware): Hardware['all'][number] | undefined {
  return registry.get(node.choice('preset', registry.names, ''))
}

function withHardware(node: CellNode, { concurrency, read, write, fsync }: Hardware['all'][number]): CellNode {
  return { ...node, concurrency, read, write, disk: { ...node.disk, fsync } }
}
