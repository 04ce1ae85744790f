/** The registry of charts, in the order of the page: what `--chart` accepts. */
import { Registry } from '../../core/plugin.js'
import type { Chart } from './chart.js'
import { visibility } from './visibility.js'

export const charts = new Registry<Chart>('chart', [visibility])
