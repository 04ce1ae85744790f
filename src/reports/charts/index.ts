/** The registry of charts, in the order of the page: what `--chart` accepts. */
import { Registry } from '../../core/plugin.js'
import type { Chart } from './chart.js'
import { losses } from './losses.js'
import { quorumMap } from './quorum-map.js'
import { timeline } from './timeline.js'
import { visibility } from './visibility.js'
import { zones } from './zones.js'

export const charts = new Registry<Chart>('chart', [visibility, quorumMap, losses, timeline, zones])
