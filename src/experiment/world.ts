/** The world of a cell as strategies and faults see it: zones, nodes, and the median delay of the write leg between zones. */
import type { World } from '../core/world.js'
import { compile } from '../distributions/index.js'
import { KeySpace } from '../workload/key-space.js'
import type { Cell } from './cell.js'

type Place = Pick<Cell, 'zones' | 'links' | 'client' | 'workload'>

/** `keysPerRecord` as in `World`. */
export function buildWorld({ zones, links, client, workload }: Place, keysPerRecord = 1): World {
  const zoneOf = zones.flatMap((zone, i) => new Array<number>(zone.nodes).fill(i))
  return {
    zones: zones.map((zone, i) => ({
      name: zone.name,
      nodes: zoneOf.flatMap((other, node) => (other === i ? [node] : [])),
      clients: zone.clients,
    })),
    zoneOf,
    keys: new KeySpace(workload.records, workload.operations, keysPerRecord).total,
    keysPerRecord,
    loadedValueBytes: loadedValueBytes(workload, keysPerRecord),
    coordinator: client.coordinator,
    failOver: client.failOver,
    hasDatagrams: links.some((row) => row.some(({ transport }) => transport === 'datagram')),
    distance: (from, to) => compile(links[from]?.[to]?.write as string, 'time').median,
  }
}

/** A field's, or a record's where its fields have no keys of their own. The median stands in for a mean that is infinite. */
function loadedValueBytes({ values, fields }: Cell['workload'], keysPerRecord: number): number {
  const { mean, median } = compile(values, 'bytes')
  return Math.round(Number.isFinite(mean) ? mean : median) * (keysPerRecord === 1 ? fields.count : 1)
}
