/**
 * The four settings of Bailis et al. (VLDB 2012), table 3 and section 5.5, for both engines. N is 3
 * unless said. WAN is a replica in each of N zones, 75 ms from the others. Yammer's write leg has the shape of the published code, which
 * the published results follow from.
 */
import { MILLISECOND } from '../../core/units.js'
import { alike, legsOf, onePerZone } from '../wars/model.js'
import { type Prediction, predict, type Quorum, type QuorumPrediction } from '../wars/wars.js'
import type { WarsLaws } from './wars-workload.js'

export interface PaperSetting {
  readonly name: string
  readonly laws: WarsLaws
  /** Milliseconds that every message between zones takes longer; null for one zone. */
  readonly remote: number | null
}

const disk = lawsOf('lnkd-disk', 'lnkd-ssd')

export const SSD: PaperSetting = { name: 'SSD', laws: lawsOf('lnkd-ssd', 'lnkd-ssd'), remote: null }
export const DISK: PaperSetting = { name: 'DISK', laws: disk, remote: null }
export const YMMR: PaperSetting = { name: 'YMMR', laws: lawsOf('ymmr', 'ymmr-reply'), remote: null }
export const WAN: PaperSetting = { name: 'WAN', laws: disk, remote: 75 }

/** The k of k-staleness: 5 is that of Cassandra's unit test. */
const VERSIONS: readonly number[] = [1, 5]

export interface MonteCarlo {
  readonly n: number
  readonly quorums: readonly Quorum[]
  readonly trials: number
  readonly seed: number
  /** Milliseconds since the commit. */
  readonly times: readonly number[]
}

export function predictSetting(
  { laws, remote }: PaperSetting,
  { n, quorums, trials, seed, times }: MonteCarlo,
): Prediction {
  const legs = legsOf(laws)
  const replicas = Array.from({ length: n }, () => legs)
  const model = remote === null ? alike(n, legs) : onePerZone(replicas, remote * MILLISECOND)
  const at = times.map((t) => Math.round(t * MILLISECOND))
  return predict({ model, quorums, trials, seed, at, versions: VERSIONS, writesPerRead: 1 })
}

export function quorumIn({ quorums }: Prediction, r: number, w: number): QuorumPrediction {
  const found = quorums.find((quorum) => quorum.r === r && quorum.w === w)
  if (found === undefined) throw new Error(`There is no prediction of R=${r} W=${w}.`)
  return found
}

function lawsOf(write: string, others: string): WarsLaws {
  return { write, ack: others, read: others, reply: others }
}
