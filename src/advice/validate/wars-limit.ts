/**
 * The simulator where it is the WARS model (see wars-workload.ts), against the Monte Carlo of it, in the paper's four settings. The two share the quantile
 * tables of the laws and nothing else: the one draws delays by what each message is and lets events take their course, the other sorts columns of
 * numbers. Both are estimates, so their errors add.
 */
import type { Bias, Finding } from './check.js'
import { shareOf } from './estimate.js'
import type { Family, Part } from './family.js'
import { type Simulated, simulated } from './simulated.js'
import { DISK, type PaperSetting, predictSetting, quorumIn, SSD, WAN, YMMR } from './wars-models.js'
import { freshAt, warsWorkload } from './wars-workload.js'

interface Limit {
  readonly setting: PaperSetting
  /** Milliseconds from the acknowledgement to the read. */
  readonly times: readonly number[]
}

const LIMITS: readonly Limit[] = [
  { setting: SSD, times: [0, 0.2, 0.5, 1, 2] },
  { setting: DISK, times: [0, 1, 5, 10, 50] },
  { setting: YMMR, times: [0, 1, 10, 100, 1000] },
  { setting: WAN, times: [0, 10, 30, 75, 110] },
]

const QUORUMS = [
  { r: 1, w: 1 },
  { r: 2, w: 1 },
  { r: 1, w: 2 },
]

const UNREAD: Bias = { value: 1e-4, reason: 'slow writes at the end of the load are not read back' }

function partOf({ setting, times }: Limit): Part {
  return {
    name: setting.name,
    seconds: 20,
    measure: (seed, size) => {
      const { laws, remote } = setting
      const trials = size.of(5e6, 50e6)
      const prediction = predictSetting(setting, { n: 3, quorums: QUORUMS, trials, seed, times })
      const shared = { n: 3, laws, remote: remote === null ? null : `${remote}ms`, times, quorums: QUORUMS }
      const results = simulated(warsWorkload(shared, size.of(2, 16), size.of(WRITES, WRITES)), seed)
      return QUORUMS.flatMap(({ r, w }, i) => {
        const own = quorumIn(prediction, r, w)
        return times.map((t, place): Finding => {
          const { count, n } = freshAt(results.cells, labelIn(results, i), t)
          const expected = own.consistent[place]?.p as number
          const name = `${setting.name} R=${r} W=${w}, P(consistent at ${t} ms)`
          return { name, unit: 'share', source: SOURCE, expected, bias: UNREAD, ...shareOf(count, n, expected, trials) }
        })
      })
    },
  }
}

const SOURCE = "ours: the Monte Carlo of the WARS model, against which the simulator's read-backs stand"

/** Of each seed, whose history is kept whole while it runs. */
const WRITES = 60_000

const labelIn = ({ summaries }: Simulated, place: number): string => summaries[place]?.label as string

export const warsLimit: Family = {
  name: 'wars-limit',
  summary: 'the simulator without queues, repair and overlapping writes against the Monte Carlo',
  parts: LIMITS.map(partOf),
}
