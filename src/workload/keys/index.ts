/** The key distributions, in the order in which they are listed. To add one: its file, and a line here. */
import { Registry } from '../../core/plugin.js'
import { exponential } from './exponential.js'
import { fresh } from './fresh.js'
import { hotspot } from './hotspot.js'
import type { KeyDistribution } from './key-distribution.js'
import { latest } from './latest.js'
import { sequential } from './sequential.js'
import { uniform } from './uniform.js'
import { ycsbZipfian } from './ycsb-zipfian.js'
import { zipfian } from './zipfian.js'

export const keyDistributions = new Registry<KeyDistribution>('key distribution', [
  uniform as KeyDistribution,
  zipfian as KeyDistribution,
  ycsbZipfian as KeyDistribution,
  latest as KeyDistribution,
  hotspot as KeyDistribution,
  exponential as KeyDistribution,
  sequential as KeyDistribution,
  fresh as KeyDistribution,
])
