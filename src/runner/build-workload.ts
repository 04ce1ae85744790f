/** The workload of a cell put together from the registries: what is asked for, and when it arrives. */
import { catalog } from '../catalog.js'
import { UserError } from '../core/errors.js'
import { RandomStream } from '../core/random.js'
import { SECOND } from '../core/units.js'
import { compile } from '../distributions/index.js'
import type { Cell } from '../experiment/cell.js'
import type { ArrivalProcess } from '../workload/arrivals/arrival-process.js'
import { WorkloadDraws } from '../workload/draws.js'
import { KeySpace } from '../workload/key-space.js'
import { AllRecords } from '../workload/record-chooser.js'
import { Records } from '../workload/records.js'

/** Fields that are written one by one have versions, and so keys, of their own where the store keeps such; else a record has one key. */
export function keysPerRecord({ workload: { fields }, strategy: { name, options } }: Cell): number {
  return fields.write === 'one' && catalog.strategies.get(name)?.isCellWise?.(options) ? fields.count : 1
}

export function buildDraws(cell: Cell, keys: number): WorkloadDraws {
  const { workload, zones } = cell
  const distribution = catalog.keyDistributions.get(workload.keys.name)
  if (distribution === undefined) throw new UserError(`There is no key distribution ${workload.keys.name}.`)
  const records = new Records(workload.records)
  return new WorkloadDraws(
    workload,
    new KeySpace(workload.records, workload.operations, keys),
    new AllRecords(records, distribution.create(records, workload.keys.options)),
    { sizes: compile(workload.values, 'bytes'), scanLengths: compile(workload.scanLength, 'count') },
    zones.map((zone) => zone.clients),
  )
}

/** Null in a closed loop. */
export function buildArrivals({ workload: { arrivals }, phases, seed }: Cell): ArrivalProcess | null {
  if (arrivals.kind === 'closed') return null
  const { name, options } = arrivals.process
  return processNamed(name).create(options, phases, RandomStream.ofSeed(seed).fork('arrival process'))
}

/** Operations that the schedule of arrivals asks for; null where that depends on how fast they are. */
export function expectedArrivals({ workload: { arrivals }, phases }: Cell): number | null {
  if (arrivals.kind === 'open') return processNamed(arrivals.process.name).expected(arrivals.process.options, phases)
  return arrivals.perSecond === null ? null : (arrivals.perSecond * (phases.warmup + phases.duration)) / SECOND
}

/** Rows of the history for each arrival: what goes on with a read has one for it besides, a read-back has its own. */
export function rowsPerArrival({ operations, readBack }: Cell['workload']): number {
  const readBacks = (readBack?.share ?? 0) * (Array.isArray(readBack?.after) ? readBack.after.length : 1)
  return 1 + (operations['read-modify-write'] ?? 0) + (operations['compare-and-set'] ?? 0) + readBacks
}

function processNamed(name: string) {
  const process = catalog.arrivals.get(name)
  if (process === undefined) throw new UserError(`There are no arrivals ${name}.`)
  return process
}
