/** The workload of a cell put together from the registries: what is asked for, and when it arrives. */
import { catalog } from '../catalog.js'
import { UserError } from '../core/errors.js'
import { RandomStream } from '../core/random.js'
import { SECOND } from '../core/units.js'
import { compile } from '../distributions/index.js'
import type { Cell } from '../experiment/cell.js'
import type { ArrivalProcess } from '../workload/arrivals/arrival-process.js'
import { WorkloadDraws } from '../workload/draws.js'
import { HomeZones } from '../workload/home-zones.js'
import { KeySpace } from '../workload/key-space.js'
import type { KeyChooser } from '../workload/keys/key-distribution.js'
import { AllRecords, type RecordChooser } from '../workload/record-chooser.js'
import { Records } from '../workload/records.js'

/** Fields that are written one by one have versions, and so keys, of their own where the store keeps such; else a record has one key. */
export function keysPerRecord({ workload: { fields }, strategy: { name, options } }: Cell): number {
  return fields.write === 'one' && catalog.strategies.get(name)?.isCellWise?.(options) ? fields.count : 1
}

export function buildDraws(cell: Cell, keys: number): WorkloadDraws {
  const { workload, zones } = cell
  return new WorkloadDraws(
    workload,
    new KeySpace(workload.records, workload.operations, keys),
    chooserOf(cell),
    { sizes: compile(workload.values, 'bytes'), scanLengths: compile(workload.scanLength, 'count') },
    zones.map((zone) => zone.clients),
  )
}

function chooserOf({ workload: { records: loaded, keys }, zones }: Cell): RecordChooser {
  const distribution = catalog.keyDistributions.get(keys.name)
  if (distribution === undefined) throw new UserError(`There is no key distribution ${keys.name}.`)
  const lawOver = (records: Records): KeyChooser =>
    distribution.create(keys.among === 'loaded' ? new Records(records.count) : records, keys.options)
  if (keys.locality !== null) {
    const clients = zones.map((zone) => zone.clients)
    return new HomeZones(loaded, clients, keys.locality, lawOver)
  }
  const records = new Records(loaded)
  return new AllRecords(records, lawOver(records))
}

/** Null in a closed loop. */
export function buildArrivals({ workload: { arrivals }, phases, seed }: Cell): ArrivalProcess | null {
  if (arrivals.kind === 'closed') return null
  const { name, options } = arrivals.process
  return processNamed(name).create(options, phases, processStream(seed))
}

/** Operations that the schedule of arrivals asks for; null where that depends on how fast they are. */
export function expectedArrivals({ workload: { arrivals }, phases, seed }: Cell): number | null {
  if (arrivals.kind === 'open') {
    const { name, options } = arrivals.process
    return processNamed(name).expected(options, phases, processStream(seed))
  }
  return arrivals.perSecond === null ? null : (arrivals.perSecond * (phases.warmup + phases.duration)) / SECOND
}

/** What an arrival process draws of itself. */
const processStream = (seed: number): RandomStream => RandomStream.ofSeed(seed).fork('arrival process')
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
