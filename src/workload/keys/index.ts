/** The key distributions, in the order in which they are listed. To add one: its file, and a line here. */
import { Registry } from '../../core/plugin.js'
import { fresh } from './fresh.js'
import type { KeyDistribution } from './key-distribution.js'
import { uniform } from './uniform.js'
import { zipfian } from './zipfian.js'

export const keyDistributions = new Registry<KeyDistribution>('key distribution', [
  uniform as KeyDistribution,
  zipfian as KeyDistribution,
  fresh as KeyDistribution,
])
