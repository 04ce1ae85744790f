/** The registry of charts, in the order of the page: what `--chart` accepts. */
import { Registry } from '../../core/plugin.js'
import type { Chart } from './chart.js'
import { losses } from './losses.js'
import { readPercentiles, rmwPercentiles, scanPercentiles, writePercentiles } from './percentiles.js'
import { quorumMap } from './quorum-map.js'
import { throughput } from './throughput.js'
import { timeline } from './timeline.js'
import { tradeoff } from './tradeoff.js'
import { visibility } from './visibility.js'
import { zones } from './zones.js'

export const charts = new Registry<Chart>('chart', [
  tradeoff,
  readPercentiles,
  writePercentiles,
  rmwPercentiles,
  scanPercentiles,
  visibility,
  throughput,
  quorumMap,
  losses,
  timeline,
  zones,
])
