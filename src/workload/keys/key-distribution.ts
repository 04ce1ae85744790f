/** Which record an operation touches. A distribution gives indices, the most popular first; what they are called is the key space's affair. */
import type { Plugin } from '../../core/plugin.js'
import type { Random } from '../../core/random.js'

export interface KeyChooser {
  nextForRead(random: Random): number
  nextForWrite(random: Random): number
}

export interface KeyDistribution<Options = unknown> extends Plugin<Options> {
  create(records: number, options: Options): KeyChooser
}
