/**
 * The delays that the papers on probabilistically bounded staleness fitted to production traces: Bailis et al., VLDB 2012, table 3
 * (LinkedIn's Voldemort on SSDs and on disks, Yammer's Riak). Rates there are per millisecond; here stand their
 * reciprocals. W is the leg that carries a write to a replica, A its acknowledgement, R the read request, S its answer.
 * The published results for Yammer follow from shape 3.5, as in the published simulator, not from the table's 3.35; both are here.
 */
import type { NamedLaw } from './family.js'

function named(name: string, summary: string, definition: string): NamedLaw {
  return { form: 'name', name, summary, signature: name, definition }
}

export const namedLaws: readonly NamedLaw[] = [
  named(
    'lnkd-ssd',
    'LinkedIn, SSDs: every leg (VLDB 2012)',
    '91.22% pareto(0.235ms 10) + 8.78% exponential(0.602410ms)',
  ),
  named(
    'lnkd-disk',
    'LinkedIn, disks: the write leg; the other three are lnkd-ssd (VLDB 2012)',
    '38% pareto(1.05ms 1.51) + 62% exponential(5.464481ms)',
  ),
  named(
    'ymmr',
    'Yammer: the write leg, with the shape of the published code (VLDB 2012)',
    '93.9% pareto(3ms 3.5) + 6.1% exponential(357.142857ms)',
  ),
  named(
    'ymmr-paper',
    'Yammer: the write leg, with the shape of the printed table (VLDB 2012)',
    '93.9% pareto(3ms 3.35) + 6.1% exponential(357.142857ms)',
  ),
  named(
    'ymmr-reply',
    'Yammer: acknowledgement, read and answer legs (VLDB 2012)',
    '98.2% pareto(1.5ms 3.8) + 1.8% exponential(46.082949ms)',
  ),
]
