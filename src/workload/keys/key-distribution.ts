/**
 * Which record an operation touches. A distribution gives the numbers of records; what their keys are is the key space's affair. Where
 * records are inserted meanwhile, it is a law over those that there are at each draw.
 */
import type { Plugin } from '../../core/plugin.js'
import type { Random } from '../../core/random.js'
import type { Records } from '../records.js'

export interface KeyChooser {
  nextForRead(random: Random): number
  nextForWrite(random: Random): number
}

export interface KeyDistribution<Options = unknown> extends Plugin<Options> {
  create(records: Records, options: Options): KeyChooser
}
