/**
 * The WARS model (Bailis et al. 2012, section 4.1) as a workload: a client that coordinates, datagrams, free service, no read repair, and keys
 * that are written once and read back once after each of a list of times. Each point is a share of independent trials.
 *
 * Clients of the read-backs are drawn anew, by the zones' shares of clients and independently of the writer's, as the paper's WAN has it: N zones of one
 * replica each, and every message to or from another zone takes `remote` longer.
 *
 * Arrivals end by count, and what is due after that is not read: of slow writes more than of others. Time costs nothing, so writes are spread thin
 * enough for that to be less than E[latency] times their rate over their number, 1e-4 at most.
 */
import type { CellEntry } from '../../results/cell-result.js'

export interface WarsLaws {
  readonly write: string
  readonly ack: string
  readonly read: string
  readonly reply: string
}

export interface WarsQuorum {
  readonly r: number
  readonly w: number
}

export interface WarsSetting {
  readonly n: number
  readonly laws: WarsLaws
  /** What every message between zones takes longer: null for one zone. */
  readonly remote: string | null
  readonly quorums: readonly WarsQuorum[]
  /** Milliseconds from the acknowledgement to the read. */
  readonly times: readonly number[]
}

const WRITES_PER_SECOND = 200

/** `writes` of each of the seeds. */
export const warsWorkload = (setting: WarsSetting, seeds: number, writes: number): string => `
seeds: ${seeds}
duration: ${Math.ceil((3 * writes) / WRITES_PER_SECOND)}s
warmup: 0s
topology:
  transport: datagram
  zones: { ${zonesOf(setting)} }
  links: { ${linksOf(setting)} }
node: { read: 0ms, write: 0ms }
client: { timeout: 1000s }
workload:
  operations: { update: 100% }
  keys: fresh
  arrivals: poisson(${WRITES_PER_SECOND}/s)
  count: ${writes}
  read-back: { share: 100%, after: [${setting.times.map((t) => `${t}ms`).join(', ')}] }
strategies: [ ${setting.quorums.map((quorum) => strategyOf(setting.n, quorum)).join(', ')} ]
`

/** How many of the reads so many milliseconds after an acknowledgement were fresh, and of how many. */
export function freshAt(
  cells: readonly Pick<CellEntry, 'label' | 'curves'>[],
  label: string,
  milliseconds: number,
): { readonly count: number; readonly n: number } {
  const mine = cells.filter((cell) => cell.label === label)
  // Counts, not the rising fit, which pools neighbouring points where they cross.
  const points = mine.flatMap(({ curves }) => curves['visibility']?.filter(({ x }) => x === milliseconds) ?? [])
  const n = points.reduce((sum, point) => sum + point.n, 0)
  return { n, count: points.reduce((sum, point) => sum + (point.count as number), 0) }
}

const strategyOf = (n: number, { r, w }: WarsQuorum): string =>
  `{ quorum: { n: ${n}, r: ${r}, w: ${w}, coordinator: client, contact: all, repair: none } }`

function zonesOf({ n, remote }: WarsSetting): string {
  if (remote === null) return `z: { nodes: ${n}, clients: 100% }`
  const shares = Array.from({ length: n }, (_, i) => (i < n - 1 ? `${(100 / n).toFixed(6)}%` : null))
  const last = `${(100 - (n - 1) * Number((100 / n).toFixed(6))).toFixed(6)}%`
  return shares.map((share, i) => `z${i + 1}: { nodes: 1, clients: ${share ?? last} }`).join(', ')
}

function linksOf({ n, laws, remote }: WarsSetting): string {
  const local = `local: ${legsOf(laws, '')}`
  if (remote === null) return local
  const zones = Array.from({ length: n }, (_, i) => `z${i + 1}`)
  const far = legsOf(laws, `${remote} + `)
  const pairs = zones.flatMap((zone, i) => zones.slice(i + 1).map((other) => `${zone}--${other}: ${far}`))
  return [local, ...pairs].join(', ')
}

const legsOf = ({ write, ack, read, reply }: WarsLaws, more: string): string =>
  `{ write: ${more}${write}, writeAck: ${more}${ack}, read: ${more}${read}, readReply: ${more}${reply} }`
